import { useEffect, useRef, useState } from 'preact/hooks';
import type { Front, Programme } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { axisScale, formatNumber, formatQuantity } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { useNarrow } from '../narrow.ts';
import { BEYOND, moreMoney } from './more-money.ts';
import { askFront } from './solve.ts';
import { useEuros } from './plan-years.tsx';

const POINTS = 16;

/** The programme's own request, its money multiplied; what it does not constrain is left out. */
const frontRequest = (
  { request, budgetEur, byYear = [], firstYear, years }: Programme,
  against: 'energy' | 'carbon',
) => {
  const { objective: _objective, targetSavingKwh: _target, ...kept } = request ?? { budgetEur, years };
  const budgetsEur = byYear.map((one) => one.budgetEur * BEYOND);
  return {
    ...kept,
    firstYear,
    ...(budgetsEur.length === 0 ? {} : { budgetsEur }),
    budgetEur: budgetEur * BEYOND,
    against,
    points: POINTS,
  };
};

type Point = Front['points'][number];

/** Best plans of each price, drawn when asked for: the computation takes as long as several programmes. */
export const FrontSection = ({ programme }: { readonly programme: Programme }) => {
  const t = useText();
  const [against, setAgainst] = useState<'energy' | 'carbon'>('energy');
  const [front, setFront] = useState<Front | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const [busy, setBusy] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const ask = async (): Promise<void> => {
    abort.current = new AbortController();
    setBusy(true);
    setProblem(null);
    const outcome = await askFront(frontRequest(programme, against), abort.current.signal);
    setBusy(false);
    if (outcome.ok) setFront(outcome.value);
    else setProblem(outcome.message);
  };
  return (
    <section aria-labelledby="front">
      <h2 id="front">{t({ fr: 'Avec un peu plus ou un peu moins', en: 'With a little more or less' })}</h2>
      <div class="grid-form print-hidden">
        <label class="labelled">
          {t({ fr: 'L’argent contre', en: 'Money against' })}
          <select
            class="field"
            value={against}
            onChange={(event) => setAgainst(event.currentTarget.value === 'carbon' ? 'carbon' : 'energy')}
          >
            <option value="energy">{t({ fr: 'l’énergie', en: 'energy' })}</option>
            <option value="carbon">{t({ fr: 'le carbone', en: 'carbon' })}</option>
          </select>
        </label>
        {busy ? (
          <p class="actions" role="status">
            <span>{t({ fr: 'Calcul de seize budgets…', en: 'Computing sixteen budgets…' })}</span>
            <button type="button" class="plain" onClick={() => abort.current?.abort()}>
              {t({ fr: 'Arrêter', en: 'Stop' })}
            </button>
          </p>
        ) : (
          <button type="button" class="primary" onClick={ask}>
            {t({ fr: 'Tracer les meilleurs plans de chaque prix', en: 'Draw the best plans of each price' })}
          </button>
        )}
      </div>
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
      {front !== null && <FrontAnswer front={front} programme={programme} />}
    </section>
  );
};

const FrontAnswer = ({ front, programme }: { readonly front: Front; readonly programme: Programme }) => {
  const t = useText();
  const euros = useEuros();
  const language = useLanguage();
  const { points, against } = front;
  const gain = (point: Point): string =>
    against === 'energy'
      ? formatQuantity(point.savingKwh, language)
      : `${formatNumber(point.value / 1000, language)}\u00a0t CO₂e`;
  return (
    <>
      <p role="status">{t(moreMoney(points, programme, euros, against))}</p>
      <FrontPlot front={front} programme={programme} />
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                {t({ fr: 'Coût', en: 'Cost' })}
              </th>
              <th scope="col" class="number">
                {t({ fr: 'Bâtiments', en: 'Buildings' })}
              </th>
              <th scope="col" class="number">
                {against === 'energy'
                  ? t({ fr: 'Économie par an', en: 'Saving a year' })
                  : t({ fr: 'CO₂ évité par an', en: 'CO₂ avoided a year' })}
              </th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.costEur}>
                <th scope="row" class="number">
                  {euros(point.costEur)}
                </th>
                <td class="number">{point.chosen.length}</td>
                <td class="number">
                  {against === 'energy' ? (
                    <Figure
                      label={{ fr: 'Économie par an', en: 'Saving a year' }}
                      quantity={point.savingKwh}
                      like={points.at(-1)?.savingKwh.value ?? 0}
                    />
                  ) : (
                    gain(point)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};

const wide = { width: 640, height: 300, left: 56, right: 20 };
const narrow = { width: 290, height: 240, left: 40, right: 10 };
const bottom = 44;
const top = 22;

/** Each plan a dot, its saving's interval a soft band; the programme's own money marked. */
const FrontPlot = ({ front, programme }: { readonly front: Front; readonly programme: Programme }) => {
  const t = useText();
  const language = useLanguage();
  const euros = useEuros();
  const { width, height, left, right } = useNarrow() ? narrow : wide;
  const { points, against } = front;
  const spanOf = (point: Point) =>
    against === 'energy' ? point.savingKwh : { value: point.value, low: point.value, high: point.value };
  const dearest = Math.max(1, programme.budgetEur, ...points.map(({ costEur }) => costEur)) * 1.03;
  const most = Math.max(1, ...points.map((point) => spanOf(point).high));
  const x = (cost: number): number => left + (cost / dearest) * (width - left - right);
  const y = (value: number): number => height - bottom - (value / most) * (height - bottom - top);
  const { factor, unit } = axisScale(most, against === 'energy' ? 'kWh' : 'kgCO2e');
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * most);
  const dots = points.map(
    (point) => `M${x(point.costEur).toFixed(1)} ${y(spanOf(point).value).toFixed(1)}h0`,
  );
  const bands = points.map((point) => {
    const { low, high } = spanOf(point);
    return `M${x(point.costEur).toFixed(1)} ${y(low).toFixed(1)}V${y(high).toFixed(1)}`;
  });
  const summary = t({
    fr: `Les meilleurs plans de ${points.length} prix, de ${euros(points[0]?.costEur ?? 0)} à ${euros(points.at(-1)?.costEur ?? 0)}.`,
    en: `The best plans of ${points.length} prices, from ${euros(points[0]?.costEur ?? 0)} to ${euros(points.at(-1)?.costEur ?? 0)}.`,
  });
  return (
    <figure class="plot">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
        <path
          class="grid"
          d={ticks.map((tick) => `M${left} ${y(tick).toFixed(1)}H${width - right}`).join('')}
        />
        {ticks.map((tick) => (
          <text key={tick} class="tick" x={left - 6} y={y(tick) + 4} text-anchor="end">
            {formatNumber(tick * factor, language)}
          </text>
        ))}
        <text class="tick" x={0} y={12}>
          {t({ fr: `${unit} par an`, en: `${unit} a year` })}
        </text>
        {[0, 0.5, 1].map((share) => (
          <text
            key={share}
            class="tick"
            x={x(share * dearest)}
            y={height - 24}
            text-anchor={share === 1 ? 'end' : 'middle'}
          >
            {euros(share * dearest)}
          </text>
        ))}
        <text class="tick" x={width - right} y={height - 6} text-anchor="end">
          {t({ fr: 'coût des travaux', en: 'cost of the works' })}
        </text>
        <path class="band" d={bands.join('')} />
        <path class="mark" d={`M${x(programme.budgetEur).toFixed(1)} ${top}V${height - bottom}`} />
        <text class="label" x={x(programme.budgetEur) - 6} y={height - bottom - 8} text-anchor="end">
          {t({ fr: 'ce budget', en: 'this budget' })}
        </text>
        <path class="dot" d={dots.join('')} />
      </svg>
      <figcaption>{summary}</figcaption>
    </figure>
  );
};
