import type { Posterior } from '#core/calibration/index.ts';
import type { ConventionalInput } from '#core/conventional.ts';
import { heatingNames } from '#core/heating-names.ts';
import { type Message, message } from '#core/message.ts';
import { boundedQuantity, type Quantity } from '#core/quantity.ts';
import { lossGroups, type Twin } from '#core/twin.ts';
import { type DpeZone, type Label, labelChances, labels } from '../label.ts';
import { renovatedTwin } from '../renovated-twin.ts';
import type { Measure } from '../schema.ts';
import { conventionalClimate } from './climate.ts';
import { conventionalUse } from './consumption.ts';
import { conventionalSystems } from './twin-systems.ts';

/** Where and when a building is judged. `dwellings` and `storeyHeightM` are defaults when left out, and said so. */
export type LabelPlace = {
  readonly zone: DpeZone;
  readonly altitudeM: number;
  /** Day the label is judged at, YYYY-MM-DD. */
  readonly date: string;
  readonly dwellings?: number;
  readonly storeyHeightM?: number;
};

/** First day a class may no longer be newly let, and the chance that the building still may from then on. */
export type RentalBan = {
  readonly label: Label;
  readonly from: string;
  /** Chance, 0 to 1, that the building is of a better class. */
  readonly chanceLegal: number;
};

export type TwinLabel = {
  readonly chances: Readonly<Record<Label, number>>;
  readonly primaryKwhM2: Quantity;
  readonly ghgKgM2: Quantity;
  readonly bans: readonly RentalBan[];
  /** What the twin does not know and the method's tables fill in. */
  readonly defaults: readonly Message[];
};

/** Loi Climat et résilience, decree 2023-796 (DOMAIN 3.2). */
const bans = [
  { label: 'G', from: '2025-01-01' },
  { label: 'F', from: '2028-01-01' },
  { label: 'E', from: '2034-01-01' },
] as const;

const DRAWS = 256;
const DWELLING_M2 = 65;
const LARGEST_HOUSE_M2 = 250;
const STOREY_M = 2.5;
/** Sums of equal shares: 1 up to rounding. */
const whole = (chance: number): number => Math.min(1, chance);

const inertiaOf = (twin: Twin): ConventionalInput['inertia'] => {
  const perM2 = twin.capacityJK.value / twin.floorAreaM2.value;
  if (perM2 < 137_500) return 'light';
  if (perM2 < 212_500) return 'medium';
  return perM2 < 315_000 ? 'heavy' : 'very-heavy';
};

const quantityOf = (draws: Float64Array, unit: string, basis: string): Quantity => {
  const sorted = draws.toSorted();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  return boundedQuantity(at(0.5), at(0.05), at(0.95), unit, 'computed', basis);
};

const altitudeClass = (altitudeM: number): 0 | 1 | 2 => (altitudeM > 800 ? 2 : altitudeM >= 400 ? 1 : 0);

const defaultsOf = (twin: Twin, place: LabelPlace, dwellings: number): Message[] => [
  message(
    `Émission, distribution, régulation, intermittence et rendement conventionnels par défaut pour « ${heatingNames[twin.system.kind].fr} » ; eau chaude par défaut.`,
    `Conventional defaults of emission, distribution, control, intermittence and efficiency for “${heatingNames[twin.system.kind].en}”; default hot water.`,
  ),
  ...(place.dwellings === undefined
    ? [
        message(
          `Nombre de logements supposé : ${dwellings} (65 m² par logement au-delà de 250 m²).`,
          `Assumed number of dwellings: ${dwellings} (65 m2 each above 250 m2).`,
        ),
      ]
    : []),
  ...(place.storeyHeightM === undefined
    ? [message('Hauteur d’étage supposée : 2,5 m.', 'Assumed storey height: 2.5 m.')]
    : []),
];

/**
 * Chances of each DPE label of a home from its calibrated twin, before works (no measures) or after them: conventional use, set point
 * and weather of the 3CL-DPE 2021 method on up to 256 draws of the losses and of the sun, never the metered behaviour. After works each
 * group's loss keeps its draw and takes the ratio of the renovated twin. An estimate, never a certificate. Undefined where the twin is
 * not housing: the DPE of other uses is another method.
 */
export const twinLabel = (
  {
    twin,
    posterior,
    measures,
  }: { readonly twin: Twin; readonly posterior: Posterior; readonly measures: readonly Measure[] },
  place: LabelPlace,
): TwinLabel | undefined => {
  if (twin.use !== 'housing') return undefined;
  const after = renovatedTwin(twin, measures);
  const areaM2 = after.floorAreaM2.value;
  const dwellings = place.dwellings ?? (areaM2 > LARGEST_HOUSE_M2 ? Math.round(areaM2 / DWELLING_M2) : 1);
  const lossOf = (one: Twin, group: string): number =>
    one.losses.find((loss) => loss.group === group)?.h.value ?? 0;
  const ratios = lossGroups.map((group) => {
    const before = lossOf(twin, group);
    return { group, ratio: before > 0 ? lossOf(after, group) / before : 1 };
  });
  const sun = twin.solarApertureM2.value > 0 ? after.solarApertureM2.value / twin.solarApertureM2.value : 1;
  const storeyHeightM = place.storeyHeightM ?? STOREY_M;
  const footprintM2 = after.elements
    .filter(({ group }) => group === 'floor')
    .reduce((total, { areaNetM2 }) => total + areaNetM2, 0);
  const storeys = footprintM2 > 0 ? Math.max(1, Math.round(areaM2 / footprintM2)) : 1;
  const setting = {
    kind: dwellings > 1 ? 'block' : 'house',
    zone: place.zone,
    altitude: altitudeClass(place.altitudeM),
    inertia: inertiaOf(after),
    oldHeavy: false,
    areaM2,
    storeyHeightM,
    dwellings,
    fanW: 0,
    cooling: [],
  } as const;
  const { designC } = conventionalClimate(setting);
  const size = Math.min(DRAWS, posterior.draws);
  const primary = new Float64Array(size);
  const ghg = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const draw = Math.floor((i * posterior.draws) / size);
    let lossWK = 0;
    for (const { group, ratio } of ratios) lossWK += posterior.h[group][draw] * ratio;
    const use = conventionalUse(
      {
        ...setting,
        lossWK,
        apertures: [{ facing: 'south', areaM2: posterior.solarApertureM2[draw] * sun }],
        ...conventionalSystems(after.system, { lossWK, designC, areaM2, storeys, dwellings }),
      },
      place.date,
    );
    primary[i] = use.primaryKwh / areaM2;
    ghg[i] = use.ghgKg / areaM2;
  }
  const chances = labelChances(primary, ghg, { areaM2: areaM2 / dwellings, ...place });
  const basis = `estimation, pas un DPE: 3CL-DPE 2021 on ${size} draws of the calibrated twin, zone ${place.zone}, primary-energy factor of ${place.date} (models/dpe.json 1, models/dpe-climate.json 1)`;
  return {
    chances,
    primaryKwhM2: quantityOf(primary, 'kWh/(m2 a)', basis),
    ghgKgM2: quantityOf(ghg, 'kgCO2e/(m2 a)', basis),
    bans: bans.map(({ label, from }) => ({
      label,
      from,
      chanceLegal: whole(labels.filter((one) => one < label).reduce((total, one) => total + chances[one], 0)),
    })),
    defaults: defaultsOf(after, place, dwellings),
  };
};
