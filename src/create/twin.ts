import { boundedQuantity, type Quantity, spreadQuantity } from '#core/quantity.ts';
import {
  type EnergyCarrier,
  type GroupLoss,
  type HeatingSystem,
  type LossGroup,
  lossGroups,
  type Twin,
  type TwinElement,
} from '#core/twin.ts';
import systems from '../../models/systems.json' with { type: 'json' };
import uses from '../../models/uses.json' with { type: 'json' };
import { elementTerms, groupOfKind, sumOfTerms } from './losses.ts';
import type { BuildingFacts } from './schema.ts';
import { solarAperture } from './solar.ts';
import { spreads } from './spreads.ts';
import type { Envelope, EnvelopeElement } from './types.ts';

const figures = 5;
const rounded = (value: number): number => Number(value.toPrecision(figures));
const roundedQuantity = (quantity: Quantity): Quantity => ({
  ...quantity,
  value: rounded(quantity.value),
  low: rounded(quantity.low),
  high: rounded(quantity.high),
});

const keyOf = (element: EnvelopeElement): string =>
  [
    groupOfKind[element.kind],
    element.exposure,
    element.tiltDeg.toFixed(0),
    element.tiltDeg > 5 && element.tiltDeg < 175 ? (Math.round(element.azimuthDeg) % 360).toFixed(0) : '',
    element.u.value.toPrecision(4),
    element.u.provenance,
    element.b.toFixed(3),
    element.solarFactor.toFixed(2),
  ].join('|');

/**
 * The elements a twin keeps: those that lose heat, alike ones (same group, orientation, U, b) merged into one of their whole area,
 * named after the first. That is what keeps a twin near a hundredth of its model.
 */
const twinElements = (elements: readonly EnvelopeElement[]): TwinElement[] => {
  const merged = new Map<string, EnvelopeElement[]>();
  for (const element of elements) {
    if (element.b <= 0 || element.areaNetM2 <= 0) continue;
    const alike = merged.get(keyOf(element));
    if (alike === undefined) merged.set(keyOf(element), [element]);
    else alike.push(element);
  }
  return [...merged.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined || first.exposure === 'internal') return [];
    return [
      {
        id: first.globalId,
        name: alike.length > 1 ? `${first.name} (× ${alike.length})` : first.name,
        group: groupOfKind[first.kind],
        exposure: first.exposure,
        exposureConfidence: rounded(Math.min(...alike.map((element) => element.exposureConfidence))),
        areaNetM2: rounded(alike.reduce((sum, element) => sum + element.areaNetM2, 0)),
        azimuthDeg: rounded(first.azimuthDeg),
        tiltDeg: rounded(first.tiltDeg),
        u: roundedQuantity(first.u),
        b: rounded(first.b),
        solarFactor: first.solarFactor,
      },
    ];
  });
};

const groupLosses = (envelope: Envelope): GroupLoss[] => {
  const lossOf = (group: LossGroup): Quantity => {
    if (group === 'bridges') return envelope.bridges;
    if (group === 'air') return envelope.air;
    const own = envelope.elements.filter((element) => groupOfKind[element.kind] === group);
    return sumOfTerms(elementTerms({ ...envelope, elements: own }), `Σ b·U·A of ${group}`);
  };
  return lossGroups
    .map((group) => ({ group, h: roundedQuantity(lossOf(group)) }))
    .filter((loss) => loss.h.value > 0);
};

const ASSUMED = `uses table version ${uses.version}`;

const heatingSystem = (facts: BuildingFacts): HeatingSystem => {
  const known = systems.systems.find((one) => one.kind === facts.heating);
  const kind = facts.heating ?? 'boiler-old';
  const carrier: EnergyCarrier =
    facts.carrier ?? ((known ?? systems.systems[0])?.carrier as EnergyCarrier | undefined) ?? 'gas';
  const typed = facts.efficiency;
  if (typed !== undefined)
    return {
      kind,
      carrier,
      efficiency: spreadQuantity(typed, '1', 0.05, 'typed', `Seasonal efficiency ${typed} typed by a person`),
    };
  const figure = known === undefined ? systems.unknown : carrier === 'oil' ? systems.oil : known;
  return {
    kind,
    carrier,
    efficiency: boundedQuantity(
      figure.efficiency,
      figure.low,
      figure.high,
      '1',
      known === undefined ? 'period-default' : 'library',
      `${known === undefined ? 'Heating system unknown, a boiler assumed over the whole range of boilers' : `Seasonal efficiency of ${kind} on ${carrier}`}: 3CL-DPE 2021 and France Chaleur Urbaine; systems table version ${systems.version}`,
    ),
  };
};

/** Equivalent adults of dwellings of one mean area, m2 (3CL-DPE 2021, collective). */
const adultsPerDwelling = (meanAreaM2: number): number => {
  const most =
    meanAreaM2 < 10 ? 1 : meanAreaM2 < 50 ? 1.75 - 0.01875 * (50 - meanAreaM2) : 0.035 * meanAreaM2;
  return most < 1.75 ? most : 1.75 + 0.3 * (most - 1.75);
};

const baseLoad = (facts: BuildingFacts, floorAreaM2: number, system: HeatingSystem): Quantity => {
  const unit = 'kWh/d';
  if (facts.hotWaterOnHeatingMeter === false) {
    // Never exactly nothing: pilot lights, cookers and idle plant are seen by the meter, and a prior of zero could not learn them.
    const plant = uses.plantLossKwhM2Day;
    return boundedQuantity(
      rounded(plant.value * floorAreaM2),
      rounded(plant.low * floorAreaM2),
      rounded(plant.high * floorAreaM2),
      unit,
      'typed',
      `Hot water is not on the heating meter; idle losses ${plant.value} kWh/(m2 d), ${plant.low} to ${plant.high}, judgement; ${ASSUMED}`,
    );
  }
  const { adult } = uses;
  const perArea = uses.uses[facts.use].hotWaterKwhM2Day;
  const dwellings = facts.dwellings ?? Math.max(1, Math.round(floorAreaM2 / 65));
  const people = facts.occupants ?? dwellings * adultsPerDwelling(floorAreaM2 / dwellings);
  const useful = (1.163 * people * adult.litresDay * (adult.hotC - adult.coldC)) / 1000;
  const kwhDay =
    perArea === null
      ? useful / (adult.distributionEfficiency * system.efficiency.value)
      : perArea * floorAreaM2;
  const how =
    perArea === null
      ? `${people.toFixed(1)} equivalent adults × ${adult.litresDay} l at ${adult.hotC} °C, distribution ${adult.distributionEfficiency}: 3CL-DPE 2021`
      : `${perArea} kWh/(m2 d) for ${facts.use}, judgement`;
  const quantity = spreadQuantity(
    kwhDay,
    unit,
    spreads.hotWater.spread,
    'period-default',
    `${how}; ${ASSUMED}`,
  );
  // Nobody said whether hot water is on this meter: it may as well be nothing.
  return roundedQuantity(
    facts.hotWaterOnHeatingMeter === true
      ? quantity
      : {
          ...quantity,
          low: quantity.low / 4,
          basis: `${quantity.basis}; whether hot water is on this meter is not known`,
        },
  );
};

const typedOr = (
  typed: number | undefined,
  halfWidth: number,
  unit: string,
  otherwise: readonly [number, number, number],
  what: string,
  most = Number.POSITIVE_INFINITY,
): Quantity =>
  typed === undefined
    ? boundedQuantity(otherwise[0], otherwise[1], otherwise[2], unit, 'period-default', `${what}; ${ASSUMED}`)
    : boundedQuantity(
        typed,
        typed - halfWidth,
        Math.min(most, typed + halfWidth),
        unit,
        'typed',
        `${what}: typed by a person`,
      );

const triple = (list: readonly number[]): readonly [number, number, number] => [
  list[0] ?? Number.NaN,
  list[1] ?? Number.NaN,
  list[2] ?? Number.NaN,
];

/**
 * The prior twin of a building: the envelope's losses by group and the few figures of the heat balance, each with provenance and
 * interval; what nobody said comes from the building's use (models/uses.json) and says so in its basis.
 */
export const twinFromEnvelope = (envelope: Envelope, building: BuildingFacts): Twin => {
  const use = uses.uses[building.use];
  const { floorAreaM2 } = envelope;
  const system = heatingSystem(building);
  const capacity = uses.capacityKjM2K[building.inertia ?? 'medium'];
  const areaSpread = envelope.areaSpread ?? spreads.area.spread;
  const areaProvenance = envelope.areaSpread === undefined ? 'computed' : 'typed';
  return {
    schema: 'stacoptim.twin/1',
    buildingId: building.id,
    name: building.name,
    use: building.use,
    ...(building.constructionYear === undefined ? {} : { constructionYear: building.constructionYear }),
    floorAreaM2: roundedQuantity(
      spreadQuantity(
        floorAreaM2,
        'm2',
        spreads.area.spread,
        areaProvenance,
        'Sum of the heated cells’ floors in plan',
      ),
    ),
    volumeM3: roundedQuantity(
      spreadQuantity(envelope.volumeM3, 'm3', areaSpread, areaProvenance, 'Sum of the heated cells’ volumes'),
    ),
    elements: twinElements(envelope.elements),
    losses: groupLosses(envelope),
    heatLoss: roundedQuantity(envelope.heatLossCoefficient),
    setPointC: typedOr(
      building.setPointC,
      1,
      '°C',
      triple(use.setPointC),
      `Mean indoor temperature of ${building.use}`,
    ),
    internalGainsW: roundedQuantity(
      building.internalGainsW === undefined
        ? spreadQuantity(
            use.gainsWm2 * floorAreaM2,
            'W',
            spreads.internalGains.spread,
            'period-default',
            `${use.gainsWm2} W/m2 daily mean for ${building.use}; ${ASSUMED}`,
          )
        : spreadQuantity(
            building.internalGainsW,
            'W',
            spreads.element.typed.spread,
            'typed',
            'Internal gains typed by a person',
          ),
    ),
    solarApertureM2: roundedQuantity(solarAperture(envelope.elements)),
    heatedShare: typedOr(
      building.heatedShare,
      0.05,
      '1',
      triple(use.heatedShare),
      'Share of the floor area heated to the set point',
      1,
    ),
    system,
    baseLoadKwhDay: baseLoad(building, floorAreaM2, system),
    capacityJK: roundedQuantity(
      spreadQuantity(
        capacity * 1000 * floorAreaM2,
        'J/K',
        building.inertia === undefined ? spreads.capacity.spread : spreads.element.library.spread,
        building.inertia === undefined ? 'period-default' : 'typed',
        `${capacity} kJ/(m2 K), class ${building.inertia ?? 'medium (assumed)'}: ISO 13790:2008 table 12`,
      ),
    ),
  };
};
