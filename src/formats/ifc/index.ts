import type { BuildingModel, SourceElement, SourceSpace } from '#core/building-model.ts';
import type { ByteSource } from '#core/byte-source.ts';
import type { Warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { readBodies } from './bodies.ts';
import { collectCandidates } from './collect.ts';
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

/** Names the commonest element types, so that a person sees what the file holds instead of a building. */
const refusedEmpty = (step: OpenedStep, file: string): Result<never> => {
  const proxies = step.idsOfType('IFCBUILDINGELEMENTPROXY').length;
  return failure(
    'no-envelope',
    `La maquette ne contient ni mur, ni dalle, ni toiture, ni local${proxies > 0 ? ` (mais ${proxies} objets génériques sans nature)` : ''}. Exportez l’architecture avec ses classes IFC.`,
    `The model holds no wall, slab, roof or space${proxies > 0 ? ` (but ${proxies} generic objects of no class)` : ''}. Export the architecture with its IFC classes.`,
    { file },
  );
};

const readAll = async (
  step: OpenedStep,
  file: string,
  deadline: Deadline,
): Promise<Result<BuildingModel>> => {
  const warnings: Warning[] = [...step.warnings];
  const { units, warnings: unitWarnings } = readUnits(step);
  const site = readSite(step, units);
  const shapes = new ShapeReader(step, units, () => deadline.leftMs() <= 0);
  const storeys = readStoreys(step, units, (storey) => shapes.heightOf(storey));
  const structure = readStructure(step);
  warnings.push(...unitWarnings, ...site.warnings, ...structure.warnings);
  const candidates = collectCandidates(step, structure);
  const spaceIds = step.idsOfType('IFCSPACE');
  if (candidates.length === 0 && spaceIds.length === 0) {
    return refusedEmpty(step, file);
  }
  deadline.check();
  const interest = new Set([...candidates.map(({ id }) => id), ...spaceIds]);
  const relations: Relations = { ...structure, ...readDefinitions(step, interest) };
  const names = uniqueNames(step);
  const reading: Reading = {
    step,
    units,
    relations,
    storeys,
    properties: new PropertyReader(step, relations, units),
    materials: new MaterialReader(step, units),
    shapes,
    nameOf: names.nameOf,
  };
  warnings.push(...(await readBodies(reading, candidates, spaceIds, deadline)));
  deadline.check();
  const elements: SourceElement[] = [];
  for (const candidate of candidates) {
    deadline.check();
    const element = readElement(reading, candidate);
    if (element !== undefined) elements.push(element);
  }
  const hosts = candidates.filter(({ kind }) => kind !== 'window' && kind !== 'door').map(({ id }) => id);
  const openings = readOpenings(reading, hosts);
  deadline.check();
  const zones = readZones(step);
  const spaces: SourceSpace[] = [];
  for (const id of spaceIds) {
    deadline.check();
    const space = readSpace(reading, zones, id);
    if (space !== undefined) spaces.push(space);
  }
  const { boundaries, warnings: boundaryWarnings } = readBoundaries(reading);
  deadline.check();
  warnings.push(...boundaryWarnings, ...names.warnings());
  return ok({
    schema: step.schema,
    application: step.application,
    lengthUnit: units.lengthName,
    ...site.facts,
    storeys: [...storeys.values()],
    elements,
    openings,
    spaces,
    boundaries,
    warnings,
    read: {
      recordsInFile: step.recordsInFile,
      recordsParsed: step.recordsParsed(),
      bytesInFile: step.bytesInFile,
    },
  });
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
  const plain = await unpack(source);
  if (!plain.ok) return plain;
  const opened = openStepFile(plain.value);
  if (!opened.ok) return opened;
  try {
    return await readAll(opened.value, source.name, deadline);
  } catch (error) {
    if (error instanceof DeadlinePassed) return deadlineRefusal(source.name, deadlineMs);
    throw error;
  }
};
