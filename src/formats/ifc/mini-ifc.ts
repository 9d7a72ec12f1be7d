import type { OpenedStep } from './open-step.ts';

/** Beyond these a body is an attack or a sculpture; it stays as the kernel left it. */
const MAX_INSTANCES = 400_000;
const MAX_RECORDS = 100_000;
const MAX_DEPTH = 200;

const PLACEMENT = 5;
const REPRESENTATION = 6;

/**
 * How many times a mesher would visit records below `root` when it follows every reference, shared ones each time;
 * undefined when there is a circle, or when depth or number go beyond the caps. A nest of mapped items that doubles
 * at each level is seen here, before it is run.
 */
const instancesBelow = (
  step: OpenedStep,
  root: number,
  known: Map<number, number>,
  path: Set<number>,
): number | undefined => {
  const counted = known.get(root);
  if (counted !== undefined) return counted;
  if (path.has(root) || path.size > MAX_DEPTH || known.size > MAX_RECORDS) return undefined;
  path.add(root);
  let total = 1;
  for (const ref of step.references(root)) {
    const below = instancesBelow(step, ref, known, path);
    if (below === undefined) return undefined;
    total += below;
    if (total > MAX_INSTANCES) return undefined;
  }
  path.delete(root);
  known.set(root, total);
  return total;
};

/** Products whose bodies can be meshed within bounds. */
export const meshable = (step: OpenedStep, products: readonly number[]): readonly number[] => {
  const known = new Map<number, number>();
  return products.filter((product) => {
    const fields = step.record(product);
    const roots = [fields?.[PLACEMENT], fields?.[REPRESENTATION]].flatMap((field) =>
      typeof field === 'object' && field !== null && 'ref' in field ? field.ref : [],
    );
    return roots.every((root) => instancesBelow(step, root, known, new Set()) !== undefined);
  });
};

const headerFor = (schema: string): string => `ISO-10303-21;
HEADER;
FILE_DESCRIPTION((''),'2;1');
FILE_NAME('part.ifc','',(''),(''),'','','');
FILE_SCHEMA(('${schema}'));
ENDSEC;
DATA;
`;

/**
 * A file with only these products, what they refer to, and the project with its units. Openings are not in it: a
 * body is wanted as it is before it is cut.
 */
export const miniIfc = (step: OpenedStep, products: readonly number[]): string => {
  const wanted = new Set<number>();
  const waiting = [...products, ...step.idsOfType('IFCPROJECT')];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (wanted.has(id) || step.typeOf(id) === undefined) continue;
    wanted.add(id);
    if (step.typeOf(id) !== 'IFCOWNERHISTORY') waiting.push(...step.references(id));
  }
  const records: string[] = [];
  for (const id of [...wanted].sort((a, b) => a - b)) {
    const text = step.recordText(id);
    if (text !== undefined) records.push(`${text};\n`);
  }
  const schema = step.schema.startsWith('IFC2X') ? 'IFC2X3' : step.schema;
  return `${headerFor(schema)}${records.join('')}ENDSEC;\nEND-ISO-10303-21;\n`;
};
