import { useState } from 'preact/hooks';
import type { Building, BuildingElement } from '../client/names.ts';
import { Figure } from './figure.tsx';
import { Folded } from './folded.tsx';
import { formatNumber, formatQuantity, midSentence } from './format.ts';
import { exposureText, groupText, useLanguage, useText, words } from './i18n.ts';
import { IntervalPlot } from './interval-plot.tsx';
import { Lazy } from './lazy.tsx';
import { QuestionsWorth } from './questions-worth.tsx';
import { assumptionsHref } from './router.ts';

const shown = 3;

const loadSpace = async () => (await import('./envelope/envelope-space.tsx')).EnvelopeSpace;

type SectionProps = {
  readonly building: Building;
  /** A value of the envelope was typed: the building is to be read again. */
  readonly onChanged: () => void;
};

export const EnvelopeSection = ({ building, onChanged }: SectionProps) => {
  const t = useText();
  const language = useLanguage();
  const rows = building.losses
    .map(({ group, prior, posterior }) => ({
      label: t(groupText[group]),
      quantity: posterior ?? prior,
      ghost: posterior === null ? null : prior,
    }))
    .toSorted((left, right) => right.quantity.value - left.quantity.value);
  const worst = rows[0];
  const summary = rows.map((row) => `${row.label} ${formatQuantity(row.quantity, language)}`).join(' ; ');
  return (
    <section aria-labelledby="envelope">
      <h2 id="envelope">{t(words.envelope)}</h2>
      {worst !== undefined && (
        <p>
          {t({
            fr: `La plus grosse perte : ${worst.label.toLowerCase()}, ${formatQuantity(worst.quantity, 'fr')}.`,
            en: `The largest loss: ${worst.label.toLowerCase()}, ${formatQuantity(worst.quantity, 'en')}.`,
          })}{' '}
          <span class="quiet">
            {building.calibration?.usesMeter === true
              ? t({
                  fr: 'Point et bande : après la lecture du compteur ; trait fin : avant, d’après la maquette seule.',
                  en: 'Dot and band: once the meter was read; thin line: before, from the model file alone.',
                })
              : t({
                  fr: 'D’après la maquette et vos réponses seules : aucun compteur n’a encore pu les confirmer.',
                  en: 'From the model file and your answers alone: no meter could confirm them yet.',
                })}
          </span>
        </p>
      )}
      <IntervalPlot rows={rows} summary={summary} />
      <Folded
        kind="space-fold"
        summary={t({
          fr: 'Voir l’enveloppe en 3D, et corriger un élément',
          en: 'See the envelope in 3D, and correct an element',
        })}
      >
        {() => <Lazy load={loadSpace} buildingId={building.id} onChanged={onChanged} />}
      </Folded>
      <ElementTable elements={building.elements} />
      <p class="quiet">
        {building.envelopeSource}
        {building.worksHeld.length > 0 &&
          t({
            fr: `, travaux faits compris : ${building.worksHeld.map(({ name }) => midSentence(name.fr)).join(', ')}`,
            en: `, with the works done: ${building.worksHeld.map(({ name }) => midSentence(name.en)).join(', ')}`,
          })}
      </p>
      <QuestionsWorth buildingId={building.id} />
      <p>
        <a href={assumptionsHref(building.id)}>
          {t({ fr: 'Revoir et corriger les hypothèses', en: 'Review and correct the assumptions' })}
        </a>{' '}
        · {t({ fr: 'Exporter :', en: 'Export:' })}{' '}
        <a href={`v1/buildings/${encodeURIComponent(building.id)}/envelope.json`} download="">
          JSON
        </a>{' '}
        <a href={`v1/buildings/${encodeURIComponent(building.id)}/envelope.gbxml`} download="">
          gbXML
        </a>
      </p>
    </section>
  );
};

const ElementTable = ({ elements }: { readonly elements: readonly BuildingElement[] }) => {
  const t = useText();
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const sorted = elements.toSorted((left, right) => right.lossWK - left.lossWK);
  const visible = all ? sorted : sorted.slice(0, shown);
  return (
    <>
      <div class="scroll">
        <table>
          <caption>
            {t({
              fr: `Les éléments de l’enveloppe, du plus déperditif au moins déperditif (${visible.length} sur ${elements.length}). U : chaleur qui passe par m² et par degré d’écart ; b : part de l’écart avec l’extérieur que l’élément voit ; W/K : ce qu’il perd par degré.`,
              en: `The elements of the envelope, from the largest loss down (${visible.length} of ${elements.length}). U: heat that passes through a m² for each degree of difference; b: share of the difference with outdoors that the element sees; W/K: what it loses for each degree.`,
            })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t({ fr: 'Élément', en: 'Element' })}</th>
              <th scope="col">{t({ fr: 'Donne sur', en: 'Faces' })}</th>
              <th scope="col" class="number">
                m²
              </th>
              <th scope="col" class="number">
                U
              </th>
              <th scope="col" class="number">
                b
              </th>
              <th scope="col" class="number">
                W/K
              </th>
            </tr>
          </thead>
          <tbody>
            {visible.map((element) => (
              <tr key={element.id}>
                <th scope="row">{element.name === '' ? t(groupText[element.group]) : element.name}</th>
                <td>{t(exposureText[element.exposure])}</td>
                <td class="number">{formatNumber(element.areaNetM2, language)}</td>
                <td class="number">
                  <Figure
                    label={{ fr: `U de ${element.name}`, en: `U of ${element.name}` }}
                    quantity={element.u}
                    interval={false}
                  />
                </td>
                <td class="number">{formatNumber(element.b, language)}</td>
                <td class="number">{formatNumber(element.lossWK, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {elements.length > shown && (
        <button type="button" class="plain" aria-expanded={all} onClick={() => setAll(!all)}>
          {all
            ? t({ fr: 'Montrer moins', en: 'Show less' })
            : t({ fr: 'Montrer tous les éléments', en: 'Show every element' })}
        </button>
      )}
    </>
  );
};
