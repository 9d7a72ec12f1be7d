import type { Gap } from '../../client/names.ts';
import { useResource } from '../client.ts';
import { Figure } from '../figure.tsx';
import { Folded } from '../folded.tsx';
import { formatValue } from '../format.ts';
import { useLanguage, useText } from '../i18n.ts';
import { IntervalPlot } from '../interval-plot.tsx';
import { Pending } from '../pending.tsx';

/** Why the last works did not save what they promised, by cause; asked for once it is opened. */
export const GapSection = ({ buildingId }: { readonly buildingId: string }) => {
  const t = useText();
  return (
    <section aria-labelledby="gap">
      <h2 id="gap">{t({ fr: 'L’écart avec la promesse', en: 'The gap with the promise' })}</h2>
      <Folded
        summary={t({
          fr: 'D’où vient l’écart, cause par cause, en kWh',
          en: 'Where the gap comes from, cause by cause, in kWh',
        })}
      >
        {() => <Causes buildingId={buildingId} />}
      </Folded>
    </section>
  );
};

const Causes = ({ buildingId }: { readonly buildingId: string }) => {
  const gap = useResource('GET /v1/buildings/{id}/gap', { path: { id: buildingId } });
  return <Pending loaded={gap}>{(told) => <GapTable gap={told} />}</Pending>;
};

const GapTable = ({ gap: { parts, gapKwh } }: { readonly gap: Gap }) => {
  const t = useText();
  const language = useLanguage();
  const largest = Math.max(...parts.map(({ kwh }) => Math.abs(kwh.value)));
  const [one] = parts;
  return (
    <>
      <p>
        {t({
          fr: 'Au-dessus de zéro : moins économisé que promis à cause de cela. Une bande à 90 % qui passe par zéro ne se distingue pas de rien.',
          en: 'Above zero: less was saved than promised because of it. A band of 90 % that crosses zero is not told from nothing.',
        })}
      </p>
      <IntervalPlot
        rows={parts.map(({ name, kwh }) => ({ label: t(name), quantity: kwh }))}
        summary={t({
          fr: 'Écart par cause ; le tableau qui suit dit la même chose.',
          en: 'Gap by cause; the table below says the same.',
        })}
      />
      <div class="scroll">
        <table
          class="causes"
          aria-label={t({ fr: 'Part de chaque cause dans l’écart', en: 'Part of each cause in the gap' })}
        >
          <thead>
            <tr>
              <th scope="col">{t({ fr: 'Cause', en: 'Cause' })}</th>
              <th scope="col" class="number">
                {t({ fr: 'Écart', en: 'Gap' })}
              </th>
              <th scope="col">{t({ fr: 'Ce qui le montre', en: 'What shows it' })}</th>
              <th scope="col">{t({ fr: 'Ce qui ne se sépare pas', en: 'What cannot be told apart' })}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ cause, name, kwh, told, evidence, notSeparable }) => (
              <tr key={cause}>
                <th scope="row">{t(name)}</th>
                <td class="number">
                  <Figure label={name} quantity={kwh} like={largest} />
                  {!told && (
                    <small class="doubt">
                      {t({ fr: 'non distingué de rien', en: 'not told from nothing' })}
                    </small>
                  )}
                </td>
                <td class="wrap">{t(evidence)}</td>
                <td class="wrap">{notSeparable === null ? '—' : t(notSeparable)}</td>
              </tr>
            ))}
          </tbody>
          {one !== undefined && (
            <tfoot>
              <tr>
                <th scope="row">{t({ fr: 'En tout', en: 'In all' })}</th>
                <td class="number">
                  {formatValue({ ...one.kwh, value: gapKwh, low: gapKwh, high: gapKwh }, language, largest)}
                </td>
                <td class="wrap" colSpan={2}>
                  {t({
                    fr: 'Somme des causes ; leurs erreurs se compensent en partie, leurs bandes ne s’ajoutent pas.',
                    en: 'Sum of the causes; their errors partly cancel, their bands do not add up.',
                  })}
                </td>
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </>
  );
};
