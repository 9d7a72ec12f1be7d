import {
  assessMeasures,
  chancesOfBest,
  comfortApplies,
  compareScenarios,
  type Measure,
  type RealisationRate,
  type Chances,
  type ScenarioDraws,
  scenarioDraws,
  type ScenarioInput,
  type ScenarioResult,
  otherCarbonFactors,
  shippedCarbonFactors,
  shippedEconomics,
  simulateScenario,
  suggestOptions,
  summerComfort,
} from '#simulate/index.ts';
import { bordeaux } from '../core/physics/bordeaux.ts';
import type { Warning } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { type BuildingState, buildingState, type Phase } from './building-state.ts';
import type { AppContext } from './context.ts';
import { moneyTold } from './money-told.ts';
import { type Plan, planOf } from './planned.ts';
import { ratesInForce } from './rates.ts';
import { type Catalogue, catalogueOf, shipped } from './catalogue.ts';
import { heatedTooWarmTold, madeYearTold, scenarioWeather } from './scenario-weather.ts';
import { dpeLabelOf } from './dpe-label.ts';
import { placeAsked, placeTold } from './place.ts';
import { declarationOf, dwellingsOf } from './law-facts.ts';
import { tertiaryOf } from './tertiary-landing.ts';
import type { BuildingMeasures, Comparison, ComparisonRequest, ScenarioView } from './comparison-views.ts';

type More = Partial<
  Pick<ScenarioInput, 'tenancy' | 'site' | 'weather' | 'supplies' | 'prices' | 'subsidies'>
>;

const inputOf = (
  phase: Phase,
  realisation: readonly RealisationRate[],
  more: More = {},
): Omit<ScenarioInput, 'measures'> => ({
  twin: phase.twin,
  posterior: phase.posterior,
  weather: bordeaux,
  realisation,
  prices: shipped.prices,
  factors: shippedCarbonFactors,
  otherFactors: otherCarbonFactors,
  economics: shippedEconomics,
  subsidies: shipped.subsidies,
  ...more,
});

/**
 * What a package of measures would save on the building in one of its phases; no rate when `realisation` is empty. Prices and aids
 * are those of the catalogue. Fails as `simulateScenario`.
 */
export const scenarioOn = (
  phase: Phase,
  measures: readonly Measure[],
  realisation: readonly RealisationRate[],
  { prices, subsidies }: Catalogue = shipped,
): Result<ScenarioResult> =>
  simulateScenario({ ...inputOf(phase, realisation, { prices, subsidies }), measures });

/**
 * The draws of the same, without the sentences, the returns and the paybacks that a person reads: what a whole stock is chosen from.
 * Several times as fast. Fails as `scenarioDraws`.
 */
export const drawsOn = (
  phase: Phase,
  measures: readonly Measure[],
  realisation: readonly RealisationRate[],
  { prices, subsidies }: Catalogue = shipped,
): Result<ScenarioDraws> =>
  scenarioDraws({ ...inputOf(phase, realisation, { prices, subsidies }), measures });

/** Packages the tool would look at first on the building as it stands. */
export const packagesFor = ({ now }: BuildingState, { measures }: Catalogue = shipped): string[][] =>
  suggestOptions(now.twin, measures);

/** The catalogue as it applies to a building, and the options to compare first. Fails as `buildingState`. */
export const measuresForBuilding = async (
  context: AppContext,
  id: string,
): Promise<Result<BuildingMeasures>> => {
  const state = await buildingState(context, id);
  if (!state.ok) return state;
  const { now, done } = state.value;
  const catalogue = catalogueOf(context);
  const doneIds = new Set(done.map((measure) => measure.id));
  const measures = assessMeasures(now.twin, catalogue.measures).map(({ measure, applicable, reason }) => {
    const already = doneIds.has(measure.id);
    return {
      id: measure.id,
      name: measure.name,
      description: measure.description,
      version: measure.version,
      applicable: applicable && !already,
      reason: already
        ? { fr: 'déjà fait dans les derniers travaux.', en: 'already done in the last works.' }
        : reason,
    };
  });
  const options = suggestOptions(now.twin, catalogue.measures).filter((option) =>
    option.every((one) => !doneIds.has(one)),
  );
  // The smallest, the middle and the deepest package: three different answers to the same question.
  const picks = [...new Set([0, Math.floor((options.length - 1) / 2), options.length - 1])];
  return ok({
    measures,
    ownCatalogue: [...catalogue.own],
    suggested: picks.flatMap((index) => (options[index] === undefined ? [] : [options[index]])),
  });
};

const namesOf = (measures: readonly Measure[]): ScenarioView['measures'] =>
  measures.map(({ id, name }) => ({ id, name }));

const joined = (measures: readonly Measure[]): ScenarioView['name'] => ({
  fr: measures.map(({ name }) => name.fr).join(' + '),
  en: measures.map(({ name }) => name.en).join(' + '),
});

const viewOf = (
  id: string,
  measures: readonly Measure[],
  scenario: ScenarioResult,
  standing: Pick<ScenarioView, 'dominated' | 'chanceOfBest'>,
  comfort: ScenarioView['comfort'],
): Omit<ScenarioView, 'tertiary' | 'dpeLabel'> => ({
  id,
  name: joined(measures),
  measures: namesOf(measures),
  beforeKwh: scenario.beforeKwh,
  afterKwh: scenario.afterKwh,
  savingKwh: scenario.savingKwh,
  savingPercent: scenario.savingPercent,
  costEur: scenario.costEur,
  annualEur: scenario.annualEur,
  carbonKgYear: scenario.carbonKgYear,
  paybackYears: scenario.paybackYears,
  paybackWithin: scenario.paybackWithin,
  chanceOf30Percent: scenario.chanceOf30Percent,
  ...standing,
  shares: scenario.shares.map(({ measure, name, savingKwh }) => ({
    measure: { id: measure, name },
    savingKwh,
  })),
  realisationRate: scenario.realisationRate,
  realisationEvidence: scenario.realisationEvidence,
  prebound: scenario.prebound,
  electricitySavedKwh: scenario.electricitySavedKwh,
  economy: scenario.economy,
  carbonByPurpose: [...scenario.carbonByPurpose],
  embodiedCarbonKg: scenario.embodiedCarbonKg,
  carbonPaybackYears: scenario.carbonPaybackYears,
  carbonPaybackWithin: scenario.carbonPaybackWithin,
  byCarrier: [...scenario.byCarrier],
  byUse: scenario.byUse,
  comfort,
});

/** A package as it is asked for, under the letter that it is shown by. */
type Asked = Plan & { readonly id: string };

/** Fails as `planOf`. */
const packagesAsked = (
  options: ComparisonRequest['options'],
  nowMs: number,
  measures: readonly Measure[],
): Result<Asked[]> => {
  const packages: Asked[] = [];
  for (const [index, option] of options.entries()) {
    const plan = planOf(option.measures, nowMs, measures);
    if (!plan.ok) return plan;
    packages.push({ id: String.fromCodePoint(65 + index), ...plan.value });
  }
  return ok(packages);
};

type Summers = {
  /** Of each package, and last of doing nothing; empty where no summer was computed. */
  readonly comforts: readonly NonNullable<ScenarioView['comfort']>[];
  /** Chance of each of these to be the coolest. */
  readonly coolest: readonly (number | null)[];
  readonly told: readonly Warning[];
};

/** The summers of packages that stand, where they are asked for and adaptive comfort can be spoken of. */
const summersOf = (
  input: Omit<ScenarioInput, 'measures'>,
  packages: readonly Asked[],
  years: Parameters<typeof summerComfort>[1],
  wanted: boolean,
): Summers => {
  if (!wanted) return { comforts: [], coolest: [], told: [] };
  if (!comfortApplies(input.posterior)) return { comforts: [], coolest: [], told: [heatedTooWarmTold] };
  const summers = [...packages.map(({ measures }) => measures), []].map((measures) =>
    summerComfort({ ...input, measures }, years),
  );
  return {
    comforts: summers.map(({ degreeHoursK: _draws, ...shown }) => shown),
    // Whole degree hours: nobody feels less.
    coolest: chancesOfBest(summers.map(({ degreeHoursK }) => degreeHoursK.map((each) => -Math.round(each)))),
    told: [madeYearTold],
  };
};

const chancesShown = (chances: Chances, comfort: number | null = null): ScenarioView['chanceOfBest'] => ({
  energy: chances.energy,
  netValue: chances['net-value'],
  carbon: chances.carbon,
  comfort,
});

/**
 * Compares packages of measures on the building as it stands, with the stock's realisation rates. Fails as
 * `buildingState`, with `unknown-measure`, `year-past-horizon`, `weather-years-short`, `unknown-department`, and as
 * `simulateScenario` and `tertiaryLanding`.
 */
export const compareForBuilding = async (
  context: AppContext,
  id: string,
  request: ComparisonRequest,
): Promise<Result<Comparison>> => {
  const nowMs = context.nowMs();
  const catalogue = catalogueOf(context);
  const packages = packagesAsked(request.options, nowMs, catalogue.measures);
  if (!packages.ok) return packages;
  const state = await buildingState(context, id);
  if (!state.ok) return state;
  const { now, warnings, series } = state.value;
  const dwellings = dwellingsOf(state.value.building);
  const chosen = scenarioWeather(request.weather, series);
  if (!chosen.ok) return chosen;
  const { weather, years } = chosen.value;
  const place = placeAsked(state.value.building, request.department);
  if (!place.ok) return place;
  const ceeZone = request.ceeZone ?? place.value.ceeZone;
  const end = context.startLedger('simulate');
  const input = inputOf(now, (await ratesInForce(context))(now.twin), {
    site: {
      day: request.day ?? new Date(nowMs).toISOString().slice(0, 10),
      ...(ceeZone === undefined ? {} : { ceeZone }),
    },
    ...(request.tenancy === undefined ? {} : { tenancy: request.tenancy }),
    ...(request.supplies === undefined ? {} : { supplies: request.supplies }),
    weather,
    prices: catalogue.prices,
    subsidies: catalogue.subsidies,
  });
  const compared = compareScenarios({ ...input, options: packages.value });
  const [refused] = compared.refused;
  if (refused !== undefined) return { ok: false, error: refused.error };
  // Every option stands, or the comparison was refused above: the last summer is that of doing nothing.
  const {
    comforts,
    coolest,
    told: summerTold,
  } = summersOf(input, packages.value, years, request.summer !== false);
  const scenarios: ScenarioView[] = [];
  const typical = request.weather?.kind !== 'last-years';
  const told = [...warnings, ...placeTold(place.value, typical), ...chosen.value.warnings, ...summerTold];
  // What the owner declared once for the building, unless the request says otherwise.
  const declared = request.tertiary ?? declarationOf(state.value.building);
  let tertiaryBefore: ScenarioView['tertiary'] = null;
  for (const [index, { id: letter, scenario, dominated, chanceOfBest }] of compared.options.entries()) {
    const measures = packages.value[index]?.measures ?? [];
    const landed = tertiaryOf(now.twin, declared, scenario.draws, nowMs);
    if (!landed.ok) return landed;
    const before = tertiaryOf(now.twin, declared, scenario.draws, nowMs, false);
    if (before.ok) tertiaryBefore = before.value.view;
    told.push(...scenario.warnings, ...landed.value.warnings);
    const standing = { dominated, chanceOfBest: chancesShown(chanceOfBest, coolest[index]) };
    scenarios.push({
      ...viewOf(letter, measures, scenario, standing, comforts[index] ?? null),
      tertiary: landed.value.view,
      ...dpeLabelOf(now, measures, nowMs, place.value, dwellings),
    });
  }
  await context.store.ledger.add({ ...end(), buildingId: id });
  return ok({
    buildingId: id,
    scenarios,
    beforeKwh: compared.options[0]?.scenario.beforeKwh ?? null,
    usesMeter: now.posterior.usesMeter,
    doNothing: { chanceOfBest: chancesShown(compared.doNothing, coolest[packages.value.length]) },
    verdict: compared.verdict,
    money: { sentence: moneyTold(input), horizonYears: input.economics.horizonYears },
    ...dpeLabelOf(now, [], nowMs, place.value, dwellings),
    comfortBefore: comforts[packages.value.length] ?? null,
    tertiaryBefore,
    weather: weather.name,
    ownCatalogue: [...catalogue.own],
    place: {
      department: place.value.department ?? null,
      zone: place.value.zone,
      ceeZone: ceeZone ?? null,
    },
    warnings: told.map(({ code, message }) => ({ code, message })),
  });
};
