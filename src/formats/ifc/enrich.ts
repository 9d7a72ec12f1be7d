import { type ByteSource, bytesSource } from '#core/byte-source.ts';
import { ok, type Result } from '#core/result.ts';
import { DeadlinePassed, deadlineRefusal, startDeadline } from './deadline.ts';
import { ELEMENT_KINDS, PART_TYPES } from './element-kinds.ts';
import { refsOf, textOf } from './fields.ts';
import { type OpenedStep, openStepFile } from './open-step.ts';
import { globalIdOf, stepText } from './step-text.ts';
import { unpack } from './unpack.ts';
import { readUnits } from './units.ts';

/** A resolved U-value to write: W/(m2 K), its 90 % interval and how it came to be. */
export type ResolvedTransmittance = {
  readonly globalId: string;
  readonly uWm2K: number;
  readonly lowWm2K: number;
  readonly highWm2K: number;
  readonly provenance: string;
};

type EnrichedIfc = {
  readonly bytes: Uint8Array;
  /** Elements that now carry their U-value. */
  readonly written: number;
  /** GlobalIds the file does not have. */
  readonly unknown: readonly string[];
};

const DEADLINE_MS = 120_000;
const OWN_SET = 'Stacoptim_ThermalTransmittance';

/** buildingSMART's set for each entity; parts of curtain walls have their own. */
const setNames: Readonly<Record<string, string>> = {
  WALL: 'Pset_WallCommon',
  SLAB: 'Pset_SlabCommon',
  ROOF: 'Pset_RoofCommon',
  WINDOW: 'Pset_WindowCommon',
  DOOR: 'Pset_DoorCommon',
  CURTAINWALL: 'Pset_CurtainWallCommon',
  PLATE: 'Pset_PlateCommon',
  MEMBER: 'Pset_MemberCommon',
  COVERING: 'Pset_CoveringCommon',
  BUILDINGELEMENTPROXY: 'Pset_BuildingElementProxyCommon',
};

const setNameOf = (type: string): string =>
  setNames[type.replace(/^IFC/, '').replace(/(STANDARD|ELEMENTED)CASE$/, '')] ??
  'Pset_BuildingElementProxyCommon';

/** The reader calls an element without a GlobalId, or with one already taken, by its record number. */
const idsByName = (step: OpenedStep): Map<string, number> => {
  const ids = new Map<string, number>();
  for (const type of [...Object.keys(ELEMENT_KINDS), ...PART_TYPES, 'IFCCOVERING'])
    for (const id of step.idsOfType(type)) {
      const name = (textOf(step.record(id)?.[0]) ?? '').trim();
      ids.set(name === '' || ids.has(name) ? `${name}#${id}` : name, id);
    }
  return ids;
};

type Existing = { readonly relation: number; readonly set: number };

/** The official set each element already has, and the relation that ties it. */
const existingSets = (step: OpenedStep, elements: ReadonlySet<number>): Map<number, Existing> => {
  const found = new Map<number, Existing>();
  for (const relation of step.idsOfType('IFCRELDEFINESBYPROPERTIES')) {
    if (!step.references(relation).some((ref) => elements.has(ref))) continue;
    const record = step.record(relation);
    for (const set of refsOf(record?.[5])) {
      if (step.typeOf(set) !== 'IFCPROPERTYSET') continue;
      const name = (textOf(step.record(set)?.[2]) ?? '').toLowerCase();
      for (const element of refsOf(record?.[4]))
        if (elements.has(element) && name === setNameOf(step.typeOf(element) ?? '').toLowerCase())
          found.set(element, { relation, set });
    }
  }
  return found;
};

type Job = { readonly element: number; readonly value: ResolvedTransmittance; readonly existing?: Existing };

const groupsOf = (step: OpenedStep, jobs: readonly Job[]): Job[][] => [
  ...Map.groupBy(jobs, ({ element, value, existing }) =>
    [
      setNameOf(step.typeOf(element) ?? ''),
      existing?.set ?? '',
      value.uWm2K.toFixed(4),
      value.lowWm2K.toFixed(4),
      value.highWm2K.toFixed(4),
      value.provenance,
    ].join('|'),
  ).values(),
];

class Appender {
  readonly lines: string[] = [];
  readonly #owner: string;
  readonly #scale: number;
  #id: number;

  constructor(firstId: number, owner: string, scale: number) {
    this.#id = firstId;
    this.#owner = owner;
    this.#scale = scale;
  }

  put(text: string): number {
    this.lines.push(`#${this.#id}=${text};`);
    return this.#id++;
  }

  /** W/(m2 K) in the file's own unit. */
  transmittance(name: string, uWm2K: number): number {
    const value = Number((uWm2K / this.#scale).toPrecision(6));
    return this.put(
      `IFCPROPERTYSINGLEVALUE('${name}',$,IFCTHERMALTRANSMITTANCEMEASURE(${stepText(value)}),$)`,
    );
  }

  set(name: string, seed: string, properties: readonly number[]): number {
    const list = properties.map((id) => `#${id}`).join(',');
    return this.put(
      `IFCPROPERTYSET('${globalIdOf(`${seed} ${name}`)}',${this.#owner},${stepText(name)},$,(${list}))`,
    );
  }

  relate(set: number, seed: string, elements: readonly number[]): void {
    const list = elements.map((id) => `#${id}`).join(',');
    this.put(
      `IFCRELDEFINESBYPROPERTIES('${globalIdOf(`${seed} relation ${set}`)}',${this.#owner},$,$,(${list}),#${set})`,
    );
  }
}

/** One set for alike elements: what their own set said stays, its U-value is replaced. */
const writeGroup = (step: OpenedStep, append: Appender, jobs: readonly Job[]): void => {
  const [first] = jobs;
  if (first === undefined) return;
  const { value, existing } = first;
  const elements = jobs.map((job) => job.element);
  const kept = refsOf(existing === undefined ? undefined : step.record(existing.set)?.[4]).filter(
    (id) => textOf(step.record(id)?.[0])?.toLowerCase() !== 'thermaltransmittance',
  );
  const u = append.transmittance('ThermalTransmittance', value.uWm2K);
  append.relate(
    append.set(setNameOf(step.typeOf(first.element) ?? ''), value.globalId, [...kept, u]),
    value.globalId,
    elements,
  );
  const how = append.put(`IFCPROPERTYSINGLEVALUE('Provenance',$,IFCLABEL(${stepText(value.provenance)}),$)`);
  const low = append.transmittance('Low', value.lowWm2K);
  const high = append.transmittance('High', value.highWm2K);
  append.relate(append.set(OWN_SET, value.globalId, [how, low, high]), `${value.globalId} own`, elements);
};

/** Relations whose elements now have a set of their own, written again without them; gone when none is left. */
const releaseOld = (step: OpenedStep, append: Appender, jobs: readonly Job[]): Map<number, string> => {
  const moved = Map.groupBy(
    jobs.filter((job) => job.existing !== undefined),
    (job) => job.existing?.relation ?? 0,
  );
  const edits = new Map<number, string>();
  for (const [relation, list] of moved) {
    const record = step.record(relation);
    const gone = new Set(list.map((job) => job.element));
    const left = refsOf(record?.[4]).filter((id) => !gone.has(id));
    const replaced = new Set(list.map((job) => job.existing?.set));
    // IFC4 may tie several sets at once: the others stay with the elements that leave.
    for (const other of refsOf(record?.[5]).filter((set) => !replaced.has(set)))
      append.relate(other, `${relation} kept`, [...gone]);
    const type = step.typeOf(relation) ?? 'IFCRELDEFINESBYPROPERTIES';
    const objects = left.map((id): { ref: number } => ({ ref: id }));
    const fields = record?.map((field, index) => stepText(index === 4 ? objects : field));
    edits.set(relation, left.length === 0 ? '' : `#${relation}=${type}(${fields?.join(',') ?? ''});`);
  }
  return edits;
};

const highestId = (text: Buffer): number => {
  let highest = 0;
  for (let at = text.indexOf(35); at >= 0; at = text.indexOf(35, at + 1)) {
    let id = 0;
    for (let p = at + 1; p < text.length; p++) {
      const digit = (text[p] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      id = id * 10 + digit;
    }
    if (id > highest && id < Number.MAX_SAFE_INTEGER / 2) highest = id;
  }
  return highest;
};

/** Where the data section ends: new records go before it. */
const endOfData = (bytes: Buffer): number => {
  const from = Math.max(0, bytes.length - 4096);
  const at = bytes.subarray(from).toString('latin1').toUpperCase().lastIndexOf('ENDSEC');
  return at < 0 ? bytes.length : from + at;
};

const enrich = (source: ByteSource, values: readonly ResolvedTransmittance[]): Result<EnrichedIfc> => {
  const opened = openStepFile(source);
  if (!opened.ok) return opened;
  const step = opened.value;
  const ids = idsByName(step);
  const wanted = values.flatMap((value) => {
    const element = ids.get(value.globalId);
    return element === undefined ? [] : [{ element, value }];
  });
  const existing = existingSets(step, new Set(wanted.map((job) => job.element)));
  const jobs = wanted.map(({ element, value }): Job => {
    const had = existing.get(element);
    return { element, value, ...(had === undefined ? {} : { existing: had }) };
  });
  const bytes = Buffer.from(source.read(0, source.size));
  const owner = step.idsOfType('IFCOWNERHISTORY')[0];
  const append = new Appender(
    highestId(bytes) + 1,
    owner === undefined ? '$' : `#${owner}`,
    readUnits(step).units.transmittance,
  );
  for (const group of groupsOf(step, jobs)) writeGroup(step, append, group);
  const edits = [...releaseOld(step, append, jobs)]
    .map(([id, text]) => ({ ...step.extentOf(id), text }))
    .toSorted((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  const parts: Buffer[] = [];
  let at = 0;
  for (const { offset, end, text } of edits) {
    if (offset === undefined || end === undefined) continue;
    parts.push(bytes.subarray(at, offset), Buffer.from(text, 'latin1'));
    at = end + 1;
  }
  const close = endOfData(bytes);
  parts.push(
    bytes.subarray(at, close),
    Buffer.from(append.lines.map((line) => `${line}\n`).join(''), 'latin1'),
    bytes.subarray(close),
  );
  return ok({
    bytes: Buffer.concat(parts),
    written: jobs.length,
    unknown: values.filter(({ globalId }) => !ids.has(globalId)).map(({ globalId }) => globalId),
  });
};

/**
 * The model with its resolved U-values, W/(m2 K), as `ThermalTransmittance` of the official property sets (Pset_WallCommon and its sisters),
 * with interval and provenance in a set of our own. Records are appended; of the original, only the relations to sets whose U-value is
 * replaced are written again. The same input gives the same bytes. Fails as `unpack` and `openStepFile` do, and with
 * `deadline-passed` after two minutes.
 */
export const enrichIfc = async (
  name: string,
  original: Uint8Array,
  values: readonly ResolvedTransmittance[],
): Promise<Result<EnrichedIfc>> => {
  const deadline = startDeadline(DEADLINE_MS);
  const plain = await unpack(bytesSource(name, original), deadline);
  if (!plain.ok) return plain;
  try {
    return deadline.run(() => enrich(plain.value, values));
  } catch (error) {
    if (error instanceof DeadlinePassed) return deadlineRefusal(name, DEADLINE_MS);
    throw error;
  }
};
