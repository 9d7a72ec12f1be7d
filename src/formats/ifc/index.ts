import type { BuildingModel } from '#core/building-model.ts';
import type { ByteSource } from '#core/byte-source.ts';
import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { countEn, countFr } from '#core/wording.ts';
import { readBodies } from './bodies.ts';
import { type Candidate, collectCandidates } from './collect.ts';
import { type Deadline, DeadlinePassed, deadlineRefusal, startDeadline } from './deadline.ts';
import { MaterialReader } from './materials.ts';
import { uniqueNames } from './names.ts';
import { type OpenedStep, openStepFile } from './open-step.ts';
import { PropertyReader } from './properties.ts';
import { readBoundaries } from './read-boundaries.ts';
import { type Reading, readElement } from './read-elements.ts';
import { readOpenings, readSpace, readZones } from './read-spaces.ts';
import { readDefinitions, readStructure, type Relations } from './relations.ts';
import { ShapeReader } from './shapes.ts';
import { readSite, readStoreys } from './site.ts';
import { readUnits } from './units.ts';
import { unpack } from './unpack.ts';

export type ReadIfcOptions = { readonly deadlineMs?: number };

const DEFAULT_DEADLINE_MS = 30_000;

/** Names the generic objects and the unreadable records, so that a person sees what the file holds instead of a building. */
const refusedEmpty = (step: OpenedStep, file: string): Result<never> => {
  const proxies = step.idsOfType('IFCBUILDINGELEMENTPROXY').length;
  const broken = step.warnings.find(({ code }) => code === 'broken-records');
  return failure(
    'no-envelope',
    `La maquette ne contient ni mur, ni dalle, ni toiture, ni local${proxies > 0 ? ` (mais ${proxies} objets génériques sans nature)` : ''}. ${broken === undefined ? '' : `${broken.message.fr} `}Exportez l’architecture avec ses classes IFC.`,
    `The model holds no wall, slab, roof or space${proxies > 0 ? ` (but ${proxies} generic objects of no class)` : ''}. ${broken === undefined ? '' : `${broken.message.en} `}Export the architecture with its IFC classes.`,
    broken?.place ?? { file },
  );
};

/** What is known once the structure is read, before any body. */
type Prepared = {
  readonly reading: Reading;
  readonly candidates: readonly Candidate[];
  readonly spaceIds: readonly number[];
  readonly facts: ReturnType<typeof readSite>['facts'];
  readonly names: ReturnType<typeof uniqueNames>;
  readonly warnings: readonly Warning[];
};

const prepare = (step: OpenedStep, file: string, isExpired: () => boolean): Result<Prepared> => {
  const { units, warnings: unitWarnings } = readUnits(step);
  const site = readSite(step, units);
  const shapes = new ShapeReader(step, units, isExpired);
  const storeys = readStoreys(step, units, (storey) => shapes.heightOf(storey));
  const structure = readStructure(step);
  const candidates = collectCandidates(step, structure);
  const spaceIds = step.idsOfType('IFCSPACE');
  if (candidates.length === 0 && spaceIds.length === 0) return refusedEmpty(step, file);
  const interest = new Set([...candidates.map(({ id }) => id), ...spaceIds]);
  const relations: Relations = { ...structure, ...readDefinitions(step, interest) };
  const names = uniqueNames(step);
  return ok({
    reading: {
      step,
      units,
      relations,
      storeys,
      properties: new PropertyReader(step, relations, units),
      materials: new MaterialReader(step, units),
      shapes,
      nameOf: names.nameOf,
    },
    candidates,
    spaceIds,
    facts: site.facts,
    names,
    warnings: [...step.warnings, ...unitWarnings, ...site.warnings, ...structure.warnings],
  });
};

/** Part of a file may be lost without a trace in what is left of it but references to nothing. */
const missingWarnings = (step: OpenedStep): readonly Warning[] => {
  const { count, first } = step.missing();
  if (count === 0) return [];
  return [
    warning(
      'missing-records',
      `${countFr(count, 'enregistrement cité par d’autres manque', 'enregistrements cités par d’autres manquent')} (d’abord #${first}) : ce qu’ils décrivent n’est pas compté. Si le fichier a été coupé ou abîmé, exportez-le de nouveau.`,
      `${countEn(count, 'record that others refer to is missing', 'records that others refer to are missing')} (first #${first}): what they describe does not count. If the file was cut or damaged, export it again.`,
      { ref: `#${first}` },
    ),
  ];
};

const finish = (
  { reading, candidates, spaceIds, facts, names, warnings }: Prepared,
  bodyWarnings: readonly Warning[],
): BuildingModel => {
  const { step } = reading;
  const elements = candidates.flatMap((candidate) => readElement(reading, candidate) ?? []);
  const hosts = candidates.filter(({ kind }) => kind !== 'window' && kind !== 'door').map(({ id }) => id);
  const openings = readOpenings(reading, hosts);
  const zones = readZones(step);
  const spaces = spaceIds.flatMap((id) => readSpace(reading, zones, id) ?? []);
  const { boundaries, warnings: boundaryWarnings } = readBoundaries(reading);
  return {
    schema: step.schema,
    application: step.application,
    lengthUnit: reading.units.lengthName,
    ...facts,
    storeys: [...reading.storeys.values()],
    elements,
    openings,
    spaces,
    boundaries,
    warnings: [
      ...warnings,
      ...bodyWarnings,
      ...boundaryWarnings,
      ...names.warnings(),
      ...missingWarnings(step),
    ],
    read: {
      recordsInFile: step.recordsInFile,
      recordsParsed: step.recordsParsed(),
      bytesInFile: step.bytesInFile,
    },
  };
};

const readAll = async (source: ByteSource, deadline: Deadline): Promise<Result<BuildingModel>> => {
  const plain = await unpack(source, deadline);
  if (!plain.ok) return plain;
  const opened = deadline.run(() => openStepFile(plain.value));
  if (!opened.ok) return opened;
  const prepared = deadline.run(() => prepare(opened.value, source.name, () => deadline.leftMs() <= 0));
  if (!prepared.ok) return prepared;
  const { reading, candidates, spaceIds } = prepared.value;
  const bodyWarnings = await readBodies(reading, candidates, spaceIds, deadline);
  return ok(deadline.run(() => finish(prepared.value, bodyWarnings)));
};

/**
 * Reads what an IFC file (`.ifc`, `.ifczip`, `.ifc.gz`) says about the thermal envelope: lengths in metres, angles
 * in degrees, areas in m2, U-values in W/(m2 K) as stated. Only thermal elements and the relations they need are
 * parsed; whatever is assumed is in `warnings`.
 *
 * Errors: those of `unpack` and `openStepFile`, `no-envelope`, `deadline-passed`.
 */
export const readIfc = async (
  source: ByteSource,
  { deadlineMs = DEFAULT_DEADLINE_MS }: ReadIfcOptions = {},
): Promise<Result<BuildingModel>> => {
  const deadline = startDeadline(deadlineMs);
  try {
    return await readAll(source, deadline);
  } catch (error) {
    if (error instanceof DeadlinePassed) return deadlineRefusal(source.name, deadlineMs);
    throw error;
  }
};
