import { useState } from 'preact/hooks';
import type { Front, KeptFronts, Programme } from '../../client/names.ts';
import { useSteadyResource } from '../client.ts';
import { useDraft } from '../draft.ts';
import { Figure } from '../figure.tsx';
import { Folded } from '../folded.tsx';
import { axisScale, formatDay, formatNumber, formatQuantity } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { useNarrow } from '../narrow.ts';
import { useEuros } from './plan-years.tsx';
import { startFront, stopJob, useJob } from './solve.ts';
import { Waiting } from './waiting.tsx';

const POINTS = 16;

type Point = Front['points'][number];
type Against = Front['against'];

type Drawing = {
  /** The job that draws it; 0 when none does. */
  readonly job: number;
  readonly against: Against;
};

/** Best plans of each price, drawn when asked for, since it takes as long as several programmes; found again by whoever comes back. */
export const FrontSection = ({ programme }: { readonly programme: Programme }) => {
  const t = useText();
  const { id } = programme;
  const kept = useSteadyResource('GET /v1/programmes/{id}/fronts', { path: { id } });
  const [asked, setAsked] = useState<Against | null>(null);
  // Kept in this browser while the server draws it: whoever comes back finds it again.
  const [drawing, setDrawing] = useDraft<Drawing>(`front.${id}`, { job: 0, against: 'energy' });
  const [problem, setProblem] = useState<Text | null>(null);
  const told = useJob(drawing.job, (outcome) => {
    setDrawing({ ...drawing, job: 0 });
    if (outcome.ok) kept.retry();
    else setProblem(outcome.message);
  });
  const busy = drawing.job > 0;
  const fronts = kept.state === 'ready' ? kept.value : [];
  // The one that is being drawn is shown first, else the one that is kept, whichever it is.
  const against = asked ?? (busy ? drawing.against : (fronts[0]?.against ?? 'energy'));
  const front = fronts.find((one) => one.against === against);
  const ask = async (): Promise<void> => {
    const started = await startFront(id, { against, points: POINTS });
    setProblem(started.ok ? null : started.message);
    if (started.ok) setDrawing({ job: started.value.id, against });
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
            disabled={busy}
            onChange={(event) => setAsked(event.currentTarget.value === 'carbon' ? 'carbon' : 'energy')}
          >
            <option value="energy">{t({ fr: 'l’énergie', en: 'energy' })}</option>
            <option value="carbon">{t({ fr: 'le carbone', en: 'carbon' })}</option>
          </select>
        </label>
        {!busy && (
          <button type="button" class="primary" onClick={ask}>
            {front === undefined
              ? t({
                  fr: 'Tracer les meilleurs plans de chaque prix',
                  en: 'Draw the best plans of each price',
                })
              : t({ fr: 'Tracer de nouveau', en: 'Draw again' })}
          </button>
        )}
      </div>
      {busy && <Waiting job={told} onStop={() => void stopJob(drawing.job)} />}
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
      {front !== undefined && (
        <>
          <FrontAnswer front={front} programme={programme} />
          <p class="quiet">
            {t({
              fr: `Calculé le ${formatDay(front.at.slice(0, 10), 'fr')} sur le parc de ce jour, et gardé avec ce programme.`,
              en: `Computed on ${formatDay(front.at.slice(0, 10), 'en')} on the stock of that day, and kept with this programme.`,
            })}
          </p>
        </>
      )}
    </section>
  );
};

const FrontAnswer = ({
  front,
  programme,
}: {
  readonly front: KeptFronts[number];
  readonly programme: Programme;
}) => {
  const t = useText();
  const euros = useEuros();
  const language = useLanguage();
  const { points, against } = front;
  const gain = (point: Point): string =>
    against === 'energy'
      ? formatQuantity(point.savingKwh, language)
      : `${formatNumber(point.value / 1000, language)}\u00a0t CO₂e`;
  const unit = against === 'energy' ? 'MWh' : 't CO₂e';
  const more = (point: Point, before: Point | undefined): string =>
    `+\u202f${formatNumber((point.value - (before?.value ?? 0)) / 1000, language)}\u00a0${unit} / ${euros(point.costEur - (before?.costEur ?? 0))}`;
  return (
    <>
      <p role="status">{t(front.sentence)}</p>
      <FrontPlot front={front} programme={programme} />
      <Folded summary={t({ fr: 'Les mêmes plans en chiffres', en: 'The same plans in figures' })}>
        {() => (
          <div class="scroll">
            <table aria-label={t({ fr: 'Les plans de chaque prix', en: 'The plans of each price' })}>
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
                  <th scope="col" class="number">
                    {t({ fr: 'De plus que la ligne d’avant', en: 'More than the line before' })}
                  </th>
                </tr>
              </thead>
              <tbody>
                {points.map((point, index) => (
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
                    <td class="number">{index === 0 ? '—' : more(point, points[index - 1])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Folded>
    </>
  );
};

const wide = { width: 640, height: 300, left: 56, right: 20 };
const narrow = { width: 290, height: 240, left: 40, right: 10 };
const bottom = 44;
const top = 22;

/** The next of 1, 2 or 5 times a power of ten: an axis is read by round figures. */
const roundStep = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1e-9, value)));
  return power * ([1, 2, 5].find((one) => one * power >= value) ?? 10);
};

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
  const highest = Math.max(1, ...points.map((point) => spanOf(point).high));
  const step = roundStep(highest / 4);
  const most = Math.ceil(highest / step) * step;
  const x = (cost: number): number => left + (cost / dearest) * (width - left - right);
  const y = (value: number): number => height - bottom - (value / most) * (height - bottom - top);
  const { factor, unit } = axisScale(most, against === 'energy' ? 'kWh' : 'kgCO2e');
  const ticks = Array.from({ length: Math.round(most / step) + 1 }, (_, index) => index * step);
  const money = axisScale(dearest, 'EUR');
  const costStep = roundStep(dearest / 3);
  const costs = Array.from({ length: Math.floor(dearest / costStep) + 1 }, (_, index) => index * costStep);
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
        {costs.map((cost) => (
          <text
            key={cost}
            class="tick"
            x={x(cost)}
            y={height - 24}
            text-anchor={x(cost) > width - right - 24 ? 'end' : 'middle'}
          >
            {`${formatNumber(cost * money.factor, language)}\u00a0${money.unit}`}
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
