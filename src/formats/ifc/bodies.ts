import type { Face } from '#core/building-model.ts';
import { type Warning, warning } from '#core/message.ts';
import { countEn, countFr } from '#core/wording.ts';
import type { Candidate } from './collect.ts';
import type { Deadline } from './deadline.ts';
import type { Reading } from './read-elements.ts';

/** A mesher costs a tenth of a second and 80 MB before it starts, and must leave time for the rest. */
const MAX_MESH_MS = 10_000;
const SHARE_OF_TIME = 0.5;
const MAX_MESHED = 500;

const countWarning = (
  code: string,
  ids: readonly number[],
  nameOf: (id: number) => string,
  fr: readonly [one: string, many: string],
  en: readonly [one: string, many: string],
): readonly Warning[] =>
  ids.length === 0
    ? []
    : [warning(code, countFr(ids.length, ...fr), countEn(ids.length, ...en), { ref: nameOf(ids[0]) })];

const readWithKernel = (
  { shapes, relations, step }: Reading,
  hosts: readonly number[],
  spaces: readonly number[],
): void => {
  for (const host of hosts) {
    shapes.shapeOf(host);
    for (const opening of relations.openingsOf.get(host) ?? []) shapes.shapeOf(opening);
  }
  for (const space of spaces) shapes.shapeOf(space);
  for (const host of hosts) {
    if (shapes.shapeOf(host) !== undefined) continue;
    const layers = (relations.partsOf.get(host) ?? []).filter(
      (part) => step.typeOf(part) === 'IFCBUILDINGELEMENTPART',
    );
    shapes.assemble(host, layers);
  }
};

const readWithMesher = async (
  { shapes, step }: Reading,
  deadline: Deadline,
): Promise<ReadonlyMap<number, readonly Face[]>> => {
  const wanted = shapes.inexact.slice(0, MAX_MESHED);
  if (wanted.length === 0) return new Map();
  const { meshProducts, meshRequest } = await import('./mesh-fallback.ts');
  const request = deadline.run(() => meshRequest(step, wanted));
  const allowedMs = Math.min(MAX_MESH_MS, deadline.leftMs() * SHARE_OF_TIME);
  return request === undefined ? new Map() : meshProducts(request, allowedMs);
};

/**
 * Reads the bodies of elements, openings and spaces with the planar kernel, then has those it could not represent
 * meshed by web-ifc in a guarded worker. Windows and doors have no body here: their openings say their area.
 */
export const readBodies = async (
  reading: Reading,
  candidates: readonly Candidate[],
  spaces: readonly number[],
  deadline: Deadline,
): Promise<readonly Warning[]> => {
  const { shapes, nameOf } = reading;
  const hosts = candidates.filter(({ kind }) => kind !== 'window' && kind !== 'door').map(({ id }) => id);
  deadline.run(() => readWithKernel(reading, hosts, spaces));
  const meshed = await readWithMesher(reading, deadline);
  for (const [id, faces] of meshed) shapes.replace(id, faces);
  const approximated = shapes.inexact.filter((id) => !meshed.has(id));
  const kept = approximated.filter((id) => shapes.shapeOf(id) !== undefined);
  const unread = approximated.filter((id) => shapes.shapeOf(id) === undefined);
  return [
    ...countWarning(
      'shapes-approximated',
      kept,
      nameOf,
      [
        'forme trop complexe est approchée ; ses surfaces sont incertaines.',
        'formes trop complexes sont approchées ; leurs surfaces sont incertaines.',
      ],
      [
        'shape too complex is approximated; its areas are uncertain.',
        'shapes too complex are approximated; their areas are uncertain.',
      ],
    ),
    ...countWarning(
      'shapes-unread',
      unread,
      nameOf,
      [
        'objet a une représentation sans volume lisible ; il n’a pas de surface.',
        'objets ont une représentation sans volume lisible ; ils n’ont pas de surface.',
      ],
      [
        'object has a representation without a readable body; it has no area.',
        'objects have a representation without a readable body; they have no area.',
      ],
    ),
    ...countWarning(
      'shapes-beyond-bounds',
      shapes.spent,
      nameOf,
      [
        'forme dépasse les limites de taille ou d’imbrication et est laissée de côté.',
        'formes dépassent les limites de taille ou d’imbrication et sont laissées de côté.',
      ],
      [
        'shape goes beyond the limits of size or nesting and is left aside.',
        'shapes go beyond the limits of size or nesting and are left aside.',
      ],
    ),
  ];
};
