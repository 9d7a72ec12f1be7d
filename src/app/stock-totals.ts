import { intervalOfSum } from '#measure/index.ts';
import { carbonFactor, shippedCarbonFactors, type EnergyPrices } from '#simulate/index.ts';
import type { StockCounts, SummedFigure } from '#store/index.ts';
import { boundedQuantity, type Quantity, Z90 } from '../core/quantity.ts';
import type { EnergyCarrier } from '../core/twin.ts';

type Energies = StockCounts['energies'];

const nothing: SummedFigure = { count: 0, value: 0, below: 0, belowSquares: 0, above: 0, aboveSquares: 0 };

/** The sums of two parts, each a factor times what it was. */
const added = (one: SummedFigure, other: SummedFigure, factor = 1): SummedFigure => ({
  count: one.count + other.count,
  value: one.value + factor * other.value,
  below: one.below + factor * other.below,
  belowSquares: one.belowSquares + factor ** 2 * other.belowSquares,
  above: one.above + factor * other.above,
  aboveSquares: one.aboveSquares + factor ** 2 * other.aboveSquares,
});

const told = (count: number, of: number): string =>
  `Sum of ${count} of ${of} buildings over their last year of readings, yearly drifts almost independent (models/drift-prior.json)`;

const bought = [
  'gas',
  'electricity',
  'district-heat',
  'oil',
  'wood',
] as const satisfies readonly EnergyCarrier[];

/** An energy that is bought; undefined for the sun, and for what is not said. */
export const boughtCarrier = (carrier: string | null): EnergyCarrier | undefined =>
  bought.find((one) => one === carrier);

const quantityOf = (sum: SummedFigure, unit: string, basis: string): Quantity | null => {
  if (sum.count === 0) return null;
  const { value, low, high } = intervalOfSum(sum);
  return boundedQuantity(value, low, high, unit, 'learnt', basis);
};

/** Yearly energy of the stock, kWh; null without a building that has one. */
export const totalKwh = (energies: Energies, of: number): Quantity | null => {
  const sum = energies.reduce((all, { annualKwh }) => added(all, annualKwh), nothing);
  return quantityOf(sum, 'kWh', told(sum.count, of));
};

/** Its yearly emissions, kgCO2e, by the operational factors, whose own doubt is not counted. */
export const totalKgCo2e = (energies: Energies, of: number): Quantity | null => {
  const sum = energies.reduce((all, { carrier, annualKwh }) => {
    const paid = boughtCarrier(carrier);
    const factor = paid === undefined ? undefined : carbonFactor(shippedCarbonFactors, paid);
    return factor === undefined ? all : added(all, annualKwh, factor);
  }, nothing);
  return quantityOf(
    sum,
    'kgCO2e',
    `${told(sum.count, of)}, times operational factors (models/carbon-factors.json, version ${shippedCarbonFactors.version})`,
  );
};

/**
 * Its yearly cost, EUR. The doubt of a price is the same for every building that burns the energy, so it does not average out; those
 * of different energies are taken as independent.
 */
export const totalEur = (energies: Energies, of: number, prices: EnergyPrices): Quantity | null => {
  let [count, value, below, above] = [0, 0, 0, 0];
  for (const { carrier, annualKwh } of energies) {
    const paid = boughtCarrier(carrier);
    const price = paid === undefined ? undefined : prices.carriers[paid];
    const energy = intervalOfSum(annualKwh);
    if (price === undefined || !(energy.low > 0)) continue;
    const priceLn = Z90 * Math.log1p(price.spread);
    const cost = energy.value * price.eurPerKwh;
    const down = Math.exp(-Math.hypot(Math.log(energy.value / energy.low), priceLn));
    const up = Math.exp(Math.hypot(Math.log(energy.high / energy.value), priceLn));
    count += annualKwh.count;
    value += cost;
    below = Math.hypot(below, cost * (1 - down));
    above = Math.hypot(above, cost * (up - 1));
  }
  if (count === 0) return null;
  return boundedQuantity(
    value,
    value - below,
    value + above,
    'EUR',
    'learnt',
    `${told(count, of)}, at the prices of ${prices.date} (version ${prices.version}), standing charges left out; a price errs alike in every building`,
  );
};
