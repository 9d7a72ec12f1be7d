import type { Sheet } from '../../client/names.ts';
import { formatQuantity } from '../format.ts';
import { useLanguage, useText, words } from '../i18n.ts';
import { NumberHeads } from '../number-heads.tsx';

const shown = 25;

/** What each line of a sheet became: good lines with their heat loss, bad ones with their reason. */
export const SheetSection = ({ sheet }: { readonly sheet: Sheet }) => {
  const t = useText();
  const language = useLanguage();
  const taken = sheet.buildings.filter((one) => one.taken);
  const fresh = sheet.buildings.filter((one) => !one.taken);
  return (
    <>
      <section aria-labelledby="refused">
        <h2 id="refused">{t({ fr: 'Lignes à reprendre', en: 'Lines to mend' })}</h2>
        {sheet.refused.length + taken.length === 0 ? (
          <p>{t({ fr: 'Aucune.', en: 'None.' })}</p>
        ) : (
          <ul>
            {sheet.refused.map(({ line, message }) => (
              <li key={line}>
                {t({ fr: 'Ligne', en: 'Line' })} {line}
                {t(words.colon)}
                {t(message)}
              </li>
            ))}
            {taken.map(({ line, id }) => (
              <li key={line}>
                {t({
                  fr: `Ligne ${line} : « ${id} » est déjà dans le parc ou plus haut dans le tableau ; elle sera passée.`,
                  en: `Line ${line}: “${id}” is already in the stock or higher up in the sheet; it will be passed over.`,
                })}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="columns">
        <h2 id="columns">{t({ fr: 'Colonnes', en: 'Columns' })}</h2>
        <p>
          {t({ fr: 'Comprises : ', en: 'Understood: ' })}
          {sheet.columns.map(({ column }) => column).join(', ')}.
          {sheet.ignored.length > 0 && (
            <>
              {' '}
              {t({ fr: 'Ignorées : ', en: 'Ignored: ' })}
              {sheet.ignored.join(', ')}.
            </>
          )}
        </p>
      </section>
      <section aria-labelledby="lines">
        <h2 id="lines">{t({ fr: 'Bâtiments lus', en: 'Buildings read' })}</h2>
        <div class="scroll">
          <table>
            <caption>
              {t({
                fr: `${Math.min(shown, fresh.length)} sur ${fresh.length}`,
                en: `${Math.min(shown, fresh.length)} of ${fresh.length}`,
              })}
            </caption>
            <NumberHeads
              of={{ fr: 'Bâtiment', en: 'Building' }}
              columns={[
                { fr: 'Surface', en: 'Floor area' },
                { fr: 'Déperditions', en: 'Heat loss' },
              ]}
            />
            <tbody>
              {fresh.slice(0, shown).map((one) => (
                <tr key={one.line}>
                  <th scope="row">{one.name}</th>
                  <td class="number">{formatQuantity(one.floorAreaM2, language)}</td>
                  <td class="number">{formatQuantity(one.heatLossWK, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
};
