import { ScrolledTable } from '../scroll.tsx';
import { useState } from 'preact/hooks';
import { useResource } from '../client.ts';
import { formatCount, formatPercent } from '../format.ts';
import { useLanguage, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { send } from '../send.ts';
import { Field, SureButton } from './parts.tsx';

/** What is held of one meter, exported or erased on the request of whom it is about. */
const OneMeter = () => {
  const t = useText();
  const [meter, setMeter] = useState('');
  const [reason, setReason] = useState('');
  const [erased, setErased] = useState('');
  const id = meter.trim();
  return (
    <>
      <h3>{t({ fr: 'Ce qui est tenu d’un compteur', en: 'What is held of a meter' })}</h3>
      <div class="grid-form">
        <Field
          label={{ fr: 'Identifiant du compteur', en: 'Id of the meter' }}
          value={meter}
          onChange={setMeter}
        />
        <Field
          label={{ fr: 'Pourquoi (pour effacer)', en: 'Why (to erase)' }}
          value={reason}
          onChange={setReason}
          optional
        />
        <div class="actions">
          {id !== '' && (
            <a class="file" href={`v1/meters/${encodeURIComponent(id)}/export`} download="">
              {t({ fr: 'Exporter', en: 'Export' })}
            </a>
          )}
          {id !== '' && reason.trim() !== '' && (
            <SureButton
              label={{ fr: 'Effacer', en: 'Erase' }}
              about={id}
              question={{
                fr: `Effacer « ${id} » et tout ce qui en est tenu, sans retour ?`,
                en: `Erase “${id}” and all that is held of it, for good?`,
              }}
              act={async () => {
                const outcome = await send('DELETE /v1/meters/{id}', { path: { id }, body: { reason } });
                if (outcome.ok) setErased(id);
                return outcome;
              }}
              onDone={() => setMeter('')}
            />
          )}
        </div>
      </div>
      <p role="status">
        {erased !== '' && t({ fr: `« ${erased} » est effacé.`, en: `“${erased}” is erased.` })}
      </p>
    </>
  );
};

/** Retention, backup and the settings in force; a secret is only said to be set. */
export const InstallationSection = () => {
  const t = useText();
  const language = useLanguage();
  const installation = useResource('GET /v1/installation');
  return (
    <Pending loaded={installation}>
      {(value) => (
        <>
          <section aria-labelledby="privacy">
            <h2 id="privacy">
              {t({ fr: 'Conservation et données personnelles', en: 'Retention and personal data' })}
            </h2>
            <p>
              {t({
                fr: `Les relevés d’un logement sont gardés ${formatCount(value.retentionDays, 'fr')} jours, puis effacés la nuit. Un groupe n’est montré qu’à partir de ${value.displayGroup.fewestDwellings} logements, dont ${formatPercent(value.displayGroup.leastReporting, 'fr')} au moins relevés.`,
                en: `Readings of a dwelling are kept for ${formatCount(value.retentionDays, 'en')} days, then erased at night. A group is shown from ${value.displayGroup.fewestDwellings} dwellings, ${formatPercent(value.displayGroup.leastReporting, 'en')} of them reporting at least.`,
              })}
            </p>
            <OneMeter />
          </section>
          <section aria-labelledby="backup">
            <h2 id="backup">{t({ fr: 'Sauvegarde', en: 'Backup' })}</h2>
            <p>
              {t({
                fr: 'Se fait sur la machine du serveur, pendant qu’il tourne ; la restauration demande une base vide.',
                en: 'Done on the machine of the server, while it runs; restoring asks for an empty database.',
              })}
            </p>
            <pre>
              <code>
                npx stacoptim backup parc.backup{'\n'}npx stacoptim restore parc.backup --data ./
                {language === 'fr' ? 'vide' : 'empty'}
              </code>
            </pre>
          </section>
          <section aria-labelledby="settings">
            <h2 id="settings">{t({ fr: 'Réglages en vigueur', en: 'Settings in force' })}</h2>
            <ScrolledTable
              name={{ fr: 'Réglages en vigueur', en: 'Settings in force' }}
              caption={t({
                fr: `Stacoptim ${value.version}, organisation « ${value.organisation} ». « *** » : posé et caché ; « - » : non posé. Un réglage se change dans l’environnement du serveur, puis on le relance.`,
                en: `Stacoptim ${value.version}, organisation “${value.organisation}”. “***”: set and hidden; “-”: not set. A setting is changed in the environment of the server, which is then started again.`,
              })}
              columns={[
                { fr: 'Variable', en: 'Variable' },
                { fr: 'Valeur', en: 'Value' },
                { fr: 'Ce qu’elle règle', en: 'What it sets' },
              ]}
            >
              {value.settings.map((setting) => (
                <tr key={setting.name}>
                  <th scope="row">
                    <code>{setting.name}</code>
                  </th>
                  <td>{setting.value}</td>
                  <td>{t(setting.meaning)}</td>
                </tr>
              ))}
            </ScrolledTable>
          </section>
        </>
      )}
    </Pending>
  );
};
