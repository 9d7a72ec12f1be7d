import type { SpaceBoundary } from '#core/building-model.ts';
import { type Warning, warning } from '#core/message.ts';
import { countEn, countFr } from '#core/wording.ts';
import { enumOf, refOf } from './fields.ts';
import { labelOf, type Reading } from './read-elements.ts';
import type { StepValue } from './step-file.ts';

const BOUNDARY_TYPES: readonly (readonly [type: string, level: SpaceBoundary['level']])[] = [
  ['IFCRELSPACEBOUNDARY', 0],
  ['IFCRELSPACEBOUNDARY1STLEVEL', 1],
  ['IFCRELSPACEBOUNDARY2NDLEVEL', 2],
];

/** IFC2x3 has one class for both levels and says which in the name or description, each tool in its way. */
const levelSaid = (record: readonly StepValue[]): SpaceBoundary['level'] => {
  const said = `${labelOf(record, 2)} ${labelOf(record, 3)}`;
  if (/2nd|second|\b2[ab]\b/i.test(said)) return 2;
  return /1st|first/i.test(said) ? 1 : 0;
};

const sideOf = (said: string | undefined): SpaceBoundary['side'] => {
  if (said === 'INTERNAL') return 'internal';
  if (said === 'EXTERNAL_EARTH') return 'external-earth';
  return said?.startsWith('EXTERNAL') === true ? 'external' : 'unknown';
};

type Bare = { readonly boundary: SpaceBoundary; readonly geometry?: number };

/** Relations by space; those of the outside as a space of its own are left out. */
const boundariesBySpace = (reading: Reading): ReadonlyMap<number, readonly Bare[]> => {
  const { step } = reading;
  const bySpace = new Map<number, Bare[]>();
  for (const [type, level] of BOUNDARY_TYPES) {
    for (const id of step.idsOfType(type)) {
      const record = step.record(id);
      const space = refOf(record?.[4]);
      if (record === undefined || space === undefined || step.typeOf(space) !== 'IFCSPACE') continue;
      const element = refOf(record[5]);
      const geometry = refOf(record[6]);
      const boundary: SpaceBoundary = {
        spaceId: reading.nameOf(space),
        physical: enumOf(record[7]) !== 'VIRTUAL',
        side: sideOf(enumOf(record[8])),
        level: level === 0 ? levelSaid(record) : level,
        ...(element === undefined ? {} : { elementId: reading.nameOf(element) }),
      };
      const list = bySpace.get(space) ?? [];
      list.push(geometry === undefined ? { boundary } : { boundary, geometry });
      bySpace.set(space, list);
    }
  }
  return bySpace;
};

const displacementWarnings = (corrected: number, displaced: number): readonly Warning[] => [
  ...(corrected === 0
    ? []
    : [
        warning(
          'boundaries-put-back',
          `Les limites de ${countFr(corrected, 'local', 'locaux')} sont écrites dans un autre repère que le leur ; elles ont été remises en place.`,
          `The boundaries of ${countEn(corrected, 'space', 'spaces')} are written in axes other than theirs; they were put back in place.`,
        ),
      ]),
  ...(displaced === 0
    ? []
    : [
        warning(
          'boundaries-displaced',
          `Les limites de ${countFr(displaced, 'local', 'locaux')} ne ${displaced < 2 ? 'l’entourent' : 'les entourent'} pas : leur position n’est pas sûre.`,
          `The boundaries of ${countEn(displaced, 'space', 'spaces')} do not surround ${displaced === 1 ? 'it' : 'them'}: their position is not reliable.`,
        ),
      ]),
];

/**
 * Boundaries of spaces, both levels and schemas. A boundary bent over several planes gives one entry a plane; one
 * without readable geometry keeps its relation.
 */
export const readBoundaries = (
  reading: Reading,
): { readonly boundaries: readonly SpaceBoundary[]; readonly warnings: readonly Warning[] } => {
  const boundaries: SpaceBoundary[] = [];
  const count = { no: 0, corrected: 0, yes: 0 };
  for (const [space, bare] of boundariesBySpace(reading)) {
    const geometries = bare.flatMap(({ geometry }) => geometry ?? []);
    const { faces, displaced } = reading.shapes.boundariesOf(space, geometries);
    count[displaced]++;
    let next = 0;
    for (const { boundary, geometry } of bare) {
      const own = geometry === undefined ? [] : faces[next++];
      if (own.length === 0) boundaries.push(boundary);
      for (const face of own) boundaries.push({ ...boundary, face });
    }
  }
  return { boundaries, warnings: displacementWarnings(count.corrected, count.yes) };
};
