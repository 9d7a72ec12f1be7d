import { useState } from 'preact/hooks';
import type { Key, KeyWithSecret } from '../../client/names.ts';
import { useResource, useSteadyResource } from '../client.ts';
import { useLanguage, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { type Outcome, send } from '../send.ts';
import { AdminForm, DoButton, Field, SureButton, ToldOnce } from './parts.tsx';
import { ScrolledTable } from '../scroll.tsx';
import { formatInstant, never, orItself, permissionText, roleText } from './words.ts';

const isOver = ({ revokedAt, expiresAt }: Key): boolean =>
  revokedAt !== null || (expiresAt !== null && new Date(expiresAt) <= new Date());

type ScopesProps = {
  readonly allowed: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
};

const Scopes = ({ allowed, chosen, onChange }: ScopesProps) => {
  const t = useText();
  return (
    <fieldset>
      <legend>{t({ fr: 'Ce que la clé peut faire', en: 'What the key may do' })}</legend>
      {allowed.map((one) => (
        <label key={one} class="tick">
          <span class="tick-box">
            <input
              type="checkbox"
              checked={chosen.includes(one)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked ? [...chosen, one] : chosen.filter((other) => other !== one),
                )
              }
            />
          </span>
          {t(orItself(permissionText, one))}
        </label>
      ))}
    </fieldset>
  );
};

/** The keys of machines: made with a role and scopes, told once, rotated, ended. */
export const KeysSection = () => {
  const t = useText();
  const language = useLanguage();
  const keys = useSteadyResource('GET /v1/keys');
  const installation = useResource('GET /v1/installation');
  const [name, setName] = useState('');
  const [role, setRole] = useState('integration');
  const [scopes, setScopes] = useState<readonly string[] | null>(null);
  const [days, setDays] = useState('365');
  const [told, setTold] = useState<KeyWithSecret | null>(null);
  const roles = installation.state === 'ready' ? installation.value.roles : [];
  const allowed = roles.find((one) => one.role === role)?.permissions ?? [];
  const chosen = scopes ?? allowed;
  const keep = (outcome: Outcome<KeyWithSecret>): Outcome<KeyWithSecret> => {
    if (outcome.ok) {
      setTold(outcome.value);
      keys.retry();
    }
    return outcome;
  };
  const add = async () => {
    const body = { name, role, scopes: chosen, days: Number(days) };
    const outcome = keep(await send('POST /v1/keys', { body }));
    if (outcome.ok) setName('');
    return outcome;
  };
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">{t({ fr: 'Clés des machines', en: 'Keys of machines' })}</h2>
      <AdminForm action={{ fr: 'Créer une clé', en: 'Make a key' }} send={add}>
        <Field label={{ fr: 'À quoi elle sert', en: 'What it is for' }} value={name} onChange={setName} />
        <label class="labelled">
          {t({ fr: 'Rôle', en: 'Role' })}
          <select
            class="field"
            value={role}
            onChange={(event) => {
              setRole(event.currentTarget.value);
              setScopes(null);
            }}
          >
            {roles.map((one) => (
              <option key={one.role} value={one.role}>
                {t(orItself(roleText, one.role))}
              </option>
            ))}
          </select>
        </label>
        <Field
          label={{ fr: 'Valable, jours', en: 'Good for, days' }}
          value={days}
          onChange={setDays}
          keys="numeric"
        />
        <Scopes allowed={allowed} chosen={chosen} onChange={setScopes} />
      </AdminForm>
      {told !== null && (
        <ToldOnce what={{ fr: `Clé « ${told.name} ».`, en: `Key “${told.name}”.` }} value={told.key} />
      )}
      <Pending loaded={keys}>
        {(list) =>
          list.length === 0 ? (
            <p>
              {t({
                fr: 'Aucune clé. Un système qui envoie des relevés ou lit le parc en demande une.',
                en: 'No key. A system that sends readings or reads the stock needs one.',
              })}
            </p>
          ) : (
            <ScrolledTable
              name={{ fr: 'Clés', en: 'Keys' }}
              caption={t({ fr: 'Clés, les plus récentes d’abord', en: 'Keys, newest first' })}
              columns={[
                { fr: 'Clé', en: 'Key' },
                { fr: 'Peut', en: 'May' },
                { fr: 'Dernier usage', en: 'Last use' },
                { fr: 'Jusqu’au', en: 'Until' },
                { fr: 'Agir', en: 'Act' },
              ]}
            >
              {list.map((key) => (
                <tr key={key.id}>
                  <th scope="row">
                    {key.name} <span class="quiet">{key.prefix}…</span>
                  </th>
                  <td>
                    {t(orItself(roleText, key.role))}
                    {key.scopes !== null &&
                      ` : ${key.scopes.map((one) => t(orItself(permissionText, one))).join(', ')}`}
                  </td>
                  <td>{key.lastUsedAt === null ? t(never) : formatInstant(key.lastUsedAt, language)}</td>
                  <td>
                    {key.revokedAt !== null
                      ? t({ fr: 'révoquée', en: 'revoked' })
                      : key.expiresAt === null
                        ? t({ fr: 'sans fin', en: 'no end' })
                        : formatInstant(key.expiresAt, language)}
                  </td>
                  <td>
                    {!isOver(key) && (
                      <>
                        <DoButton
                          label={{ fr: 'Remplacer', en: 'Rotate' }}
                          about={key.name}
                          act={async () =>
                            keep(
                              await send('POST /v1/keys/{id}/rotation', { path: { id: key.id }, body: {} }),
                            )
                          }
                          onDone={keys.retry}
                        />
                        <SureButton
                          label={{ fr: 'Révoquer', en: 'Revoke' }}
                          about={key.name}
                          question={{ fr: 'Révoquer tout de suite ?', en: 'Revoke at once?' }}
                          act={() => send('DELETE /v1/keys/{id}', { path: { id: key.id } })}
                          onDone={keys.retry}
                        />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </ScrolledTable>
          )
        }
      </Pending>
      <p class="quiet">
        {t({
          fr: 'Une clé remplacée reste valable un jour, le temps de poser la nouvelle.',
          en: 'A rotated key stays good for a day, while the new one is put in place.',
        })}
      </p>
    </section>
  );
};
