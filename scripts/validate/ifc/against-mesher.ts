import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Face, Shape } from '../../../src/core/building-model.ts';
import { bytesSource } from '../../../src/core/byte-source.ts';
import { enclosedVolume, faceArea } from '../../../src/core/geometry/index.ts';
import { startDeadline } from '../../../src/formats/ifc/deadline.ts';
import { textOf } from '../../../src/formats/ifc/fields.ts';
import { meshProducts, meshRequest } from '../../../src/formats/ifc/mesh-fallback.ts';
import { openStepFile } from '../../../src/formats/ifc/open-step.ts';
import { unpack } from '../../../src/formats/ifc/unpack.ts';
import type { Figure } from '../../figures/figure.ts';
import { readModel } from './corpus.ts';
import { ifcFigure } from './rows.ts';

const TYPES = [
  'IFCWALL',
  'IFCWALLSTANDARDCASE',
  'IFCSLAB',
  'IFCSLABSTANDARDCASE',
  'IFCROOF',
  'IFCSPACE',
  'IFCOPENINGELEMENT',
  'IFCOPENINGSTANDARDCASE',
];
const WITHIN = 0.02;
const LEAST_M3 = 1e-3;
const GOAL_PERCENT = 1;
const DEADLINE_MS = 60_000;

const surfaceOf = (faces: readonly Face[]): number => faces.reduce((sum, face) => sum + faceArea(face), 0);

const apart = (ours: number, theirs: number): boolean => Math.abs(ours / theirs - 1) > WITHIN;

/**
 * The bodies that `create` reads, as the planar kernel has them and as web-ifc meshes the same records. One is off when
 * both its surface and its volume are: the mesher leaves faces of no thickness where a cut lies in a face (surface), and
 * the faces of surface models turned either way (volume).
 */
export const kernelAgainstMesher = async (path: string): Promise<Figure[]> => {
  const name = basename(path);
  const [model, plain] = [
    await readModel(path),
    await unpack(bytesSource(name, readFileSync(path)), startDeadline(DEADLINE_MS)),
  ];
  const step = plain.ok ? openStepFile(plain.value) : plain;
  if (model === undefined || !step.ok) return [];
  const ids = new Map(
    TYPES.flatMap((type) =>
      [...step.value.idsOfType(type)].map((id) => [textOf(step.value.record(id)?.[0]) ?? '', id] as const),
    ),
  );
  const bodies = [...model.elements, ...model.spaces, ...model.openings].flatMap(
    ({ globalId, shape }): { id: number; shape: Shape }[] => {
      const id = ids.get(globalId);
      return id === undefined || shape === undefined || shape.method !== 'kernel' ? [] : [{ id, shape }];
    },
  );
  const request = meshRequest(
    step.value,
    bodies.map(({ id }) => id),
  );
  const meshed =
    request === undefined ? new Map<number, readonly Face[]>() : await meshProducts(request, DEADLINE_MS);
  const pairs = bodies.flatMap(({ id, shape }) => {
    const mesh = meshed.get(id);
    if (mesh === undefined) return [];
    const surface = [surfaceOf(shape.faces), surfaceOf(mesh)] as const;
    const volume = [Math.abs(enclosedVolume(shape.faces)), Math.abs(enclosedVolume(mesh))] as const;
    return volume[0] < LEAST_M3 ? [] : [{ surface, isOff: apart(...surface) && apart(...volume) }];
  });
  if (pairs.length === 0) return [];
  const off = pairs.filter(({ isOff }) => isOff).length;
  const [ours, theirs] = [0, 1].map((side) =>
    pairs.reduce((sum, { surface }) => sum + (surface[side] ?? 0), 0),
  ) as [number, number];
  return [
    ifcFigure({
      id: `bodies.${name}`,
      metric: `${name}: walls, slabs, roofs, spaces and openings whose surface and volume by the planar kernel are more than ${100 * WITHIN} % from web-ifc’s mesh of the same records; surface in all ${ours.toFixed(1)} m2`,
      value: (100 * off) / pairs.length,
      unit: '%',
      goal: `at most ${GOAL_PERCENT} %`,
      holds: 100 * off <= GOAL_PERCENT * pairs.length,
      n: pairs.length,
      comparator: { name: 'web-ifc', value: theirs, unit: 'm2' },
    }),
  ];
};
