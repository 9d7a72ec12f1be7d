import { type Warning, warning } from '#core/message.ts';
import type { Provenance, Quantity } from '#core/quantity.ts';
import { meanOf } from '#core/random.ts';
import { ok, type Result } from '#core/result.ts';
import { monthlyNeed } from '#core/physics/monthly-balance.ts';
import { type EnergyCarrier, lossGroups } from '#core/twin.ts';
import { type Bill, carbonOf, eurosOf, type Stage } from './bills.ts';
import { amountOf, costsOf } from './costs.ts';
import { normalsOf } from './draws.ts';
import { evidenceOf } from './evidence.ts';
import { economyOf, type LifeCycle, lifeCycle } from './economy.ts';
import { buildModel, type Model } from './model.ts';
import { longestLifeYears, notEvaluated, paybackOf } from './payback.ts';
import { type After, runCoalition } from './run.ts';
import { quantityOf } from './quantity-of.ts';
import { shapleyShares } from './shares.ts';
import { effectOf, stagesOf } from './stages.ts';
import type { CarbonFactors, CarrierUse, ScenarioDraws, ScenarioInput, ScenarioResult } from './types.ts';
import { unverifiedTold } from './unverified.ts';
import { validate } from './validate.ts';
import { balanceSetPoints } from './warming.ts';

/** Comfort the prebound is measured against where none is given (Code de l’énergie R. 241-26; 3CL-DPE 2021). */
const CONVENTIONAL_C = 19;

/** Realised share of the predicted saving in each draw; undefined when no rate was given. */
const realisationDraws = (input: ScenarioInput, shares: readonly number[]): Float64Array | undefined => {
  const { realisation, measures } = input;
  if (realisation === undefined || measures.length === 0) return undefined;
  const total = shares.reduce((sum, share) => sum + Math.max(0, share), 0);
  let mean = 0;
  let sd = 0;
  let sdCase = 0;
  for (const [index, measure] of measures.entries()) {
    const weight = total > 0 ? Math.max(0, shares[index]) / total : 1 / measures.length;
    const rate = realisation.find((one) => one.measure === measure.id);
    mean += weight * (rate?.mean ?? 1);
    // Rates of one stock move together: their spreads are added, the cautious way.
    sd += weight * (rate?.sd ?? 0);
    sdCase = Math.max(sdCase, rate?.sdCase ?? 0);
  }
  // One building is not the mean of its kind, whatever it has done to it.
  const spread = Math.hypot(sd, sdCase);
  return normalsOf('realisation', input.posterior.draws).map((z) => Math.max(0, mean + spread * z));
};

const sumOf = (parts: readonly Float64Array[], size: number): Float64Array => {
  const total = new Float64Array(size);
  for (const part of parts) for (let i = 0; i < size; i += 1) total[i] += part[i];
  return total;
};

type Computed = {
  readonly model: Model;
  readonly after: After;
  readonly draws: ScenarioDraws;
  /** Bills once all is done. */
  readonly bills: readonly Bill[];
  readonly beforeBills: readonly Bill[];
  readonly stages: readonly Stage[];
  readonly life: LifeCycle;
  readonly realised: Float64Array | undefined;
  readonly shares: readonly number[];
};

const compute = (input: ScenarioInput, split: boolean): Computed => {
  const model = buildModel(input);
  const size = model.size;
  const all = (1 << input.measures.length) - 1;
  const after = runCoalition(model, all);
  const shares = split || input.realisation !== undefined ? shapleyShares(model) : [];
  const realised = realisationDraws(input, shares);
  const full = effectOf(model, all, after, realised);
  const { bills, beforeKwh, savingKwh, electricitySavedKwh } = full;
  const stages = stagesOf(model, full, realised);
  const costs = costsOf(input, after);
  const life = lifeCycle(input, costs, stages, after);
  return {
    model,
    after,
    realised,
    shares,
    bills,
    stages,
    beforeBills: [{ carrier: input.twin.system.carrier, savedKwh: beforeKwh }],
    life,
    draws: {
      beforeKwh,
      savingKwh,
      electricitySavedKwh,
      costEur: costs === undefined ? undefined : sumOf(costs, size),
      annualEur: eurosOf(input, bills),
      carbonKg: carbonOf(input.factors, bills),
      netValueEur: life.netValueEur,
    },
  };
};

/**
 * The draws of a scenario without its sentences and without the split: what the optimiser and the comparison need. Energy in
 * kWh a year, money in EUR, one value a draw. Fails as `validate`.
 */
export const scenarioDraws = (input: ScenarioInput): Result<ScenarioDraws> => {
  const valid = validate(input);
  return valid.ok ? ok(compute(input, false).draws) : valid;
};

const basisOf = (input: ScenarioInput, realised: boolean): string => {
  const { posterior, weather, realisation, comfort } = input;
  const source = posterior.usesMeter
    ? 'absolute heating from the calibrated meter signature, fraction from the twin'
    : 'no meter whose signature could be used: the twin alone';
  const comfortNote =
    comfort === undefined
      ? 'no explicit rebound'
      : `rebound ${comfort.rebound} of the gap to ${comfort.conventionalSetPointC} °C`;
  const rate =
    realised && realisation !== undefined
      ? 'the stock’s realisation rate applied'
      : 'no realisation rate applied';
  return `${posterior.draws} draws of the calibrated twin (stacoptim.posterior/1, ${posterior.method}); ${source}; monthly balance ISO 13790:2008 on ${weather.name} (version ${weather.version}); ${rate}; ${comfortNote}`;
};

/** Metered heating over that of the same envelope at conventional comfort, all of it heated. */
const preboundOf = (input: ScenarioInput, model: Model): Quantity => {
  const { posterior, weather, comfort } = input;
  const conventional = comfort?.conventionalSetPointC ?? CONVENTIONAL_C;
  const need = monthlyNeed(
    {
      lossWK: posterior.totalH,
      setPointC: balanceSetPoints(
        posterior.totalH.map(() => conventional),
        weather,
      ),
      gainsW: posterior.gainsW,
      solarApertureM2: posterior.solarApertureM2,
      capacityJK: posterior.capacityJK,
    },
    weather,
  );
  return quantityOf(
    need.map((kwh, i) => (kwh > 0 ? (model.heatingKwh[i] * posterior.efficiency[i]) / kwh : 1)),
    '1',
    posterior.usesMeter ? 'learnt' : 'computed',
    `Heating of the calibrated twin over its need at ${conventional} °C with every room heated (monthly balance ISO 13790:2008); below 1: less is used than the convention assumes`,
  );
};

const embodiedDraws = (input: ScenarioInput, after: After): Float64Array | undefined => {
  if (input.measures.length === 0) return undefined;
  const total = new Float64Array(input.posterior.draws);
  for (const measure of input.measures) {
    const { embodiedCarbon } = measure;
    if (embodiedCarbon === undefined) return undefined;
    const amount = amountOf(input, measure, embodiedCarbon.unit, after);
    for (let i = 0; i < total.length; i += 1)
      total[i] += embodiedCarbon.kgCo2ePerUnit * (typeof amount === 'number' ? amount : amount[i]);
  }
  return total;
};

const percentOf = (part: Float64Array, whole: Float64Array): Float64Array =>
  part.map((value, i) => (whole[i] > 0 ? (100 * value) / whole[i] : 0));

const warningsOf = (input: ScenarioInput): Warning[] => {
  const found: Warning[] = [];
  const add = (code: string, fr: string, en: string, ref: string): void => {
    found.push(warning(code, fr, en, { ref }));
  };
  for (const measure of input.measures) {
    if (measure.unverified.length > 0) {
      const told = unverifiedTold(measure.unverified);
      add(
        'unverified-figures',
        `« ${measure.name.fr} » s’appuie sur des chiffres non vérifiés : ${told.fr}.`,
        `“${measure.name.en}” rests on unverified figures: ${told.en}.`,
        measure.id,
      );
    }
    if (input.realisation !== undefined && !input.realisation.some((rate) => rate.measure === measure.id))
      add(
        'realisation-unknown',
        `Aucun taux de réalisation connu pour « ${measure.name.fr} » : la prédiction est gardée telle quelle.`,
        `No realisation rate known for “${measure.name.en}”: the prediction is kept as it is.`,
        measure.id,
      );
  }
  const ventilated = input.measures.some(({ exclusive }) => exclusive === 'ventilation');
  const newWindows = input.measures.some(({ effects }) =>
    effects.some((effect) => effect.kind === 'replace' && effect.group === 'windows'),
  );
  if (newWindows && !ventilated)
    add(
      'windows-without-ventilation',
      'Des fenêtres neuves sans ventilation contrôlée exposent à l’humidité : prévoir la ventilation.',
      'New windows without controlled ventilation bring a risk of damp: plan the ventilation.',
      'ventilation',
    );
  return found;
};

const split = (model: Model, after: After): ScenarioResult['byUse'] => ({
  before: { heating: meanOf(model.heatingKwh), baseLoad: meanOf(model.baseKwh), auxiliaries: 0 },
  after: {
    heating: meanOf(after.heatingKwh),
    baseLoad: meanOf(after.baseKwh),
    auxiliaries: meanOf(after.auxiliaryKwh),
  },
});

const money = (
  input: ScenarioInput,
  { draws }: Computed,
): Pick<ScenarioResult, 'costEur' | 'annualEur' | 'paybackYears' | 'paybackWithin'> => {
  const dates = input.measures.map(({ id, cost }) => `${id} ${cost?.priceDate ?? ''}`).join(', ');
  const { costIndex } = input.economics;
  const costEur =
    draws.costEur === undefined
      ? null
      : quantityOf(
          draws.costEur,
          'EUR',
          'library',
          `Unit costs without tax of models/measures (${dates}), brought to ${costIndex.to} by ${costIndex.name}, plant sized on the loss after works at ${input.weather.designC} °C`,
        );
  const annualEur =
    draws.annualEur === undefined
      ? null
      : quantityOf(
          draws.annualEur,
          'EUR/yr',
          'library',
          `Energy saved at the prices of ${input.prices.date} (version ${input.prices.version}), standing charges and sold electricity left out`,
        );
  const { costEur: costs, annualEur: savings } = draws;
  if (costs === undefined || savings === undefined || input.measures.length === 0)
    return { costEur, annualEur, paybackYears: null, paybackWithin: null };
  const { years, within } = paybackOf(
    costs.map((cost, i) => (savings[i] > 0 ? cost / savings[i] : Infinity)),
    longestLifeYears(input.measures),
    'library',
    'Simple payback: cost over the euros saved a year, draw by draw, within the life of the measure that lasts longest',
  );
  return { costEur, annualEur, paybackYears: years, paybackWithin: within };
};

/** Operational carbon by purpose, embodied carbon and the years the second takes to be avoided. */
const carbon = (
  input: ScenarioInput,
  { after, bills, draws }: Computed,
): Pick<
  ScenarioResult,
  'carbonKgYear' | 'carbonByPurpose' | 'embodiedCarbonKg' | 'carbonPaybackYears' | 'carbonPaybackWithin'
> => {
  const saved = (factors: CarbonFactors, kg: Float64Array | undefined): Quantity | null =>
    kg === undefined
      ? null
      : quantityOf(
          kg,
          'kgCO2e/yr',
          'library',
          `Factors for the purpose “${factors.purpose}” of ${factors.date} (version ${factors.version})`,
        );
  const embodied = embodiedDraws(input, after);
  const { carbonKg } = draws;
  const payback =
    embodied === undefined || carbonKg === undefined
      ? notEvaluated
      : paybackOf(
          carbonKg.map((kg, i) => (kg > 0 ? embodied[i] / kg : Infinity)),
          longestLifeYears(input.measures),
          'library',
          'Embodied over avoided carbon a year, within the life of the measure that lasts longest',
        );
  return {
    carbonKgYear: saved(input.factors, draws.carbonKg),
    carbonByPurpose: [input.factors, ...(input.otherFactors ?? [])].map((factors) => ({
      purpose: factors.purpose,
      savedKgYear: saved(factors, factors === input.factors ? draws.carbonKg : carbonOf(factors, bills)),
    })),
    embodiedCarbonKg:
      embodied === undefined
        ? null
        : quantityOf(
            embodied,
            'kgCO2e',
            'library',
            `Embodied carbon of the works: ${input.measures.map(({ embodiedCarbon }) => embodiedCarbon?.source ?? '').join('; ')}`,
          ),
    carbonPaybackYears: payback.years,
    carbonPaybackWithin: payback.within,
  };
};

/** Mean kWh a year by what is bought; what a system change moves is on two lines. */
const byCarrierOf = ({ bills, beforeBills }: Computed): CarrierUse[] => {
  const use = new Map<EnergyCarrier, { before: number; after: number }>();
  for (const [list, isBefore] of [[beforeBills, true] as const, [bills, false] as const])
    for (const { carrier, savedKwh } of list) {
      const found = use.get(carrier) ?? { before: 0, after: 0 };
      const kwh = meanOf(savedKwh);
      use.set(
        carrier,
        isBefore
          ? { before: found.before + kwh, after: found.after + kwh }
          : { ...found, after: found.after - kwh },
      );
    }
  return [...use].map(([carrier, kwh]) => ({ carrier, ...kwh }));
};

/**
 * What a set of measures does to a calibrated twin in a typical year: kWh, euros, carbon, each with the 90 % interval
 * of the draws; all measures are computed together and the saving is then split without order (Shapley). Absolutes
 * come from the meter where there is one, fractions from the twin (promise P2). Refuses impossible lists with a
 * sentence; a missing cost, price or factor gives null, never zero.
 */
export const simulateScenario = (input: ScenarioInput): Result<ScenarioResult> => {
  const valid = validate(input);
  if (!valid.ok) return valid;
  const computed = compute(input, true);
  const { model, after, draws, realised, shares, life } = computed;
  const basis = basisOf(input, true);
  const provenance: Provenance = input.posterior.usesMeter ? 'learnt' : 'computed';
  const percent = percentOf(draws.savingKwh, draws.beforeKwh);
  const saving = quantityOf(draws.savingKwh, 'kWh/yr', provenance, basis);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const savesElectricity = model.effects.some(({ electricityKwh }) => electricityKwh.length > 0);
  const electricity = savesElectricity ? meanOf(draws.electricitySavedKwh) : 0;
  const rate =
    realised === undefined
      ? null
      : quantityOf(
          realised,
          '1',
          'learnt',
          'Realised over predicted saving of these measures in this stock, weighted by their share of the saving',
        );
  return ok({
    measures: input.measures.map(({ id }) => id),
    beforeKwh: quantityOf(draws.beforeKwh, 'kWh/yr', provenance, basisOf(input, false)),
    afterKwh: quantityOf(
      draws.beforeKwh.map((kwh, i) => kwh - draws.savingKwh[i]),
      'kWh/yr',
      provenance,
      basis,
    ),
    savingKwh: saving,
    savingPercent: quantityOf(percent, '%', provenance, basis),
    ...money(input, computed),
    ...carbon(input, computed),
    economy: economyOf(
      input,
      life,
      computed.stages,
      [{ from: 0, until: input.economics.horizonYears, bills: computed.beforeBills }],
      draws.annualEur,
    ),
    electricitySavedKwh: !savesElectricity
      ? null
      : quantityOf(
          draws.electricitySavedKwh,
          'kWh/yr',
          'library',
          'Electricity of other meters than heating no longer bought (light, own sun); surplus sold to the grid left out',
        ),
    byCarrier: byCarrierOf(computed),
    chanceOf30Percent: percent.filter((value) => value >= 30).length / percent.length,
    shares: input.measures.map((measure, index) => ({
      measure: measure.id,
      name: measure.name,
      // The split of the prediction, brought to the realised saving.
      savingKwh: total === 0 ? 0 : (shares[index] / total) * (saving.value + electricity),
    })),
    realisationRate: rate,
    realisationEvidence: rate === null ? null : evidenceOf(input, rate),
    prebound: preboundOf(input, model),
    byUse: split(model, after),
    lossesWK: lossGroups.map((group) => ({
      group,
      before: meanOf(input.posterior.h[group]),
      after: meanOf(after.h[group]),
    })),
    warnings: [...input.posterior.warnings, ...warningsOf(input), ...life.warnings],
    draws,
  });
};
