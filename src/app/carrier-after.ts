import type { Meter, Works } from '#store/index.ts';
import { measuresNamed } from './building-state.ts';

/**
 * What heats a building after works: what they say, else what the system they put in runs on (a heat pump is electric, whether anybody
 * wrote it or not). Undefined where they put in no system.
 */
export const carrierAfter = ({ carrierAfter: said, measures }: Works): Meter['carrier'] | undefined =>
  said ??
  measuresNamed(measures)
    .flatMap(({ effects }) => effects)
    .findLast((effect) => effect.kind === 'system')?.carrier;
