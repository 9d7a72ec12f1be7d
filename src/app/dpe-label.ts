import { type Measure, twinLabel } from '#simulate/index.ts';
import type { Phase } from './building-state.ts';
import type { Place } from './place.ts';
import type { DpeLabelView } from './views.ts';

/** Label of a building in a phase once the measures are done, with the primary-energy factor of the day; nothing where it is no housing. */
export const dpeLabelOf = (
  { twin, posterior }: Phase,
  measures: readonly Measure[],
  nowMs: number,
  { zone, altitudeM, said }: Place,
  dwellings?: number,
): { readonly dpeLabel?: DpeLabelView } => {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const label = twinLabel(
    { twin, posterior, measures },
    {
      zone,
      altitudeM,
      date: day,
      ...(dwellings === undefined ? {} : { dwellings }),
    },
  );
  if (label === undefined) return {};
  return {
    dpeLabel: {
      day,
      chances: label.chances,
      primaryKwhM2: label.primaryKwhM2,
      ghgKgM2: label.ghgKgM2,
      bans: [...label.bans],
      defaults: [...label.defaults, said],
    },
  };
};
