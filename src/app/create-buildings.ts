import { z } from 'zod';
import { buildingFormSchema, twinFromForm } from '#create/index.ts';
import type { Building, JsonDocument, Repositories } from '#store/index.ts';
import { message } from '../core/message.ts';
import { type Failure, failure, ok, type Result } from '../core/result.ts';
import { type IdentifiersRequest, identifiersRequestSchema } from './building-identifiers.ts';
import { factsDocument, formRecord, saveDescribed, slugOf } from './building-record.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { expectedOf } from './expected-of.ts';
import { fieldOf } from './field-of.ts';
import { listedView } from './list-stock.ts';
import type { ListedBuildingView } from './list-views.ts';
import { storeFailure } from './open.ts';
import { checkedDepartment } from './place.ts';
import { messageSchema } from './views.ts';

/** Most buildings of one call. */
const most = 500;

const departmentSchema = z
  .string()
  .trim()
  .min(1)
  .max(3)
  .describe('Number of the department, “35” or “2A”: climate zone of the label and of the aids');

/**
 * A building as it is pushed. With a floor area and a number of storeys it has a twin at once, as wide in its intervals as a short form
 * deserves; without them it waits for its model. A field that is not known is refused: a misspelt area would be lost in silence.
 */
const pushedBuildingSchema = buildingFormSchema
  .partial({ floorAreaM2: true, storeys: true })
  .extend({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/)
      .optional()
      .describe('Made from the owner’s identifier, else from the name, when left out'),
    commune: z.string().trim().min(1).max(200).optional(),
    department: departmentSchema.optional(),
    identifiers: identifiersRequestSchema.optional(),
  })
  .strict();
type PushedBuilding = z.infer<typeof pushedBuildingSchema>;

export const pushBuildingsSchema = z.strictObject({
  buildings: z.array(pushedBuildingSchema).min(1).max(most),
  reason: z.string().max(2000).default(''),
});

/** The same before each building is looked at: one that is wrong refuses no other. */
export const pushedSchema = pushBuildingsSchema.extend({ buildings: z.array(z.unknown()).min(1).max(most) });

const pushResultSchema = z.object({
  /** Place in what was sent, from 0. */
  index: z.number(),
  /** `exists`: its id or the owner's identifier is in the stock already; nothing was changed. */
  status: z.enum(['created', 'exists', 'refused']),
  id: z.string().nullable(),
  error: z.object({ code: z.string(), message: messageSchema, field: z.string().nullable() }).nullable(),
});
type PushResult = z.infer<typeof pushResultSchema>;

export const pushAnswerSchema = z.object({
  created: z.number(),
  exists: z.number(),
  refused: z.number(),
  results: z.array(pushResultSchema),
});
type PushAnswer = z.infer<typeof pushAnswerSchema>;

type Who = { readonly by: string; readonly reason: string };

const check = (input: unknown): Result<PushedBuilding> => {
  const parsed = pushedBuildingSchema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const field = fieldOf(parsed.error);
  const expected = expectedOf(parsed.error, input);
  return failure(
    'building-invalid',
    `Ce bâtiment n’a pas été créé, il n’est pas compris${field === '' ? '' : ` au champ « ${field} »`}${expected.fr}. Voyez POST /v1/buildings dans /v1/openapi.json.`,
    `This building was not created, it is not understood${field === '' ? '' : ` at “${field}”`}${expected.en}. See POST /v1/buildings in /v1/openapi.json.`,
    { field },
  );
};

/** The building that the stock already knows by this id or by one of the owner's identifiers. */
const knownAs = async (
  into: Repositories,
  id: string,
  identifiers: IdentifiersRequest,
): Promise<string | undefined> => {
  const own = identifiers.own ?? [];
  if (own.length > 0) {
    const page = await into.buildings.page({ limit: 1, sort: 'id', descending: false, filters: { own } });
    const [found] = page.items;
    if (found !== undefined) return found.id;
  }
  return (await into.buildings.get(id))?.id;
};

const addOne = async (
  context: AppContext,
  into: Repositories,
  pushed: PushedBuilding,
  who: Who,
  alone: boolean,
): Promise<Result<Pick<PushResult, 'status' | 'id'>>> => {
  const { commune, department, identifiers = {}, id: chosen, ...form } = pushed;
  const id = chosen ?? (slugOf(identifiers.own?.[0] ?? '') || slugOf(form.name));
  if (id === '')
    return failure(
      'building-invalid',
      'Ce bâtiment n’a pas de nom dont tirer un identifiant : donnez « id ».',
      'This building has no name to make an id from: give “id”.',
      { field: 'id' },
    );
  const place = department === undefined ? ok(undefined) : checkedDepartment(department);
  if (!place.ok) return place;
  // Two who push the same building at once: the second finds it there, and does not write over it.
  if (!alone) await into.buildings.addAlone(id, identifiers.own);
  const known = await knownAs(into, id, identifiers);
  if (known !== undefined) return ok({ status: 'exists', id: known });
  const building: Building = {
    id,
    name: message(form.name, form.name),
    use: form.use,
    simulated: false,
    facts: {
      ...factsDocument(form),
      ...(place.value === undefined ? {} : { department: place.value }),
    },
    ...(commune === undefined ? {} : { commune }),
    ...(form.constructionYear === undefined ? {} : { constructionYear: form.constructionYear }),
  };
  const end = context.startLedger('create');
  // Either of the two says that a twin is wanted; the form tells what is missing.
  const wantsTwin = form.floorAreaM2 !== undefined || form.storeys !== undefined;
  const made = wantsTwin ? twinFromForm({ ...form, id }) : undefined;
  if (made?.ok === false) return made;
  await into.buildings.save(building);
  await into.buildings.identify(id, identifiers);
  if (made !== undefined) {
    const { envelope, twin, form: facts } = made.value;
    const report = { found: [], assumed: [], contradictory: [], missing: [], questions: [] };
    await saveDescribed(
      into,
      formRecord(made.value),
      { envelope, twin, facts, report },
      { ledger: end(), source: {} },
    );
  }
  await into.audit.add({
    ...who,
    action: 'add-building',
    subject: `building:${id}`,
    detail: { identifiers },
  });
  return ok({ status: 'created', id });
};

const refusal = (index: number, error: Failure): PushResult => ({
  index,
  status: 'refused',
  id: null,
  error: { code: error.code, message: error.message, field: error.where?.field ?? null },
});

/** Undoes the transaction of a building that was refused half-way. */
class Refused extends Error {
  readonly failure: Failure;
  constructor(refused: Failure) {
    super(refused.code);
    this.failure = refused;
  }
}

/**
 * Adds buildings, each whole or not at all and each with its own result: the good ones stand whatever the others are. Pushing them again
 * changes nothing. Never fails as a whole; throws `database-away`.
 */
export const pushBuildings = async (
  context: AppContext,
  pushed: readonly unknown[],
  who: Who,
): Promise<Result<PushAnswer>> => {
  const results: PushResult[] = [];
  // In one transaction the locks of each building would pile up, and those of two calls wait for one another.
  const alone = context.store.isWithin && pushed.length > 1;
  if (alone) await context.store.buildings.addManyAlone();
  for (const [index, input] of pushed.entries()) {
    const one = check(input);
    if (!one.ok) {
      results.push(refusal(index, one.error));
      continue;
    }
    try {
      const added = await context.store.transaction(async (into) => {
        const result = await addOne(context, into, one.value, who, alone);
        if (!result.ok) throw new Refused(result.error);
        return result.value;
      });
      results.push({ index, ...added, error: null });
    } catch (error) {
      const told = error instanceof Refused ? error.failure : storeFailure(error);
      // A database that is away answers for the whole call: what was not acknowledged may be sent again.
      if (told === undefined || told.code === 'database-away') throw error;
      results.push(refusal(index, told));
    }
  }
  const count = (status: PushResult['status']): number =>
    results.filter((one) => one.status === status).length;
  return ok({ created: count('created'), exists: count('exists'), refused: count('refused'), results });
};

/** What is changed of a building's identity; what is left out stays, and a field that cannot be changed so is refused. */
export const identityRequestSchema = z.strictObject({
  name: z.string().trim().min(1).max(400).optional(),
  commune: z.string().trim().min(1).max(200).nullable().optional(),
  department: departmentSchema.nullable().optional(),
  constructionYear: z.number().int().min(1000).max(2100).nullable().optional(),
  identifiers: identifiersRequestSchema.optional(),
  reason: z.string().max(2000).default(''),
});

/** A building as the list shows it: what it is called, by whom, and the figures of its twin. Fails with `unknown-building`. */
export const getIdentity = async ({ store }: AppContext, id: string): Promise<Result<ListedBuildingView>> => {
  const building = await store.buildings.listed(id);
  return building === undefined ? unknownBuilding(id) : ok(listedView(building));
};

/** The facts with another department; null takes it away, undefined leaves them as they are. */
const factsIn = (facts: JsonDocument, department: string | null | undefined): JsonDocument => {
  if (department === undefined) return facts;
  const { department: _before, ...rest } = facts;
  return department === null ? rest : { ...rest, department };
};

/**
 * Changes what a building is called and known by. Fails with `unknown-building`, `unknown-department`; throws
 * `identifier-taken` as the store does.
 */
export const changeIdentity = async (
  context: AppContext,
  id: string,
  request: z.infer<typeof identityRequestSchema>,
  by: string,
): Promise<Result<ListedBuildingView>> => {
  const { name, commune, department, constructionYear, identifiers = {}, reason } = request;
  const place = typeof department === 'string' ? checkedDepartment(department) : ok(department);
  if (!place.ok) return place;
  const found = await context.store.transaction(async (into) => {
    const before = await into.buildings.get(id);
    if (before === undefined) return false;
    const { commune: oldCommune, constructionYear: oldYear, ...kept } = before;
    const [newCommune, newYear] = [
      commune === undefined ? oldCommune : commune,
      constructionYear === undefined ? oldYear : constructionYear,
    ];
    await into.buildings.save({
      ...kept,
      facts: factsIn(kept.facts, place.value),
      ...(name === undefined ? {} : { name: message(name, name) }),
      ...(newCommune === undefined || newCommune === null ? {} : { commune: newCommune }),
      ...(newYear === undefined || newYear === null ? {} : { constructionYear: newYear }),
    });
    await into.buildings.identify(id, identifiers);
    await into.audit.add({
      by,
      reason,
      action: 'change-building',
      subject: `building:${id}`,
      detail: request,
    });
    return true;
  });
  return found ? getIdentity(context, id) : unknownBuilding(id);
};
