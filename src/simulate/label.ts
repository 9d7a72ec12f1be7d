import table from '../../models/dpe.json' with { type: 'json' };
import type { DpeZone } from '#core/conventional.ts';
import type { EnergyCarrier } from '#core/twin.ts';

export const labels = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;
export type Label = (typeof labels)[number];

/** Climate zones of the DPE (order of 31 March 2021, annex 1). */
export type { DpeZone } from '#core/conventional.ts';

/** What the limits of a dwelling depend on. Altitude counts above 800 m in H1b, H1c and H2d. */
export type LabelledDwelling = {
  /** Reference area, m2. */
  readonly areaM2: number;
  readonly zone: DpeZone;
  readonly altitudeM: number;
  /** Day the label is judged at, YYYY-MM-DD. */
  readonly date: string;
};

/** Conventional use of the five uses of the DPE, a year and m2: primary energy, kWh, and greenhouse gas, kgCO2e. */
type LabelledUse = { readonly primaryKwhM2: number; readonly ghgKgM2: number };

type LabelResult = {
  readonly energy: Label;
  readonly ghg: Label;
  /** The worse of the two: the label. */
  readonly label: Label;
};

type Limits = { readonly energy: readonly number[]; readonly ghg: readonly number[] };

/** The six upper limits of both scales that a dwelling is judged by (models/dpe.json). */
const labelLimits = ({ areaM2, zone, altitudeM, date }: LabelledDwelling): Limits => {
  const small = date >= table.smallDwellingsFrom;
  const last = table.limits.length - 1;
  const area = Math.floor(areaM2);
  const at = small
    ? Math.max(
        0,
        table.limits.findLastIndex((row) => row.area <= area),
      )
    : last;
  const row = table.limits[at];
  const high = altitudeM > table.highFromM && table.highZones.includes(zone);
  return {
    energy: high ? [...row.energy.slice(0, 4), ...row.energyHigh] : row.energy,
    ghg: high ? [...row.ghg.slice(0, 4), ...row.ghgHigh] : row.ghg,
  };
};

const classOf = (value: number, limits: readonly number[]): Label => {
  const found = limits.findIndex((limit) => limit > Math.floor(value));
  return labels[found === -1 ? labels.length - 1 : found];
};

const judge = ({ primaryKwhM2, ghgKgM2 }: LabelledUse, limits: Limits): LabelResult => {
  const energy = classOf(primaryKwhM2, limits.energy);
  const ghg = classOf(ghgKgM2, limits.ghg);
  return { energy, ghg, label: energy > ghg ? energy : ghg };
};

/** The DPE label of a use: figures cut to their whole part, each class the first whose limit lies above, the worse of both. */
export const labelOf = (use: LabelledUse, dwelling: LabelledDwelling): LabelResult =>
  judge(use, labelLimits(dwelling));

/**
 * Chance of each label over draws of the use, which sum to 1. An estimate from a calibrated twin, never a certificate.
 * Arrays of one length.
 */
export const labelChances = (
  primaryKwhM2: Float64Array,
  ghgKgM2: Float64Array,
  dwelling: LabelledDwelling,
): Readonly<Record<Label, number>> => {
  const limits = labelLimits(dwelling);
  const chances = { A: 0, B: 0, C: 0, D: 0, E: 0, F: 0, G: 0 };
  for (let i = 0; i < primaryKwhM2.length; i++) {
    const { label } = judge({ primaryKwhM2: primaryKwhM2[i], ghgKgM2: ghgKgM2[i] }, limits);
    chances[label] += 1 / primaryKwhM2.length;
  }
  return chances;
};

/** Which of the dated rules of the label hold on a day: two days with the same text have the same label. */
export const labelRulesOn = (date: string): string =>
  JSON.stringify([
    date >= table.smallDwellingsFrom,
    ...table.primary.electricity.map(({ from }) => from <= date),
  ]);

/** Primary over final energy on a day: electricity 2.3, from 1 January 2026 1.9; the other carriers 1 (models/dpe.json). */
export const primaryFactor = (carrier: EnergyCarrier, date: string): number => {
  if (carrier !== 'electricity') return table.primary.other;
  const steps = table.primary.electricity;
  return (steps.findLast(({ from }) => from <= date) ?? steps[0]).factor;
};
