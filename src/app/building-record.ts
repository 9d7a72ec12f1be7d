import { z } from 'zod';
import {
  type Answered,
  type Answers,
  answersSchema,
  type Described,
  type FormTwin,
  type Outlines,
} from '#create/index.ts';
import type { JsonDocument, Repositories, Source } from '#store/index.ts';
import type { LedgerEntry } from '../core/ledger.ts';

/**
 * What is kept of how a building was described: what was read, what people answered, never only the sum of both, so that each answer can be
 * changed or taken back.
 */
export type BuildingRecord = {
  readonly schema: 'stacoptim.described/1';
  readonly described: Described;
  readonly answers: Answers;
};

const recordSchema = z.object({
  schema: z.literal('stacoptim.described/1'),
  described: z.looseObject({
    kind: z.enum(['ifc', 'form', 'dpe']),
    envelope: z.looseObject({ schema: z.literal('stacoptim.envelope/1') }),
    facts: z.looseObject({}),
    findings: z.looseObject({}),
    northKnown: z.boolean(),
  }),
  answers: answersSchema,
});

/** The record as the store kept it; undefined for a building that was never described (or by an older version). */
export const parseRecord = (document: unknown): BuildingRecord | undefined => {
  const parsed = recordSchema.safeParse(document);
  // The inside was written by this program from checked values; its schema word says which.
  return parsed.success ? (parsed.data as unknown as BuildingRecord) : undefined;
};

/** A place as the facts of a building keep it. */
export const siteDocument = ({
  altitudeM,
  ...place
}: NonNullable<Answered['facts']['site']>): JsonDocument => ({
  ...place,
  ...(altitudeM === undefined ? {} : { altitudeM }),
});

/** What is kept of a building's facts beside its twin. */
export const factsDocument = ({
  heating,
  site,
  dwellings,
  department,
}: {
  readonly heating?: string | undefined;
  readonly site?: Answered['facts']['site'] | undefined;
  readonly dwellings?: number | undefined;
  readonly department?: string | undefined;
}): JsonDocument => ({
  ...(heating === undefined ? {} : { heating: { kind: heating } }),
  ...(site === undefined ? {} : { site: siteDocument(site) }),
  ...(dwellings === undefined ? {} : { dwellings }),
  ...(department === undefined ? {} : { department }),
});

/** What is kept of a building that a short form describes. */
export const formRecord = (one: FormTwin): BuildingRecord => ({
  schema: 'stacoptim.described/1',
  described: {
    kind: 'form',
    envelope: one.envelope,
    facts: one.form,
    form: one.form,
    findings: { found: [], assumed: [...one.warnings], contradictory: [], missing: [] },
    northKnown: true,
  },
  answers: {},
});

/** A folder name from a person's words: letters without accents, digits, dashes. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);

/** Saves a building with its twin and its record; the caller holds the transaction. Gives the twin's version. */
export const saveDescribed = async (
  into: Repositories,
  record: BuildingRecord,
  result: Answered,
  about: {
    readonly ledger: LedgerEntry;
    readonly source: Source;
    readonly outlines?: Outlines;
    readonly commune?: string;
  },
): Promise<number> => {
  const { facts, twin } = result;
  const before = await into.buildings.get(facts.id);
  const renamed = record.answers.building?.name !== undefined || before === undefined;
  await into.buildings.save({
    simulated: false,
    ...before,
    facts: { ...before?.facts, ...factsDocument(facts) },
    id: facts.id,
    name: renamed ? { fr: facts.name, en: facts.name } : before.name,
    use: facts.use,
    ...(facts.constructionYear === undefined ? {} : { constructionYear: facts.constructionYear }),
    ...(about.commune === undefined ? {} : { commune: about.commune }),
  });
  const version = await into.twins.save(facts.id, twin, about.source);
  await into.envelopes.add(facts.id, record, about.source);
  if (about.outlines !== undefined) await into.outlines.add(facts.id, about.outlines, about.source);
  await into.ledger.add({ ...about.ledger, buildingId: facts.id });
  return version;
};
