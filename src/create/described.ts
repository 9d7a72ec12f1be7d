import type { BuildingModel } from '#core/building-model.ts';
import type { Site } from '#core/weather/station-choice.ts';
import type { Preflight } from './preflight.ts';
import type { BuildingFacts, BuildingForm } from './schema.ts';
import type { Envelope } from './types.ts';

/**
 * A building as a file described it, before anyone answered anything. It is kept beside the answers, so that each of them can be
 * changed or taken back: the twin is always made again from both.
 */
export type Described = {
  readonly kind: 'ifc' | 'form' | 'dpe';
  readonly envelope: Envelope;
  readonly facts: Partial<BuildingFacts>;
  /** The form itself: its envelope is filled in again when an answer changes one of its fields. */
  readonly form?: BuildingForm;
  readonly findings: Omit<Preflight, 'questions'>;
  readonly northKnown: boolean;
};

/** Where a model says it stands; an elevation of 0 is what tools write when nobody set one. Undefined where it does not say. */
export const siteOfModel = (
  model: Pick<BuildingModel, 'latitudeDeg' | 'longitudeDeg' | 'siteElevationM'>,
): Site | undefined => {
  const { latitudeDeg, longitudeDeg, siteElevationM = 0 } = model;
  if (latitudeDeg === undefined || longitudeDeg === undefined) return undefined;
  return { latitudeDeg, longitudeDeg, ...(siteElevationM === 0 ? {} : { altitudeM: siteElevationM }) };
};

/** What a reading of a model leaves for a person to look at: the model itself is gone by then. */
export const describeReading = (reading: {
  readonly envelope: Envelope;
  readonly preflight: Preflight;
  readonly northStated: boolean;
  readonly buildingName?: string;
  readonly site?: Site;
}): Described => {
  const { questions: _, ...findings } = reading.preflight;
  return {
    kind: 'ifc',
    envelope: reading.envelope,
    facts: {
      ...(reading.buildingName === undefined ? {} : { name: reading.buildingName }),
      ...(reading.site === undefined ? {} : { site: reading.site }),
    },
    findings,
    northKnown: reading.northStated,
  };
};
