import { type Warning, warning } from '#core/message.ts';
import { boundedQuantity, type Provenance, type Quantity } from '#core/quantity.ts';
import { meanOf, quantiles } from '#core/random.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { monthlyNeed } from '#core/physics/monthly-balance.ts';
import { type EnergyCarrier, lossGroups } from '#core/twin.ts';
import { checkMeasures, isElementEffect, treatedElements } from './applicability.ts';
import { normalsOf } from './draws.ts';
import { buildModel, type Model } from './model.ts';
import { type After, runCoalition } from './run.ts';
import type { Measure } from './schema.ts';
import { shapleyShares } from './shares.ts';
import type { ScenarioDraws, ScenarioInput, ScenarioResult } from './types.ts';

/** Bits of a coalition in one 32-bit integer. */
const MOST_MEASURES = 16;
/** Comfort the prebound is measured against where none is given (Code de l’énergie R. 241-26; 3CL-DPE 2021). */
const CONVENTIONAL_C = 19;
/** A payback beyond this many years is given as this many: no equipment lives as long. */
const LONGEST_PAYBACK = 200;

const carrierAfter = (input: ScenarioInput): EnergyCarrier => {
  for (const measure of input.measures)
    for (const effect of measure.effects) if (effect.kind === 'system') return effect.carrier;
  return input.twin.system.carrier;
};

/** How much of its unit a measure needs, one value a draw for plant sized on the loss after works. */
const amountOf = (
  input: ScenarioInput,
  measure: Measure,
  unit: 'm2-element' | 'm2-floor' | 'kW',
  after: After,
): ((draw: number) => number) => {
  if (unit === 'm2-floor') return () => input.twin.floorAreaM2.value;
  if (unit === 'm2-element') {
    const ids = new Set<string>();
    let area = 0;
    for (const effect of measure.effects.filter(isElementEffect))
      for (const element of treatedElements(input.twin, measure, effect)) {
        if (!ids.has(element.id)) area += element.areaNetM2;
        ids.add(element.id);
      }
    return () => area;
  }
  return (draw) =>
    Math.max(0, (after.totalH[draw] * (input.posterior.setPointC[draw] - input.weather.designC)) / 1000);
};

const costDraws = (input: ScenarioInput, after: After): Float64Array | undefined => {
  const total = new Float64Array(input.posterior.draws);
  for (const measure of input.measures) {
    const { cost } = measure;
    if (cost === null) return undefined;
    const sigma = Math.log1p(cost.spread);
    const amount = amountOf(input, measure, cost.unit, after);
    const z = normalsOf(`${measure.id}/cost`, total.length);
    for (let i = 0; i < total.length; i += 1)
      total[i] += (cost.fixedEur + cost.perUnitEur * amount(i)) * Math.exp(sigma * z[i]);
  }
  return total;
};

const priceDraws = (input: ScenarioInput, carrier: EnergyCarrier, size: number): Float64Array | undefined => {
  const price = input.prices.carriers[carrier];
  if (price === undefined) return undefined;
  const sigma = Math.log1p(price.spread);
  return normalsOf(`price/${carrier}`, size).map((z) => price.eurPerKwh * Math.exp(sigma * z));
};

/** Realised share of the predicted saving in each draw; undefined when no rate was given. */
const realisationDraws = (input: ScenarioInput, shares: readonly number[]): Float64Array | undefined => {
  const { realisation, measures } = input;
  if (realisation === undefined || measures.length === 0) return undefined;
  const total = shares.reduce((sum, share) => sum + Math.max(0, share), 0);
  let mean = 0;
  let sd = 0;
  for (const [index, measure] of measures.entries()) {
    const weight = total > 0 ? Math.max(0, shares[index]) / total : 1 / measures.length;
    const rate = realisation.find((one) => one.measure === measure.id);
    mean += weight * (rate?.mean ?? 1);
    // Rates of one stock move together: their spreads are added, the cautious way.
    sd += weight * (rate?.sd ?? 0);
  }
  return normalsOf('realisation', input.posterior.draws).map((z) => Math.max(0, mean + sd * z));
};

type Computed = {
  readonly model: Model;
  readonly after: After;
  readonly draws: ScenarioDraws;
  readonly realised: Float64Array | undefined;
  readonly shares: readonly number[];
};

const compute = (input: ScenarioInput, split: boolean): Computed => {
  const model = buildModel(input);
  const size = model.size;
  const after = runCoalition(model, (1 << input.measures.length) - 1);
  const shares = split || input.realisation !== undefined ? shapleyShares(model) : [];
  const realised = realisationDraws(input, shares);
  const before = input.twin.system.carrier;
  const then = carrierAfter(input);
  const price = priceDraws(input, before, size);
  const priceThen = priceDraws(input, then, size);
  const priceAuxiliary = priceDraws(input, 'electricity', size);
  const factor = input.factors.carriers[before]?.kgPerKwh;
  const factorThen = input.factors.carriers[then]?.kgPerKwh;
  const factorAuxiliary = input.factors.carriers.electricity?.kgPerKwh;
  const beforeKwh = new Float64Array(size);
  const savingKwh = new Float64Array(size);
  const usesAuxiliary = model.auxiliaryKwh.length > 0;
  const euros =
    price !== undefined && priceThen !== undefined && (!usesAuxiliary || priceAuxiliary !== undefined);
  const carbon =
    factor !== undefined && factorThen !== undefined && (!usesAuxiliary || factorAuxiliary !== undefined);
  const annualEur = euros ? new Float64Array(size) : undefined;
  const carbonKg = carbon ? new Float64Array(size) : undefined;
  for (let i = 0; i < size; i += 1) {
    const total = model.heatingKwh[i] + model.baseKwh[i];
    // A rate above 1 cannot save more than there is.
    const predicted = model.heatingKwh[i] - after.heatingKwh[i] + (model.baseKwh[i] - after.baseKwh[i]);
    const saved = Math.min(total, predicted * (realised?.[i] ?? 1));
    const left = total - saved;
    const auxiliary = after.auxiliaryKwh[i];
    beforeKwh[i] = total;
    savingKwh[i] = saved - auxiliary;
    if (annualEur !== undefined && price !== undefined && priceThen !== undefined)
      annualEur[i] = total * price[i] - left * priceThen[i] - auxiliary * (priceAuxiliary?.[i] ?? 0);
    if (carbonKg !== undefined && factor !== undefined && factorThen !== undefined)
      carbonKg[i] = total * factor - left * factorThen - auxiliary * (factorAuxiliary ?? 0);
  }
  return {
    model,
    after,
    realised,
    shares,
    draws: { beforeKwh, savingKwh, costEur: costDraws(input, after), annualEur, carbonKg },
  };
};

const validate = (input: ScenarioInput): Result<ScenarioInput> => {
  const { posterior, weather, measures, comfort } = input;
  if (measures.length > MOST_MEASURES)
    return failure(
      'too-many-measures',
      `Un scénario prend au plus ${MOST_MEASURES} gestes.`,
      `A scenario takes at most ${MOST_MEASURES} measures.`,
    );
  if (posterior.draws < 1 || weather.months.length !== 12)
    return failure(
      'incomplete-input',
      'Un scénario demande un jumeau calibré et douze mois de météo.',
      'A scenario needs a calibrated twin and twelve months of weather.',
    );
  if (comfort !== undefined && !(comfort.rebound >= 0 && comfort.rebound <= 1))
    return failure(
      'invalid-rebound',
      'La part de rebond doit être entre 0 et 1.',
      'The share of rebound must lie between 0 and 1.',
    );
  const checked = checkMeasures(input.twin, measures);
  return checked.ok ? ok(input) : checked;
};

/** The draws of a scenario without its sentences and without the split: what the optimiser and the comparison need. */
export const scenarioDraws = (input: ScenarioInput): Result<ScenarioDraws> => {
  const valid = validate(input);
  return valid.ok ? ok(compute(input, false).draws) : valid;
};

const quantityOf = (draws: Float64Array, unit: string, provenance: Provenance, basis: string): Quantity => {
  const [low, median, high] = quantiles(draws, [0.05, 0.5, 0.95]);
  return boundedQuantity(median, low, high, unit, provenance, basis);
};

const basisOf = (input: ScenarioInput, realised: boolean): string => {
  const { posterior, weather, realisation, comfort } = input;
  const source = posterior.usesMeter
    ? 'absolute heating from the calibrated meter signature, fraction from the twin'
    : 'no meter: the twin alone';
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
      setPointC: posterior.totalH.map(() => conventional),
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

const embodiedOf = (input: ScenarioInput, after: After): Quantity | null => {
  if (input.measures.length === 0) return null;
  const total = new Float64Array(input.posterior.draws);
  for (const measure of input.measures) {
    const { embodiedCarbon } = measure;
    if (embodiedCarbon === undefined) return null;
    const amount = amountOf(input, measure, embodiedCarbon.unit, after);
    for (let i = 0; i < total.length; i += 1) total[i] += embodiedCarbon.kgCo2ePerUnit * amount(i);
  }
  const sources = input.measures.map(({ embodiedCarbon }) => embodiedCarbon?.source ?? '');
  return quantityOf(total, 'kgCO2e', 'library', `Embodied carbon of the works: ${sources.join('; ')}`);
};

const percentOf = (part: Float64Array, whole: Float64Array): Float64Array =>
  part.map((value, i) => (whole[i] > 0 ? (100 * value) / whole[i] : 0));

const warningsOf = (input: ScenarioInput): Warning[] => {
  const found: Warning[] = [];
  const add = (code: string, fr: string, en: string, ref: string): void => {
    found.push(warning(code, fr, en, { ref }));
  };
  for (const measure of input.measures) {
    if (measure.unverified.length > 0)
      add(
        'unverified-figures',
        `« ${measure.name.fr} » s’appuie sur des chiffres non vérifiés : ${measure.unverified.join(', ')}.`,
        `“${measure.name.en}” rests on unverified figures: ${measure.unverified.join(', ')}.`,
        measure.id,
      );
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
): Pick<ScenarioResult, 'costEur' | 'annualEur' | 'paybackYears'> => {
  const dates = input.measures.map(({ id, cost }) => `${id} ${cost?.priceDate ?? ''}`).join(', ');
  const costEur =
    draws.costEur === undefined
      ? null
      : quantityOf(
          draws.costEur,
          'EUR',
          'library',
          `Unit costs without tax of models/measures (${dates}), not indexed, plant sized on the loss after works at ${input.weather.designC} °C`,
        );
  const annualEur =
    draws.annualEur === undefined
      ? null
      : quantityOf(
          draws.annualEur,
          'EUR/yr',
          'library',
          `Energy saved at the prices of ${input.prices.date} (version ${input.prices.version}), standing charges left out`,
        );
  if (draws.costEur === undefined || draws.annualEur === undefined || input.measures.length === 0)
    return { costEur, annualEur, paybackYears: null };
  const { costEur: costs, annualEur: savings } = draws;
  const years = costs.map((cost, i) =>
    savings[i] > 0 ? Math.min(LONGEST_PAYBACK, cost / savings[i]) : LONGEST_PAYBACK,
  );
  const payback = quantityOf(
    years,
    'yr',
    'library',
    `Simple payback: cost over the euros saved a year, draw by draw; ${LONGEST_PAYBACK} stands for never`,
  );
  return { costEur, annualEur, paybackYears: payback.value >= LONGEST_PAYBACK ? null : payback };
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
  const { model, after, draws, realised, shares } = computed;
  const basis = basisOf(input, true);
  const provenance: Provenance = input.posterior.usesMeter ? 'learnt' : 'computed';
  const percent = percentOf(draws.savingKwh, draws.beforeKwh);
  const saving = quantityOf(draws.savingKwh, 'kWh/yr', provenance, basis);
  const total = shares.reduce((sum, share) => sum + share, 0);
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
    carbonKgYear:
      draws.carbonKg === undefined
        ? null
        : quantityOf(
            draws.carbonKg,
            'kgCO2e/yr',
            'library',
            `${input.factors.purpose} factors of ${input.factors.date} (version ${input.factors.version})`,
          ),
    embodiedCarbonKg: embodiedOf(input, after),
    chanceOf30Percent: percent.filter((value) => value >= 30).length / percent.length,
    shares: input.measures.map((measure, index) => ({
      measure: measure.id,
      name: measure.name,
      // The split of the prediction, brought to the realised saving.
      savingKwh: total === 0 ? 0 : (shares[index] / total) * saving.value,
    })),
    realisationRate:
      realised === undefined
        ? null
        : quantityOf(
            realised,
            '1',
            'learnt',
            'Realised over predicted saving of these measures in this stock, weighted by their share of the saving',
          ),
    prebound: preboundOf(input, model),
    byUse: split(model, after),
    lossesWK: lossGroups.map((group) => ({
      group,
      before: meanOf(input.posterior.h[group]),
      after: meanOf(after.h[group]),
    })),
    warnings: [...input.posterior.warnings, ...warningsOf(input)],
    draws,
  });
};
