import { learnRealisationRates, type LearntRates, type RealisationCase } from '#correct/index.ts';
import { measureSavings, type SavingsOutcome } from '#measure/index.ts';
import { type ScenarioResult, shippedCatalogue } from '#simulate/index.ts';
import type { Meter, Works } from '#store/index.ts';
import { formatDay } from '../core/calendar.ts';
import { type Message, message, type Warning, warning } from '../core/message.ts';
import { boundedQuantity, type Quantity } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import type { DailySeries } from '../core/series.ts';
import {
  type BuildingState,
  baselineOf,
  buildingState,
  measuresNamed,
  reportingOf,
  unknownBuilding,
} from './building-state.ts';
import { scenarioOn } from './comparison.ts';
import type { AppContext } from './context.ts';
import { keepRates } from './rates.ts';
import { plain } from './report.ts';
import type { SavingsView } from './views.ts';

const DAY_MS = 86_400_000;
/** Two monthly files late, and a week. */
const SILENT_DAYS = 67;

/** Ratio of two independent positive figures with its interval, by their relative widths in quadrature. */
const ratioOf = (measured: Quantity, predicted: Quantity): Quantity | null => {
  if (!(predicted.value > 0)) return null;
  const value = measured.value / predicted.value;
  const half = Math.hypot(
    (measured.high - measured.low) / 2 / predicted.value,
    (value * (predicted.high - predicted.low)) / 2 / predicted.value,
  );
  return boundedQuantity(
    value,
    value - half,
    value + half,
    '1',
    'computed',
    'Measured over predicted saving, errors independent',
  );
};

const overlap = (one: Quantity, other: Quantity): boolean => one.low <= other.high && other.low <= one.high;

const percentText = (quantity: Quantity, language: 'fr' | 'en'): string =>
  `${plain(quantity.value, language, 2)} % (${plain(quantity.low, language, 2)} ${language === 'fr' ? 'à' : 'to'} ${plain(quantity.high, language, 2)})`;

/** The gap between promise and result in a sentence. */
const gapOf = (measured: Quantity, predicted: Quantity | null): Message => {
  if (predicted === null)
    return message(
      `Économie mesurée : ${percentText(measured, 'fr')} ; rien n’avait été prédit.`,
      `Measured saving: ${percentText(measured, 'en')}; nothing had been predicted.`,
    );
  const agrees = overlap(measured, predicted);
  return message(
    `Économie mesurée : ${percentText(measured, 'fr')}, pour ${percentText(predicted, 'fr')} prédits ; ${agrees ? 'les deux intervalles se recouvrent' : 'l’écart dépasse les deux intervalles'}.`,
    `Measured saving: ${percentText(measured, 'en')}, against ${percentText(predicted, 'en')} predicted; ${agrees ? 'the two intervals overlap' : 'the gap is beyond both intervals'}.`,
  );
};

const viewOf = (
  works: Works,
  outcome: SavingsOutcome,
  periods: {
    readonly baseline: { from: number; to: number };
    readonly reporting: { from: number; to: number };
  },
  predicted: Quantity | null,
): SavingsView => ({
  worksId: works.id,
  status: outcome.status,
  baseline: { from: formatDay(periods.baseline.from), to: formatDay(periods.baseline.to) },
  reporting: { from: formatDay(periods.reporting.from), to: formatDay(periods.reporting.to) },
  counterfactual: outcome.counterfactual,
  actualKwh: outcome.actualKwh,
  savings: outcome.savings,
  savingsPercent: outcome.savingsShare,
  predictedPercent: predicted,
  realisationRate: predicted === null ? null : ratioOf(outcome.savingsShare, predicted),
  gap: gapOf(outcome.savingsShare, predicted),
  warnings: [...outcome.disqualified, ...outcome.nonRoutine, ...outcome.warnings].map(
    ({ code, message: sentence }) => ({
      code,
      message: sentence,
    }),
  ),
});

/** Works that change the fuel cannot be judged by the meter of the fuel before alone. */
const switched = (works: Works, meter: Meter): Warning[] =>
  works.carrierAfter === undefined || works.carrierAfter === meter.carrier
    ? []
    : [
        warning(
          'fuel-switch',
          `Ces travaux changent d’énergie (${meter.carrier} → ${works.carrierAfter}) : ce que le compteur ${meter.id} ne prend plus n’est pas une économie du bâtiment, et rien n’en est appris. Comparez toutes les énergies.`,
          `These works change the fuel (${meter.carrier} → ${works.carrierAfter}): what meter ${meter.id} no longer takes is no saving of the building, and nothing is learnt from it. Compare all carriers.`,
        ),
      ];

/** Readings that end while their period goes on are said: the figure no longer follows the building. */
const stopped = ({ nowMs }: AppContext, series: DailySeries): Warning[] => {
  const last = series.firstDay + series.energyKwh.findLastIndex((value) => Number.isFinite(value));
  const silent = Math.floor(nowMs() / DAY_MS) - last;
  return silent <= SILENT_DAYS
    ? []
    : [
        warning(
          'readings-stopped',
          `Aucun relevé depuis le ${formatDay(last)} (${silent} jours) : l’économie s’arrête à ce jour. Vérifiez le compteur ou son envoi.`,
          `No reading since ${formatDay(last)} (${silent} days): the savings end on that day. Check the meter or what sends its readings.`,
        ),
      ];
};

/** Measures finished works against their baseline and keeps the result beside what the twin had promised. */
const measureWorks = async (
  context: AppContext,
  state: BuildingState,
  works: Works,
): Promise<{ readonly view: SavingsView; readonly predicted: ScenarioResult | undefined } | undefined> => {
  const { series, meter, before } = state;
  if (series === undefined || meter === undefined || works.endedBy !== undefined) return undefined;
  const periods = { baseline: baselineOf(series, works), reporting: reportingOf(series, works) };
  if (periods.reporting.to < periods.reporting.from) return undefined;
  const end = context.startLedger('measure');
  const outcome = measureSavings(series, {
    ...periods,
    holidays: 'FR',
    stockDrift: state.stockDrift,
  });
  if (!outcome.ok) return undefined;
  // The promise before any learning: the rate is what this comparison teaches.
  const scenario = scenarioOn(before, measuresNamed(works.measures), []);
  const predicted = scenario.ok ? scenario.value : undefined;
  const measured = viewOf(works, outcome.value, periods, predicted?.savingPercent ?? null);
  const doubts = [...switched(works, meter), ...stopped(context, series)];
  const view: SavingsView = {
    ...measured,
    // One meter says nothing of a building that changed fuel: what it no longer takes, another does.
    status:
      works.carrierAfter !== undefined && works.carrierAfter !== meter.carrier
        ? 'disqualified'
        : measured.status,
    warnings: [...doubts, ...measured.warnings],
  };
  await context.store.savings.add({
    worksId: works.id,
    meterId: meter.id,
    window: { fromMs: periods.baseline.from * DAY_MS, toMs: (periods.reporting.to + 1) * DAY_MS },
    result: view,
  });
  await context.store.ledger.add({ ...end(), buildingId: state.building.id });
  return { view, predicted };
};

const caseOf = ({
  view,
  predicted,
}: {
  view: SavingsView;
  predicted: ScenarioResult | undefined;
}): RealisationCase[] => {
  if (predicted === undefined || view.status === 'disqualified') return [];
  const total = predicted.shares.reduce((sum, { savingKwh }) => sum + savingKwh, 0);
  return [
    {
      worksId: view.worksId,
      shares: predicted.shares.map(({ measure, savingKwh }) => ({
        measure,
        share: total > 0 ? savingKwh / total : 0,
      })),
      predictedPercent: predicted.savingPercent,
      measuredPercent: view.savingsPercent,
    },
  ];
};

export type Correction = { readonly savings: readonly SavingsView[]; readonly learnt: LearntRates };

/**
 * Measures every finished works of the stock (or of one building), then relearns the realisation rates from all of
 * them: the next scenarios use them.
 */
export const correctStock = async (context: AppContext, buildingId?: string): Promise<Result<Correction>> => {
  const { store } = context;
  if (buildingId !== undefined && (await store.buildings.get(buildingId)) === undefined)
    return unknownBuilding(buildingId);
  const savings: SavingsView[] = [];
  const cases: RealisationCase[] = [];
  for (const building of await store.buildings.list()) {
    const state = await buildingState(context, building.id);
    if (!state.ok) continue;
    for (const works of state.value.works) {
      const measured = await measureWorks(context, state.value, works);
      if (measured === undefined) continue;
      cases.push(...caseOf(measured));
      if (buildingId === undefined || buildingId === building.id) savings.push(measured.view);
    }
  }
  const learnt = learnRealisationRates(
    shippedCatalogue.map(({ id }) => id),
    cases,
  );
  await keepRates(context, learnt.rates);
  await store.audit.add({
    by: 'stacoptim correct',
    action: 'learn-rates',
    subject: 'stock',
    reason: `${cases.length} finished works`,
    detail: { cases: cases.map(({ worksId }) => worksId) },
  });
  return ok({ savings, learnt });
};
