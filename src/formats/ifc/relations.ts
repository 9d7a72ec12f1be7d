import { type Warning, warning } from '#core/message.ts';
import { countEn, countFr } from '#core/wording.ts';
import { refOf, refsOf } from './fields.ts';
import type { OpenedStep } from './open-step.ts';
import type { StepFile, StepValue } from './step-file.ts';

/** How the records of interest hang together: ids of this file, from child to parent or from owner to owned. */
export type Relations = {
  /** Part to whole (aggregation and nesting). */
  readonly wholeOf: ReadonlyMap<number, number>;
  readonly partsOf: ReadonlyMap<number, readonly number[]>;
  /** Element to the spatial structure it is contained in. */
  readonly containerOf: ReadonlyMap<number, number>;
  readonly openingsOf: ReadonlyMap<number, readonly number[]>;
  readonly hostOf: ReadonlyMap<number, number>;
  readonly fillingOf: ReadonlyMap<number, number>;
  readonly openingFilledBy: ReadonlyMap<number, number>;
  readonly typeOf: ReadonlyMap<number, number>;
  readonly materialOf: ReadonlyMap<number, number>;
  readonly definitionsOf: ReadonlyMap<number, readonly number[]>;
};

const push = (map: Map<number, number[]>, key: number, value: number): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
};

const eachOfType = (step: StepFile, type: string, visit: (record: readonly StepValue[]) => void): void => {
  for (const id of step.idsOfType(type)) {
    const record = step.record(id);
    if (record !== undefined) visit(record);
  }
};

/** Removes the links that close a circle of wholes and parts; returns one id of each circle. */
const cutCircles = (wholeOf: Map<number, number>): number[] => {
  const safe = new Set<number>();
  const cut: number[] = [];
  for (const start of wholeOf.keys()) {
    const path = new Set<number>();
    let at: number | undefined = start;
    while (at !== undefined && !safe.has(at) && !path.has(at)) {
      path.add(at);
      at = wholeOf.get(at);
    }
    if (at !== undefined && path.has(at)) {
      cut.push(at);
      wholeOf.delete(at);
    }
    for (const id of path) safe.add(id);
  }
  return cut;
};

/** Wholes and parts, containment, openings and fillings: small relations, read whole. */
export const readStructure = (
  step: StepFile,
): Pick<
  Relations,
  'wholeOf' | 'partsOf' | 'containerOf' | 'openingsOf' | 'hostOf' | 'fillingOf' | 'openingFilledBy'
> & { readonly warnings: readonly Warning[] } => {
  const warnings: Warning[] = [];
  const wholeOf = new Map<number, number>();
  for (const type of ['IFCRELAGGREGATES', 'IFCRELNESTS']) {
    eachOfType(step, type, (record) => {
      const whole = refOf(record[4]);
      if (whole === undefined) return;
      for (const part of refsOf(record[5])) if (!wholeOf.has(part)) wholeOf.set(part, whole);
    });
  }
  const circles = cutCircles(wholeOf);
  if (circles.length > 0) {
    warnings.push(
      warning(
        'cyclic-aggregation',
        `Des objets se contiennent eux-mêmes (${countFr(circles.length, 'boucle', 'boucles')}) ; le lien qui ferme chaque boucle est ignoré.`,
        `Some objects contain themselves (${countEn(circles.length, 'loop', 'loops')}); the link that closes each loop is ignored.`,
        { ref: `#${circles[0]}` },
      ),
    );
  }
  const partsOf = new Map<number, number[]>();
  for (const [part, whole] of wholeOf) push(partsOf, whole, part);
  const containerOf = new Map<number, number>();
  eachOfType(step, 'IFCRELCONTAINEDINSPATIALSTRUCTURE', (record) => {
    const container = refOf(record[5]);
    if (container === undefined) return;
    // What is contained but not there is lost: asked for, it is told.
    for (const element of refsOf(record[4])) if (step.has(element)) containerOf.set(element, container);
  });
  const openingsOf = new Map<number, number[]>();
  const hostOf = new Map<number, number>();
  eachOfType(step, 'IFCRELVOIDSELEMENT', (record) => {
    const host = refOf(record[4]);
    const opening = refOf(record[5]);
    if (host === undefined || opening === undefined || hostOf.has(opening)) return;
    hostOf.set(opening, host);
    push(openingsOf, host, opening);
  });
  const fillingOf = new Map<number, number>();
  const openingFilledBy = new Map<number, number>();
  eachOfType(step, 'IFCRELFILLSELEMENT', (record) => {
    const opening = refOf(record[4]);
    const filling = refOf(record[5]);
    if (opening === undefined || filling === undefined) return;
    if (!fillingOf.has(opening)) fillingOf.set(opening, filling);
    openingFilledBy.set(filling, opening);
  });
  return { wholeOf, partsOf, containerOf, openingsOf, hostOf, fillingOf, openingFilledBy, warnings };
};

const DEFINITION_TYPES: ReadonlySet<string> = new Set(['IFCPROPERTYSET', 'IFCELEMENTQUANTITY']);

const isDefinition = (step: StepFile, id: number): boolean => DEFINITION_TYPES.has(step.typeOf(id) ?? '');

/** Types, materials and property definitions of the records of interest (and, through them, of their types). */
export const readDefinitions = (
  step: OpenedStep,
  interest: ReadonlySet<number>,
): Pick<Relations, 'typeOf' | 'materialOf' | 'definitionsOf'> => {
  const typeOf = new Map<number, number>();
  const types = new Set<number>();
  eachOfType(step, 'IFCRELDEFINESBYTYPE', (record) => {
    const type = refOf(record[5]);
    if (type === undefined) return;
    for (const element of refsOf(record[4])) {
      if (!interest.has(element)) continue;
      typeOf.set(element, type);
      types.add(type);
    }
  });
  const materialOf = new Map<number, number>();
  eachOfType(step, 'IFCRELASSOCIATESMATERIAL', (record) => {
    const material = refOf(record[5]);
    if (material === undefined) return;
    for (const object of refsOf(record[4])) {
      if (interest.has(object) || types.has(object)) materialOf.set(object, material);
    }
  });
  const definitionsOf = new Map<number, number[]>();
  for (const id of step.idsOfType('IFCRELDEFINESBYPROPERTIES')) {
    const refs = step.references(id);
    const objects = refs.filter((ref) => interest.has(ref));
    if (objects.length === 0) continue;
    // What defines stands last, one or several; before it come the objects, which are not asked what they are.
    let first = refs.length;
    while (first > 0 && !interest.has(refs[first - 1]) && isDefinition(step, refs[first - 1])) first--;
    for (const ref of refs.slice(first)) for (const object of objects) push(definitionsOf, object, ref);
  }
  for (const type of types) {
    for (const definition of refsOf(step.record(type)?.[5])) push(definitionsOf, type, definition);
  }
  return { typeOf, materialOf, definitionsOf };
};

/** The nearest ancestor of `id` that `accepts`, through containment first and then through wholes. */
export const ancestorOf = (
  relations: Pick<Relations, 'wholeOf' | 'containerOf' | 'hostOf' | 'openingFilledBy'>,
  id: number,
  accepts: (id: number) => boolean,
): number | undefined => {
  const seen = new Set<number>();
  let at: number | undefined = id;
  while (at !== undefined && !seen.has(at)) {
    if (accepts(at)) return at;
    seen.add(at);
    at =
      relations.containerOf.get(at) ??
      relations.wholeOf.get(at) ??
      relations.hostOf.get(at) ??
      relations.openingFilledBy.get(at);
  }
  return undefined;
};
