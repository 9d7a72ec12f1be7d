import type { Quantity } from '#core/quantity.ts';
import type { GroupLoss, LossGroup, Twin, TwinElement } from '#core/twin.ts';
import { hasMixedBase } from './mixed-base.ts';
import { isElementEffect, treatedElements } from './applicability.ts';
import { HOURS_A_YEAR } from './measure-effect.ts';
import type { Effect, Measure } from './schema.ts';

type Range = { readonly value: number; readonly low: number; readonly high: number };

const scaled = (quantity: Quantity, factor: Range, note: string): Quantity => ({
  ...quantity,
  value: quantity.value * factor.value,
  low: quantity.low * factor.low,
  high: quantity.high * factor.high,
  basis: `${quantity.basis}; ${note}`,
});

const shifted = (quantity: Quantity, by: Range, note: string): Quantity => {
  const below = Math.hypot(quantity.value - quantity.low, by.value - by.low);
  const above = Math.hypot(quantity.high - quantity.value, by.high - by.value);
  const value = quantity.value + by.value;
  return { ...quantity, value, low: value - below, high: value + above, basis: `${quantity.basis}; ${note}` };
};

const worked = (twin: Twin, measure: Measure): TwinElement[] => {
  let elements = [...twin.elements];
  for (const effect of measure.effects.filter(isElementEffect)) {
    const ids = new Set(treatedElements(twin, measure, effect).map(({ id }) => id));
    elements = elements.map((element) => {
      if (!ids.has(element.id)) return element;
      const basis = `${element.u.basis}; after ${measure.id}`;
      if (effect.kind === 'replace')
        return {
          ...element,
          solarFactor: Math.min(element.solarFactor, effect.solarFactor),
          u: { ...element.u, ...effect.uWm2K, provenance: 'library', basis },
        };
      const insulated = (u: number, resistance: number): number => 1 / (1 / u + resistance);
      const { value, low, high } = effect.resistanceM2KW;
      const u: Quantity = {
        ...element.u,
        value: insulated(element.u.value, value),
        low: insulated(element.u.low, high),
        high: insulated(element.u.high, low),
        provenance: 'library',
        basis,
      };
      return { ...element, u };
    });
  }
  return elements;
};

const conductance = (elements: readonly TwinElement[], of: (u: Quantity) => number): number =>
  elements.reduce((sum, { areaNetM2, b, u }) => sum + areaNetM2 * b * of(u), 0);

/** A group's loss follows its elements: the ratio of their conductances, each bound by its own. */
const groupAfter = (
  loss: GroupLoss,
  before: readonly TwinElement[],
  after: readonly TwinElement[],
  note: string,
): GroupLoss => {
  const own = (elements: readonly TwinElement[]) => elements.filter(({ group }) => group === loss.group);
  const ratio = (of: (u: Quantity) => number): number => {
    const base = conductance(own(before), of);
    return base > 0 ? conductance(own(after), of) / base : 1;
  };
  const factor = {
    value: ratio(({ value }) => value),
    low: ratio(({ low }) => low),
    high: ratio(({ high }) => high),
  };
  return factor.value === 1 ? loss : { ...loss, h: scaled(loss.h, factor, note) };
};

const scaleGroup = (
  losses: readonly GroupLoss[],
  group: LossGroup,
  factor: Range,
  note: string,
): GroupLoss[] =>
  losses.map((loss) => (loss.group === group ? { ...loss, h: scaled(loss.h, factor, note) } : loss));

const sumOf = (losses: readonly GroupLoss[], before: Quantity, note: string): Quantity => {
  const total = (of: (h: Quantity) => number): number => losses.reduce((sum, { h }) => sum + of(h), 0);
  const value = total((h) => h.value);
  const below = Math.sqrt(total((h) => (h.value - h.low) ** 2));
  const above = Math.sqrt(total((h) => (h.high - h.value) ** 2));
  return { ...before, value, low: value - below, high: value + above, basis: `${before.basis}; ${note}` };
};

const apertureFactor = (before: readonly TwinElement[], after: readonly TwinElement[]): number => {
  const sun = (elements: readonly TwinElement[]): number =>
    elements.reduce((sum, { areaNetM2, solarFactor }) => sum + areaNetM2 * solarFactor, 0);
  return sun(before) > 0 ? sun(after) / sun(before) : 1;
};

/** Heat over final energy of one generator, or of two that share the heat. */
const wholeEfficiency = ({ efficiency, backup }: Extract<Effect, { kind: 'system' }>): Range => {
  if (backup === undefined) return efficiency;
  const { heatShare, efficiency: second } = backup;
  const whole = (first: number, other: number, share: number): number =>
    1 / ((1 - share) / first + share / other);
  return {
    value: whole(efficiency.value, second.value, heatShare.value),
    low: whole(efficiency.low, second.low, heatShare.high),
    high: whole(efficiency.high, second.high, heatShare.low),
  };
};

const apply = (twin: Twin, measure: Measure): Twin => {
  const note = `after ${measure.id} version ${measure.version}`;
  const elements = worked(twin, measure);
  let losses = twin.losses.map((loss) => groupAfter(loss, twin.elements, elements, note));
  let { system, setPointC, baseLoadKwhDay, internalGainsW } = twin;
  let shade = 1;
  for (const effect of measure.effects)
    switch (effect.kind) {
      case 'insulate': {
        const area = (all: readonly TwinElement[]): number =>
          all.reduce((sum, { areaNetM2 }) => sum + areaNetM2, 0);
        const whole = area(twin.elements.filter(({ group, b }) => group === effect.group && b > 0));
        const share = whole > 0 ? area(treatedElements(twin, measure, effect)) / whole : 0;
        const part = (factor: number): number => 1 + share * (factor - 1);
        const { value, low, high } = effect.bridgeFactor;
        losses = scaleGroup(
          losses,
          'bridges',
          { value: part(value), low: part(low), high: part(high) },
          note,
        );
        break;
      }
      case 'air':
        losses = scaleGroup(losses, 'air', effect.factor, note);
        break;
      case 'system': {
        const efficiency: Quantity = {
          ...system.efficiency,
          ...wholeEfficiency(effect),
          provenance: 'library',
          basis: `${measure.source}; ${note}`,
        };
        if (!hasMixedBase(twin)) {
          const hotWater = system.efficiency.value / (efficiency.value * effect.hotWaterFactor);
          baseLoadKwhDay = scaled(baseLoadKwhDay, { value: hotWater, low: hotWater, high: hotWater }, note);
        }
        system = { kind: effect.system, carrier: effect.carrier, efficiency };
        break;
      }
      case 'set-point':
        setPointC = shifted(setPointC, effect.deltaC, note);
        break;
      case 'set-back': {
        // The building's inertia keeps the mean drop between nothing and the whole set-back of the night.
        const most = (effect.deltaK.value * effect.hoursPerNight.value) / 24;
        setPointC = shifted(setPointC, { value: -most / 2, low: -most, high: 0 }, note);
        break;
      }
      case 'base-load':
        baseLoadKwhDay = scaled(baseLoadKwhDay, effect.factor, note);
        break;
      case 'bridges':
        losses = scaleGroup(losses, 'bridges', effect.factor, note);
        break;
      case 'electricity': {
        const saved = effect.kwhM2Year.value * effect.heatShare * twin.floorAreaM2.value;
        const less = Math.max(0, 1 - (saved * 1000) / HOURS_A_YEAR / internalGainsW.value);
        internalGainsW = scaled(internalGainsW, { value: less, low: less, high: less }, note);
        break;
      }
      case 'shade':
        shade *= effect.winterFactor.value;
        break;
      case 'replace':
      case 'auxiliary':
      case 'photovoltaic':
        break;
      default: {
        const never: never = effect;
        throw new Error(`Unknown effect ${JSON.stringify(never)}`);
      }
    }
  const glass = shade * apertureFactor(twin.elements, elements);
  const solarApertureM2 =
    glass === 1
      ? twin.solarApertureM2
      : scaled(twin.solarApertureM2, { value: glass, low: glass, high: glass }, note);
  return {
    ...twin,
    elements,
    losses,
    heatLoss: sumOf(losses, twin.heatLoss, note),
    system,
    setPointC,
    baseLoadKwhDay,
    internalGainsW,
    solarApertureM2,
  };
};

/**
 * The twin once the works are done: what the calibration of the readings that follow starts from. Elements, losses,
 * sun, system, set point and base load change as the scenario changes them; bounds are carried one by one, so the
 * spread of a treated element becomes mostly that of its new layer. A measure that does not apply changes nothing.
 */
export const renovatedTwin = (twin: Twin, measures: readonly Measure[]): Twin => measures.reduce(apply, twin);
