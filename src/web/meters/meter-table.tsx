import type { BuildingMeters } from '../../client/names.ts';
import { formatCount, formatDay } from '../format.ts';
import { useLanguage, useText, words } from '../i18n.ts';
import { metersHref } from '../router.ts';
import { carrierText, coverageText, markText, resolutionText } from './words.ts';

type TableProps = {
  readonly all: BuildingMeters;
  readonly shown: BuildingMeters['meters'][number] | undefined;
};

/** Every meter with what is held of it; the one shown is named as the current page. */
export const MeterTable = ({ all, shown }: TableProps) => {
  const t = useText();
  const language = useLanguage();
  const count = (value: number): string => formatCount(value, language);
  return (
    <div class="scroll">
      <table
        class="meters"
        aria-label={t({ fr: 'Les compteurs du bâtiment', en: 'The meters of the building' })}
      >
        <thead>
          <tr>
            <th scope="col">{t({ fr: 'Compteur', en: 'Meter' })}</th>
            <th scope="col">{t({ fr: 'Énergie, unité', en: 'Energy, unit' })}</th>
            <th scope="col">{t({ fr: 'Relevés', en: 'Readings' })}</th>
            <th scope="col" class="number">
              {t({ fr: 'Temps couvert', en: 'Time covered' })}
            </th>
            <th scope="col">{t({ fr: 'Relevés douteux', en: 'Doubtful readings' })}</th>
            <th scope="col" class="number">
              {t({ fr: 'À trancher', en: 'To decide' })}
            </th>
          </tr>
        </thead>
        <tbody>
          {all.meters.map((meter) => {
            const carrier = carrierText[meter.carrier];
            return (
              <tr key={meter.id}>
                <th scope="row">
                  <a
                    href={metersHref(all.buildingId, meter.id)}
                    aria-current={meter.id === shown?.id ? 'page' : undefined}
                  >
                    <code>{meter.id}</code>
                  </a>
                  {meter.main && (
                    <small class="doubt">{t({ fr: 'celui du bâtiment', en: 'the building’s own' })}</small>
                  )}
                  {meter.computed !== null && <small class="doubt">{t(meter.computed)}</small>}
                </th>
                <td>
                  {carrier === undefined ? meter.carrier : t(carrier)}, {meter.unit}
                </td>
                <td>
                  {meter.firstDay === null || meter.lastDay === null || meter.resolution === null ? (
                    <span class="not-evaluated">{t({ fr: 'Aucun', en: 'None' })}</span>
                  ) : (
                    <>
                      {count(meter.readings)} {t(resolutionText[meter.resolution] ?? { fr: '', en: '' })},{' '}
                      {formatDay(meter.firstDay, language)} – {formatDay(meter.lastDay, language)}
                    </>
                  )}
                </td>
                <td class="number">
                  {meter.coverage === null ? (
                    <span class="not-evaluated">{t(words.notEvaluated)}</span>
                  ) : (
                    t(coverageText(meter.coverage))
                  )}
                </td>
                <td>
                  {meter.marks.length === 0
                    ? t({ fr: 'aucun', en: 'none' })
                    : meter.marks
                        .map(
                          ({ code, readings }) =>
                            `${t(markText[code] ?? { fr: code, en: code })}${t(words.colon)}${count(readings)}`,
                        )
                        .join(t({ fr: ' ; ', en: '; ' }))}
                </td>
                <td class="number">{meter.undecided}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
