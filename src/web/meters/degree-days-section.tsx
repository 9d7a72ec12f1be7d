import type { MeterAnalysis } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { axisScale, formatMonth, formatNumber, formatQuantity } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { NumberHeads } from '../number-heads.tsx';
import { useNarrow } from '../narrow.ts';
import { Folded } from '../folded.tsx';

type DegreeDays = NonNullable<MeterAnalysis['degreeDays']>;

const normalised: Text = { fr: 'À météo moyenne', en: 'In mean weather' };

/** Two whole years set side by side without their weather. */
const summaryOf = ({ years }: DegreeDays): Text => {
  const whole = years.flatMap(({ year, normalisedKwh }) =>
    normalisedKwh === null ? [] : [{ year, normalisedKwh }],
  );
  const [before, last] = [whole.at(-2), whole.at(-1)];
  if (last === undefined)
    return {
      fr: 'Pas encore d’année entière à comparer : il faut douze mois connus à 90 %.',
      en: 'No whole year to compare yet: twelve months known to 90 % are needed.',
    };
  if (before === undefined)
    return {
      fr: `En météo moyenne, ${last.year} aurait pris ${formatQuantity(last.normalisedKwh, 'fr')}.`,
      en: `In mean weather ${last.year} would have taken ${formatQuantity(last.normalisedKwh, 'en')}.`,
    };
  const change = 100 * (last.normalisedKwh.value / before.normalisedKwh.value - 1);
  return {
    fr: `En météo moyenne, ${last.year} aurait pris ${formatQuantity(last.normalisedKwh, 'fr')}, ${formatNumber(Math.abs(change), 'fr')} % de ${change < 0 ? 'moins' : 'plus'} que ${before.year} (${formatQuantity(before.normalisedKwh, 'fr')}).`,
    en: `In mean weather ${last.year} would have taken ${formatQuantity(last.normalisedKwh, 'en')}, ${formatNumber(Math.abs(change), 'en')} % ${change < 0 ? 'less' : 'more'} than ${before.year} (${formatQuantity(before.normalisedKwh, 'en')}).`,
  };
};

/** Months and years with the weather taken out: what changed is the building or its use. */
export const DegreeDaysSection = ({ degreeDays }: { readonly degreeDays: DegreeDays }) => {
  const t = useText();
  const language = useLanguage();
  const { baseC, referenceYears, years } = degreeDays;
  const span =
    referenceYears.fewest === referenceYears.most
      ? `${referenceYears.most}`
      : t({
          fr: `${referenceYears.fewest} à ${referenceYears.most}`,
          en: `${referenceYears.fewest} to ${referenceYears.most}`,
        });
  return (
    <section aria-labelledby="degree-days">
      <h2 id="degree-days">
        {t({ fr: 'Les mois et les années à météo égale', en: 'Months and years in the same weather' })}
      </h2>
      <p>{t(summaryOf(degreeDays))}</p>
      <p class="quiet">
        {t({
          fr: `Degrés-jours unifiés (DJU) de base ${baseC} °C sur les moyennes journalières ; la référence est la moyenne de ${span} ${referenceYears.most < 2 ? 'année' : 'années'} du poste météo. Le talon du compteur ne bouge pas, le reste suit les DJU. L’intervalle ne couvre que le doute sur le talon et sur la base des DJU ; celui de la page du bâtiment, plus large, compte aussi la dispersion du modèle et la dérive d’une année à l’autre.`,
          en: `Degree days on ${baseC} °C from daily means; the reference is the mean of ${span} ${referenceYears.most === 1 ? 'year' : 'years'} of the weather station. The base load stays, the rest follows the degree days. The interval covers only the doubt on the base load and on the base of the degree days; that of the building’s page, wider, also counts the scatter of the model and the drift from year to year.`,
        })}
      </p>
      <MonthsChart degreeDays={degreeDays} />
      <div class="scroll">
        <table
          aria-label={t({
            fr: 'Années, relevées et à météo moyenne',
            en: 'Years, as read and in mean weather',
          })}
        >
          <NumberHeads
            of={{ fr: 'Année', en: 'Year' }}
            columns={[
              { fr: 'Jours connus', en: 'Days known' },
              { fr: 'Relevé, kWh', en: 'Read, kWh' },
              { fr: 'DJU', en: 'Degree days' },
              normalised,
            ]}
          />
          <tbody>
            {years.map((one) => (
              <tr key={one.year}>
                <th scope="row">{one.year}</th>
                <td class="number">{one.knownDays}</td>
                <td class="number">{formatNumber(one.readKwh, language)}</td>
                <td class="number">{formatNumber(one.degreeDays, language)}</td>
                <td class="number">
                  <Figure label={normalised} quantity={one.normalisedKwh} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <MonthTable degreeDays={degreeDays} />
    </section>
  );
};

const height = 240;
const bottom = 26;

/** Each month as read (hollow) and in mean weather (dot with its band); each set is one path, however many months. */
const MonthsChart = ({ degreeDays }: { readonly degreeDays: DegreeDays }) => {
  const t = useText();
  const language = useLanguage();
  const [width, left] = useNarrow() ? [300, 40] : [720, 56];
  const { months } = degreeDays;
  const tallest =
    1.05 * Math.max(1, ...months.map((one) => Math.max(one.readKwh, one.normalisedKwh?.high ?? 0)));
  const axis = axisScale(tallest, 'kWh');
  const x = (index: number): number => left + ((index + 0.5) / months.length) * (width - left - 8);
  const y = (kwh: number): number => height - bottom - (kwh / tallest) * (height - bottom - 18);
  const step = 10 ** Math.floor(Math.log10(tallest / 2));
  const ticks = Array.from({ length: Math.floor(tallest / (2 * step)) + 1 }, (_, index) => index * 2 * step);
  const all = (of: (one: DegreeDays['months'][number], index: number) => string): string =>
    months.map(of).join('');
  return (
    <figure class="plot">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t({
          fr: `Consommation de ${months.length} mois, relevée et à météo moyenne.`,
          en: `Consumption of ${months.length} months, as read and in mean weather.`,
        })}
      >
        <path class="grid" d={ticks.map((tick) => `M${left} ${y(tick).toFixed(1)}H${width - 8}`).join('')} />
        {ticks.map((tick) => (
          <text key={tick} class="tick" x={left - 6} y={y(tick) + 4} text-anchor="end">
            {formatNumber(tick * axis.factor, language)}
          </text>
        ))}
        <text class="tick" x={0} y={11}>
          {axis.unit}
        </text>
        {months.map(({ month }, index) =>
          month.endsWith('-01') ? (
            <text key={month} class="tick" x={x(index)} y={height - 6} text-anchor="middle">
              {month.slice(0, 4)}
            </text>
          ) : null,
        )}
        <path
          class="band thin"
          d={all(({ normalisedKwh: one }, index) =>
            one === null ? '' : `M${x(index).toFixed(1)} ${y(one.low).toFixed(1)}V${y(one.high).toFixed(1)}`,
          )}
        />
        <path class="hollow" d={all(({ readKwh }, index) => ring(x(index), y(readKwh)))} />
        <path
          class="dot small"
          d={all(({ normalisedKwh: one }, index) =>
            one === null ? '' : `M${x(index).toFixed(1)} ${y(one.value).toFixed(1)}h0`,
          )}
        />
      </svg>
      <figcaption>
        {t({
          fr: 'Cercles : mois relevés. Points et bandes : les mêmes mois à météo moyenne, intervalle à 90 %.',
          en: 'Rings: months as read. Dots and bands: the same months in mean weather, 90 % interval.',
        })}
      </figcaption>
    </figure>
  );
};

const ring = (x: number, y: number): string =>
  `M${(x - 4).toFixed(1)} ${y.toFixed(1)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`;

const MonthTable = ({ degreeDays }: { readonly degreeDays: DegreeDays }) => {
  const t = useText();
  const language = useLanguage();
  return (
    <Folded summary={t(words.table)}>
      {() => (
        <div class="scroll">
          <table
            aria-label={t({
              fr: 'Mois, relevés et à météo moyenne',
              en: 'Months, as read and in mean weather',
            })}
          >
            <NumberHeads
              of={{ fr: 'Mois', en: 'Month' }}
              columns={[
                { fr: 'Jours connus', en: 'Days known' },
                { fr: 'Relevé, kWh', en: 'Read, kWh' },
                { fr: 'DJU (moyenne)', en: 'Degree days (mean)' },
                normalised,
              ]}
            />
            <tbody>
              {degreeDays.months.map((one) => (
                <tr key={one.month}>
                  <th scope="row">{formatMonth(one.month, language)}</th>
                  <td class="number">{one.knownDays}</td>
                  <td class="number">{formatNumber(one.readKwh, language)}</td>
                  <td class="number">
                    {formatNumber(one.degreeDays, language)}
                    {one.referenceDegreeDays !== null &&
                      ` (${formatNumber(one.referenceDegreeDays, language)})`}
                  </td>
                  <td class="number">
                    <Figure label={normalised} quantity={one.normalisedKwh} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Folded>
  );
};
