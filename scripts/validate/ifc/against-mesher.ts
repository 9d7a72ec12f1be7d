import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Shape } from '../../../src/core/building-model.ts';
import { bytesSource } from '../../../src/core/byte-source.ts';
import { enclosedVolume } from '../../../src/core/geometry/index.ts';
import { textOf } from '../../../src/formats/ifc/fields.ts';
import { meshProducts } from '../../../src/formats/ifc/mesh-fallback.ts';
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

/** Volumes of the bodies that `create` reads, as the planar kernel has them and as web-ifc meshes the same records. */
export const kernelAgainstMesher = async (path: string): Promise<Figure[]> => {
  const name = basename(path);
  const [model, plain] = [await readModel(path), await unpack(bytesSource(name, readFileSync(path)))];
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
  const meshed = await meshProducts(
    step.value,
    bodies.map(({ id }) => id),
    DEADLINE_MS,
  );
  const volumes = bodies.flatMap(({ id, shape }) => {
    const mesh = meshed.get(id);
    const ours = Math.abs(enclosedVolume(shape.faces));
    return mesh === undefined || ours < LEAST_M3 ? [] : [{ ours, theirs: Math.abs(enclosedVolume(mesh)) }];
  });
  if (volumes.length === 0) return [];
  const off = volumes.filter(({ ours, theirs }) => Math.abs(ours / theirs - 1) > WITHIN).length;
  const total = (pick: (one: (typeof volumes)[number]) => number): number =>
    volumes.reduce((sum, one) => sum + pick(one), 0);
  return [
    ifcFigure({
      id: `bodies.${name}`,
      metric: `${name}: walls, slabs, roofs, spaces and openings whose volume by the planar kernel is more than ${100 * WITHIN} % from web-ifc’s mesh of the same records; in all ${total(({ ours }) => ours).toFixed(2)} m3`,
      value: (100 * off) / volumes.length,
      unit: '%',
      goal: `at most ${GOAL_PERCENT} %`,
      holds: 100 * off <= GOAL_PERCENT * volumes.length,
      n: volumes.length,
      comparator: { name: 'web-ifc', value: total(({ theirs }) => theirs), unit: 'm3' },
    }),
  ];
};
