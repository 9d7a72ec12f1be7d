import { ScrolledTable } from '../scroll.tsx';
import { useState } from 'preact/hooks';
import type { Installation, PersonLink } from '../../client/names.ts';
import { useResource, useSteadyResource } from '../client.ts';
import { useLanguage, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { send } from '../send.ts';
import { AdminForm, Field, SureButton, ToldOnce } from './parts.tsx';
import { formatInstant, never, orItself, permissionText, roleText } from './words.ts';

/** What each role may do, one row a role: who is given one is told before. */
const Roles = ({ roles }: { readonly roles: Installation['roles'] }) => {
  const t = useText();
  return (
    <ScrolledTable
      name={{ fr: 'Ce que chaque rôle permet', en: 'What each role may do' }}
      columns={[
        { fr: 'Rôle', en: 'Role' },
        { fr: 'Peut', en: 'May' },
      ]}
    >
      {roles.map(({ role, permissions }) => (
        <tr key={role}>
          <th scope="row">{t(orItself(roleText, role))}</th>
          <td>{permissions.map((one) => t(orItself(permissionText, one))).join(', ')}</td>
        </tr>
      ))}
    </ScrolledTable>
  );
};

/** People enter by a link that is good once; what they decide is signed with the name the link was made for. */
export const PeopleSection = () => {
  const t = useText();
  const language = useLanguage();
  const people = useSteadyResource('GET /v1/people');
  const installation = useResource('GET /v1/installation');
  const [person, setPerson] = useState('');
  const [role, setRole] = useState('engineer');
  const [told, setTold] = useState<PersonLink | null>(null);
  const invite = async () => {
    const outcome = await send('POST /v1/people', { body: { person, role } });
    if (outcome.ok) {
      setTold(outcome.value);
      setPerson('');
      people.retry();
    }
    return outcome;
  };
  return (
    <section aria-labelledby="people">
      <h2 id="people">{t({ fr: 'Personnes et rôles', en: 'People and roles' })}</h2>
      <AdminForm action={{ fr: 'Créer un lien', en: 'Make a link' }} send={invite}>
        <Field
          label={{ fr: 'Nom de la personne', en: 'Name of the person' }}
          value={person}
          onChange={setPerson}
        />
        <label class="labelled">
          {t({ fr: 'Rôle', en: 'Role' })}
          <select class="field" value={role} onChange={(event) => setRole(event.currentTarget.value)}>
            {['viewer', 'engineer', 'manager', 'administrator'].map((one) => (
              <option key={one} value={one}>
                {t(orItself(roleText, one))}
              </option>
            ))}
          </select>
        </label>
      </AdminForm>
      {told !== null && (
        <ToldOnce
          what={{
            fr: `Lien de ${told.person}, bon une fois, pendant 24 heures.`,
            en: `Link of ${told.person}, good once, for 24 hours.`,
          }}
          value={new URL(told.link, location.href).href}
        />
      )}
      <Pending loaded={people}>
        {(list) => (
          <ScrolledTable
            name={{ fr: 'Accès ouverts', en: 'Open accesses' }}
            columns={[
              { fr: 'Personne', en: 'Person' },
              { fr: 'Rôle', en: 'Role' },
              { fr: 'État', en: 'State' },
              { fr: 'Jusqu’au', en: 'Until' },
              { fr: 'Agir', en: 'Act' },
            ]}
          >
            {list.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.person}</th>
                <td>{t(orItself(roleText, one.role))}</td>
                <td>
                  {one.kind === 'link'
                    ? t({ fr: 'lien pas encore ouvert', en: 'link not opened yet' })
                    : t({
                        fr: `entré ; dernière demande : ${one.lastUsedAt === null ? never.fr : formatInstant(one.lastUsedAt, 'fr')}`,
                        en: `entered; last call: ${one.lastUsedAt === null ? never.en : formatInstant(one.lastUsedAt, 'en')}`,
                      })}
                </td>
                <td>{formatInstant(one.expiresAt, language)}</td>
                <td>
                  <SureButton
                    label={{ fr: 'Fermer l’accès', en: 'End the access' }}
                    about={one.person}
                    question={{ fr: 'Fermer tout de suite ?', en: 'End it at once?' }}
                    act={() => send('DELETE /v1/people/{id}', { path: { id: one.id } })}
                    onDone={people.retry}
                  />
                </td>
              </tr>
            ))}
          </ScrolledTable>
        )}
      </Pending>
      {installation.state === 'ready' && <Roles roles={installation.value.roles} />}
    </section>
  );
};
