import { z } from 'zod';
import { type Answered, type Answers, answersSchema, type Described } from '#create/index.ts';
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

/** Saves a building with its twin and its record; the caller holds the transaction. Gives the twin's version. */
export const saveDescribed = async (
  into: Repositories,
  record: BuildingRecord,
  result: Answered,
  about: { readonly ledger: LedgerEntry; readonly source: Source },
): Promise<number> => {
  const { facts, twin } = result;
  const before = await into.buildings.get(facts.id);
  const renamed = record.answers.building?.name !== undefined || before === undefined;
  await into.buildings.save({
    simulated: false,
    ...before,
    facts: {
      ...before?.facts,
      ...(facts.heating === undefined ? {} : { heating: { kind: facts.heating } }),
      ...(facts.site === undefined ? {} : { site: siteDocument(facts.site) }),
      ...(facts.dwellings === undefined ? {} : { dwellings: facts.dwellings }),
    },
    id: facts.id,
    name: renamed ? { fr: facts.name, en: facts.name } : before.name,
    use: facts.use,
    ...(facts.constructionYear === undefined ? {} : { constructionYear: facts.constructionYear }),
  });
  const version = await into.twins.save(facts.id, twin, about.source);
  await into.envelopes.add(facts.id, record, about.source);
  await into.ledger.add({ ...about.ledger, buildingId: facts.id });
  return version;
};
