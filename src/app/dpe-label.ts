import { type Measure, twinLabel } from '#simulate/index.ts';
import type { Phase } from './building-state.ts';
import type { DpeLabelView } from './views.ts';

/** The climate of the scenarios (Bordeaux) in the zones of the DPE: H2c, 47 m. */
const place = { zone: 'H2c', altitudeM: 47 } as const;

/** Label of a building in a phase once the measures are done, with the primary-energy factor of the day; nothing where it is no housing. */
export const dpeLabelOf = (
  { twin, posterior }: Phase,
  measures: readonly Measure[],
  nowMs: number,
  dwellings?: number,
): { readonly dpeLabel?: DpeLabelView } => {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const label = twinLabel(
    { twin, posterior, measures },
    {
      ...place,
      date: day,
      ...(dwellings === undefined ? {} : { dwellings }),
    },
  );
  if (label === undefined) return {};
  const assumed = {
    fr: 'Climat conventionnel supposé : zone H2c (Bordeaux), moins de 400 m.',
    en: 'Assumed conventional climate: zone H2c (Bordeaux), below 400 m.',
  };
  return {
    dpeLabel: {
      day,
      chances: label.chances,
      primaryKwhM2: label.primaryKwhM2,
      ghgKgM2: label.ghgKgM2,
      bans: [...label.bans],
      defaults: [...label.defaults, assumed],
    },
  };
};
