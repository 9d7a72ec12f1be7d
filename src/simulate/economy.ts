import {
  capitalRecoveryFactor,
  discountedPayback,
  internalRateOfReturn,
  presentValueFactor,
  renewalFactor,
  replacementYears,
  residualShare,
} from '#core/economics.ts';
import type { Warning } from '#core/message.ts';
import { warning } from '#core/message.ts';
import { aidsOf } from './aids.ts';
import { carbonOf, priceDraws, type Stage } from './bills.ts';
import { growthFactors, normalDraws, zeros } from './draws.ts';
import { notEvaluated, paybackOf } from './payback.ts';
import { quantityOf } from './quantity-of.ts';
import type { After } from './run.ts';
import type { Economy, ScenarioInput } from './types.ts';

/** Rates of return beyond these are given as these, a year. */
const RATES = { low: -0.5, high: 2 };

/** What the works cost and bring over the horizon, one value a draw; a part is undefined where a figure it needs is. */
export type LifeCycle = {
  readonly aidEur: Float64Array | undefined;
  readonly investmentEur: Float64Array | undefined;
  readonly maintenanceEur: Float64Array | undefined;
  /** Present value of investment, renewal and upkeep, less what is left. */
  readonly ownedEur: Float64Array | undefined;
  /** Present value of the energy saved. */
  readonly energyEur: Float64Array | undefined;
  readonly netValueEur: Float64Array | undefined;
  readonly costs: readonly Float64Array[] | undefined;
  readonly warnings: readonly Warning[];
};

/** Present value of the euros of bills that grow with their carrier's price. */
const worth = (input: ScenarioInput, stages: readonly Stage[]): Float64Array | undefined => {
  const { economics, posterior } = input;
  const total = new Float64Array(posterior.draws);
  for (const { from, until, bills } of stages)
    for (const { carrier, savedKwh } of bills) {
      const price = priceDraws(input, carrier, posterior.draws);
      const growth = economics.priceGrowth.carriers[carrier];
      if (price === undefined || growth === undefined) return undefined;
      const factor = (years: number): Float64Array =>
        growthFactors(`growth/${carrier}`, growth, years, economics.discountRate, posterior.draws);
      const end = factor(until);
      const start = from === 0 ? zeros(end.length) : factor(from);
      for (let i = 0; i < total.length; i += 1) total[i] += savedKwh[i] * price[i] * (end[i] - start[i]);
    }
  return total;
};

/** The even yearly amount over the whole horizon that is worth what the stages bring. */
const levelled = (
  { economics: { horizonYears, discountRate }, posterior }: ScenarioInput,
  stages: readonly Stage[],
  of: (bills: Stage['bills']) => Float64Array | undefined,
): Float64Array | undefined => {
  const total = new Float64Array(posterior.draws);
  const whole = presentValueFactor(horizonYears, discountRate);
  for (const { from, until, bills } of stages) {
    const weight = (presentValueFactor(until, discountRate) - presentValueFactor(from, discountRate)) / whole;
    const yearly = of(bills);
    if (yearly === undefined) return undefined;
    for (let i = 0; i < total.length; i += 1) total[i] += weight * yearly[i];
  }
  return total;
};

const kwhOf = (size: number, bills: Stage['bills']): Float64Array =>
  bills.reduce((sum, { savedKwh }) => sum.map((value, i) => value + savedKwh[i]), new Float64Array(size));

const vatOf = ({ economics, twin }: ScenarioInput): number =>
  twin.use === 'housing' ? economics.vat.housing : economics.vat.other;

/**
 * Cost, renewal, upkeep and energy of a scenario over the horizon, draw by draw (EN 15459-1:2017: global cost in real
 * terms), each measure from the year of its works on. Replacements are bought at full price without aid; upkeep missing for one measure leaves the whole out.
 */
export const lifeCycle = (
  input: ScenarioInput,
  costs: readonly Float64Array[] | undefined,
  stages: readonly Stage[],
  after: After,
): LifeCycle => {
  const { horizonYears, discountRate } = input.economics;
  const energyEur = worth(input, stages);
  if (costs === undefined)
    return {
      aidEur: undefined,
      investmentEur: undefined,
      maintenanceEur: undefined,
      ownedEur: undefined,
      energyEur,
      netValueEur: undefined,
      costs,
      warnings: [],
    };
  const size = input.posterior.draws;
  const tax = 1 + vatOf(input);
  const aids = aidsOf(input, costs, after);
  const investmentEur = new Float64Array(size);
  const ownedEur = new Float64Array(size);
  const maintenanceEur = new Float64Array(size);
  let upkeepKnown = true;
  for (const [index, { lifetimeYears, maintenance }] of input.measures.entries()) {
    const delay = input.delays?.[index] ?? 0;
    const then = (1 + discountRate) ** -delay;
    const years = presentValueFactor(horizonYears - delay, discountRate);
    const renewal = renewalFactor(lifetimeYears, horizonYears - delay, discountRate);
    const aid = aids.byMeasure[index];
    if (maintenance === null) upkeepKnown = false;
    const upkeep = maintenance?.shareOfCost ?? 0;
    const cost = costs[index];
    const owned = 1 + renewal + upkeep * years;
    for (let i = 0; i < size; i += 1) {
      const eur = tax * cost[i];
      investmentEur[i] += eur - aid[i];
      maintenanceEur[i] += upkeep * eur;
      ownedEur[i] += then * (eur * owned - aid[i]);
    }
  }
  return {
    aidEur: aids.eur,
    investmentEur,
    maintenanceEur: upkeepKnown ? maintenanceEur : undefined,
    ownedEur: upkeepKnown ? ownedEur : undefined,
    energyEur,
    netValueEur:
      upkeepKnown && energyEur !== undefined ? energyEur.map((euros, i) => euros - ownedEur[i]) : undefined,
    costs,
    warnings: [
      ...aids.warnings,
      ...input.measures
        .filter(({ maintenance }) => maintenance === null)
        .map(({ id, name }) =>
          warning(
            'maintenance-unknown',
            `L’entretien de « ${name.fr} » n’est pas connu : le coût global n’est pas évalué.`,
            `The upkeep of “${name.en}” is not known: the global cost is not evaluated.`,
            { ref: id },
          ),
        ),
    ],
  };
};

/**
 * Rate of return and discounted payback of each draw from its yearly flows, counted from the works. Works of several years
 * have neither: what is spent twice may be paid back twice.
 */
const returnsOf = (
  input: ScenarioInput,
  { costs, investmentEur, maintenanceEur }: LifeCycle,
  stages: readonly Stage[],
): { readonly rate: Float64Array; readonly payback: Float64Array; readonly years: number } | undefined => {
  const { discountRate, priceGrowth } = input.economics;
  const [stage] = stages;
  if (costs === undefined || investmentEur === undefined || maintenanceEur === undefined) return undefined;
  if (stage === undefined || stages.length > 1) return undefined;
  const { bills, from } = stage;
  const horizonYears = stage.until - from;
  const size = input.posterior.draws;
  const priced = bills.flatMap(({ carrier, savedKwh }) => {
    const price = priceDraws(input, carrier, size);
    const growth = priceGrowth.carriers[carrier];
    if (price === undefined || growth === undefined) return [];
    return [{ savedKwh, price, growth: normalDraws(`growth/${carrier}`, growth, size) }];
  });
  if (priced.length < bills.length) return undefined;
  const tax = 1 + vatOf(input);
  const renewals = input.measures.map(({ lifetimeYears }) => ({
    years: replacementYears(lifetimeYears, horizonYears).map((year) =>
      Math.min(horizonYears, Math.round(year)),
    ),
    left: residualShare(lifetimeYears, horizonYears),
  }));
  const rate = new Float64Array(size);
  const payback = new Float64Array(size);
  const flows = new Float64Array(horizonYears + 1);
  for (let i = 0; i < size; i += 1) {
    flows.fill(-maintenanceEur[i]);
    flows[0] = -investmentEur[i];
    for (const { savedKwh, price, growth } of priced) {
      let euros = savedKwh[i] * price[i] * (1 + growth[i]) ** from;
      for (let year = 1; year <= horizonYears; year += 1) {
        euros *= 1 + growth[i];
        flows[year] += euros;
      }
    }
    // What is paid back by savings alone: renewal and what is left come after.
    payback[i] = discountedPayback(flows, discountRate) ?? Infinity;
    for (const [index, { years, left }] of renewals.entries()) {
      const cost = tax * costs[index][i];
      for (const year of years) flows[year] -= cost;
      flows[horizonYears] += left * cost;
    }
    let sum = 0;
    for (const flow of flows) sum += flow;
    rate[i] = internalRateOfReturn(flows) ?? (sum > 0 ? RATES.high : RATES.low);
  }
  return { rate, payback, years: horizonYears };
};

/**
 * The life-cycle figures a person reads, each with the 90 % interval of the draws or null where something they need is
 * unknown. `annualEur` is what the scenario saves a year once all is done; `nothing` the bills of doing nothing.
 */
export const economyOf = (
  input: ScenarioInput,
  life: LifeCycle,
  stages: readonly Stage[],
  nothing: readonly Stage[],
  annualEur: Float64Array | undefined,
): Economy => {
  const { economics, measures, twin, tenancy, site } = input;
  const { horizonYears, discountRate, costIndex } = economics;
  const works =
    input.delays === undefined || input.delays.every((delay) => delay === 0)
      ? ''
      : `, works in ${input.delays.join(', ')} years`;
  const basis = `EN 15459-1:2017 over ${horizonYears} years at a real ${(100 * discountRate).toFixed(1)} %, energy prices of ${input.prices.date} growing as models/economics.json (version ${economics.version}) says${works}, costs in euros of ${costIndex.to} by ${costIndex.name}, VAT ${(100 * vatOf(input)).toFixed(1)} %`;
  const shown = (draws: Float64Array | undefined, unit: string, what: string) =>
    draws === undefined || measures.length === 0
      ? null
      : quantityOf(draws, unit, 'library', `${what}; ${basis}`);
  const returns = returnsOf(input, life, stages);
  const payback =
    returns === undefined || measures.length === 0
      ? notEvaluated
      : paybackOf(
          returns.payback,
          returns.years,
          'library',
          `First year by which discounted savings pay the works back; ${basis}`,
        );
  const rate = shown(
    returns?.rate.map((each) => 100 * each),
    '%',
    'Real internal rate of return; −50 % stands for less, 200 % for more',
  );
  const beforeEur = worth(input, nothing);
  const yearly = capitalRecoveryFactor(horizonYears, discountRate);
  const { ownedEur, energyEur, netValueEur } = life;
  const perUnit = (value: Float64Array | undefined, unit: Float64Array | undefined) =>
    value === undefined || unit === undefined || unit.some((each) => !(each > 0))
      ? undefined
      : value.map((euros, i) => (euros * yearly) / unit[i]);
  const third = tenancy?.thirdLine?.shareOfSaving ?? 0;
  const second = tenancy?.secondLife;
  const rent =
    second === undefined
      ? 0
      : (second.rentRiseEurM2Year + second.propertyTaxEurM2Year) * twin.floorAreaM2.value;
  const rise = (second?.rentRiseEurM2Year ?? 0) * twin.floorAreaM2.value;
  const rule =
    'By the user’s rule: share of the bill in charges, contribution for shared savings (third line), new rent and property tax of a second life; first year';
  const byTenants =
    tenancy === undefined
      ? undefined
      : annualEur?.map((euros) => euros * (tenancy.chargesShare * (1 - third)) - rise);
  const byLandlord =
    tenancy === undefined
      ? undefined
      : annualEur?.map((euros) => euros * (1 - tenancy.chargesShare * (1 - third)) + rent);
  return {
    aidEur: shown(
      life.aidEur,
      'EUR',
      `Aids of models/subsidies engaged on ${site?.day ?? 'an unknown day'}, certificates at ${economics.cumacEurPerMwh.value} EUR/MWh cumac`,
    ),
    investmentEur: shown(life.investmentEur, 'EUR', 'Cost of the works with tax, known aids taken off'),
    maintenanceEurYear: shown(
      life.maintenanceEur,
      'EUR/yr',
      'Upkeep added, as a share of the cost of each measure',
    ),
    globalCostEur: shown(
      ownedEur === undefined || energyEur === undefined || beforeEur === undefined
        ? undefined
        : ownedEur.map((euros, i) => euros + beforeEur[i] - energyEur[i]),
      'EUR',
      'Global cost after the works',
    ),
    globalCostBeforeEur: shown(beforeEur, 'EUR', 'Energy of doing nothing'),
    netValueEur: shown(netValueEur, 'EUR', 'Net present value against doing nothing'),
    rateOfReturnPercent:
      rate === null || rate.value <= 100 * RATES.low || rate.value >= 100 * RATES.high ? null : rate,
    discountedPaybackYears: payback.years,
    discountedPaybackWithin: payback.within,
    eurPerKwhSaved: shown(
      perUnit(
        ownedEur,
        levelled(input, stages, (bills) => kwhOf(input.posterior.draws, bills)),
      ),
      'EUR/kWh',
      'Investment, renewal and upkeep a year over the kWh saved a year',
    ),
    eurPerTonneSaved: shown(
      perUnit(
        netValueEur?.map((euros) => -1000 * euros),
        levelled(input, stages, (bills) => carbonOf(input.factors, bills)),
      ),
      'EUR/tCO2e',
      'Net cost a year, energy saved taken off, over the tonnes avoided a year; below 0 it pays for itself',
    ),
    tenantsEurYear: shown(byTenants, 'EUR/yr', `Charges and rent the tenants save. ${rule}`),
    landlordEurYear: shown(byLandlord, 'EUR/yr', `What comes to the landlord. ${rule}`),
  };
};
