import { useState } from 'preact/hooks';
import type { Rates } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { type Text, useText, words } from '../i18n.ts';

const factorLabel: Text = { fr: 'Facteur appris', en: 'Factor learnt' };

type LearntDefaultsProps = { readonly defaults: Rates['defaults'] };

/** What the metered buildings of the stock say of the table's U-values and air change; nothing before any has spoken. */
export const LearntDefaults = ({ defaults }: LearntDefaultsProps) => {
  const t = useText();
  const [asked, setAsked] = useState(false);
  if (defaults.length === 0) return null;
  return (
    <>
      <h3>{t({ fr: 'Valeurs par défaut des périodes', en: 'Defaults of building periods' })}</h3>
      <p>
        {t({
          fr: 'Là où rien ne dit le U d’un élément ou le renouvellement d’air, le jumeau prend celui de la table de sa période. Les compteurs des bâtiments relevés disent de combien cette table se trompe dans ce parc ; les bâtiments sans compteur en tiennent compte.',
          en: 'Where nothing tells the U of an element or the air change, the twin takes that of the table of its period. The meters of the metered buildings say by how much this table is wrong in this stock; buildings without a meter count with it.',
        })}
      </p>
      <details open={asked} onToggle={(event) => setAsked(event.currentTarget.open)}>
        <summary>{t(words.table)}</summary>
        {asked && (
          <div class="scroll">
            <table
              aria-label={t({
                fr: 'Valeurs des périodes, apprises des compteurs',
                en: 'Values of the periods, learnt from meters',
              })}
            >
              <thead>
                <tr>
                  <th scope="col">{t({ fr: 'Valeur', en: 'Figure' })}</th>
                  <th scope="col">{t({ fr: 'Période', en: 'Period' })}</th>
                  <th scope="col" class="number">
                    {t({ fr: 'Bâtiments relevés', en: 'Metered buildings' })}
                  </th>
                  <th scope="col" class="number">
                    {t(factorLabel)}
                  </th>
                </tr>
              </thead>
              <tbody>
                {defaults.map(({ figure, period, cases, factor }) => (
                  <tr key={`${figure.id} ${period?.id ?? ''}`}>
                    <th scope="row">{t(figure.name)}</th>
                    <td>{t(period?.name ?? { fr: 'toutes', en: 'all' })}</td>
                    <td class="number">{cases}</td>
                    <td class="number">
                      <Figure label={factorLabel} quantity={factor} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </details>
    </>
  );
};
