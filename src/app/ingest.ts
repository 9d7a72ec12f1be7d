import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Meter, ReadingBatch } from '#store/index.ts';
import { type Message, message, type Warning, warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { countEn, countFr } from '../core/wording.ts';
import type { AppContext } from './context.ts';
import { expectedOf } from './expected-of.ts';
import { fieldOf } from './field-of.ts';
import { mostReadings, type ReadingsAnswer, readingSchema, registerSchema } from './reading-views.ts';

type Rejected = { readonly line: number; readonly code: string; readonly message: Message };

type Sent = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly batch: ReadingBatch;
  readonly rows: number;
  readonly rejected: number;
  readonly rejectedRows: readonly Rejected[];
  readonly warnings: readonly Warning[];
  /** Whether the call leaves a line among the imports: a file does, a meter's own pulse does not. */
  readonly recorded: boolean;
};

/** Calls of at most this many good rows come from machines, day and night: their lines would bury the imports of people. */
const pulseRows = 1000;

/** Reads a meter. Fails with `unknown-meter`. */
export const meterOf = async ({ store }: AppContext, id: string): Promise<Result<Meter>> => {
  const meter = await store.meters.get(id);
  return meter === undefined
    ? failure('unknown-meter', `Le compteur « ${id} » n’existe pas.`, `There is no meter “${id}”.`, {
        field: id,
      })
    : ok(meter);
};

/** Reads a meter that readings are sent to. Fails with `unknown-meter`, and with `derived-meter` for one that is computed. */
export const sourceMeterOf = async (context: AppContext, id: string): Promise<Result<Meter>> => {
  const meter = await meterOf(context, id);
  if (!meter.ok || (await context.store.derivations.get(id)) === undefined) return meter;
  return derivedMeter(id);
};

/** Readings were sent to a meter that is computed. */
export const derivedMeter = (id: string): ReturnType<typeof failure> =>
  failure(
    'derived-meter',
    `Le compteur « ${id} » est calculé à partir d’autres : envoyez les relevés à ceux-là.`,
    `Meter “${id}” is computed from others: send the readings to those.`,
    { field: id },
  );

/** Warnings as they are answered: where in the file they come from is in their sentence. */
export const toldWarnings = (warnings: readonly Warning[]): ReadingsAnswer['warnings'] =>
  warnings.map(({ code, message: sentence, ref }) => ({
    code,
    message: sentence,
    ...(ref === undefined ? {} : { ref }),
  }));

/**
 * Writes in one transaction and answers only once it is durable: what was acknowledged is kept (promise P6). Never
 * fails; throws as the store does.
 */
export const keep = async (
  { store }: AppContext,
  meter: Meter,
  sent: Sent,
): Promise<Result<ReadingsAnswer>> => {
  const counts = await store.transaction(async (into) => {
    if (!sent.recorded) return into.readings.upsert(meter.id, sent.batch);
    const importId = await into.imports.add({
      meterId: meter.id,
      fileName: sent.name,
      sha256: createHash('sha256').update(sent.bytes).digest('hex'),
      rows: sent.rows,
      rejected: sent.rejected,
      warnings: sent.warnings,
    });
    return into.readings.upsert(meter.id, sent.batch, { importId });
  });
  return ok({
    ...counts,
    rejected: sent.rejected,
    rejectedRows: [...sent.rejectedRows],
    warnings: toldWarnings(sent.warnings),
  });
};

/** The refusal `too-many-readings`, told before anything is kept. */
export const tooMany = (rows: number): Result<never> =>
  failure(
    'too-many-readings',
    `${rows} relevés en un envoi ; il en faut au plus ${mostReadings}. Rien n’a été gardé ; envoyez-les en plusieurs fois.`,
    `${rows} readings in one call; at most ${mostReadings} are taken. Nothing was kept; send them in parts.`,
  );

const nothingUsable = (rejected: readonly Rejected[]): Result<never> =>
  failure(
    'readings-none',
    `Aucun relevé utilisable dans l’envoi. ${rejected[0]?.message.fr ?? ''}`.trim(),
    `No usable reading in what was sent. ${rejected[0]?.message.en ?? ''}`.trim(),
    rejected[0] === undefined ? undefined : { line: rejected[0].line },
  );

/** Rejected rows told one by one; the count says how many there were. */
const mostTold = 1000;

const earliestMs = Date.UTC(1900, 0, 1);
const latestMs = Date.UTC(2200, 0, 1);

/** One reading as sent, or why it is none. */
const readOne = (row: unknown, line: number): { start: number; end: number; kwh: number } | Rejected => {
  const parsed = readingSchema.safeParse(row);
  if (!parsed.success) {
    const field = fieldOf(parsed.error);
    const expected = expectedOf(parsed.error, row);
    const [fr, en] =
      field === ''
        ? [' : ce n’est pas un relevé', ': it is no reading']
        : [`, champ « ${field} »${expected.fr}`, `, field “${field}”${expected.en}`];
    return {
      line,
      code: 'bad-reading',
      message: message(`Relevé ${line}${fr} ; laissé de côté.`, `Reading ${line}${en}; left out.`),
    };
  }
  const [start, end] = [Date.parse(parsed.data.start), Date.parse(parsed.data.end)];
  if (start >= earliestMs && end > start && end < latestMs) return { start, end, kwh: parsed.data.kwh };
  return {
    line,
    code: 'bad-interval',
    message: message(
      `Relevé ${line} : il finit avant de commencer, ou n’est pas entre 1900 et 2200 ; laissé de côté.`,
      `Reading ${line}: it ends before it begins, or is not between 1900 and 2200; left out.`,
    ),
  };
};

const jsonSchema = z.union([
  z.object({ readings: z.array(z.unknown()).min(1) }),
  z.object({ registers: z.array(registerSchema).min(1).max(1000) }),
]);

/** Registers are few and go with their neighbours: they are taken all or none. */
const keepRegisters = async (
  { store }: AppContext,
  meter: Meter,
  registers: readonly z.infer<typeof registerSchema>[],
): Promise<Result<ReadingsAnswer>> => {
  const { falls, ...counts } = await store.registers.add(
    meter.id,
    registers.map(({ at, kwh }) => ({ atMs: Date.parse(at), kwh })),
  );
  const warnings =
    falls === 0
      ? []
      : [
          warning(
            'meter-reset',
            `L’index recule sur ${countFr(falls, 'intervalle', 'intervalles')} : compteur changé ou remis à zéro. ${falls < 2 ? 'Il reste' : 'Ils restent'} sans valeur.`,
            `The register falls over ${countEn(falls, 'interval', 'intervals')}: the meter was changed or reset. ${falls === 1 ? 'It is' : 'They are'} left without a value.`,
          ),
        ];
  return ok({ ...counts, rejected: 0, rejectedRows: [], warnings });
};

/** Intervals of one call that lie over one another: each is kept by its start, so that their energy counts twice. */
const overlapWarnings = (startMs: Float64Array, endMs: Float64Array): Warning[] => {
  const order = Array.from(startMs.keys()).toSorted((one, other) => startMs[one] - startMs[other]);
  let [count, first, reach] = [0, -1, -1];
  for (const at of order) {
    if (reach >= 0 && startMs[at] > startMs[reach] && startMs[at] < endMs[reach]) {
      count += 1;
      if (first < 0) first = at;
    }
    if (reach < 0 || endMs[at] > endMs[reach]) reach = at;
  }
  if (first < 0) return [];
  const start = new Date(startMs[first]).toISOString();
  return [
    warning(
      'overlap',
      `${countFr(count, 'relevé commence', 'relevés commencent')} avant la fin d’un autre (le premier à ${start}) : leur énergie est comptée deux fois. Envoyez un seul pas de temps par compteur.`,
      `${countEn(count, 'reading begins', 'readings begin')} before the end of another (the first at ${start}): their energy is counted twice. Send one resolution a meter.`,
    ),
  ];
};

/** Instants that were sent with several values, told as for a file. */
const conflictWarnings = ([first, ...rest]: readonly number[]): Warning[] =>
  first === undefined
    ? []
    : [
        warning(
          'duplicate-conflict',
          `${countFr(rest.length + 1, 'relevé donne', 'relevés donnent')} une autre valeur à un instant déjà lu dans l’envoi (le premier : relevé ${first}) ; la dernière est gardée.`,
          `${countEn(rest.length + 1, 'reading gives', 'readings give')} another value to an instant read already in what was sent (the first: reading ${first}); the last is kept.`,
          { ref: `line ${first}` },
        ),
      ];

/**
 * Takes readings, or registers, as JSON; sending them twice stores them once. Good readings stand, bad ones are told by
 * their number from 1. Fails with `unknown-meter`, `bad-request`, `too-many-readings`, `readings-none`.
 */
export const ingestJson = async (
  context: AppContext,
  meterId: string,
  body: unknown,
): Promise<Result<ReadingsAnswer>> => {
  const meter = await sourceMeterOf(context, meterId);
  if (!meter.ok) return meter;
  const parsed = jsonSchema.safeParse(body);
  if (!parsed.success)
    return failure(
      'bad-request',
      'Il faut un objet avec une liste « readings » de relevés, ou « registers » d’index. Voyez /v1/openapi.json.',
      'An object with a list “readings”, or “registers”, is needed. See /v1/openapi.json.',
      { field: 'readings' },
    );
  if ('registers' in parsed.data) return keepRegisters(context, meter.value, parsed.data.registers);
  const { readings } = parsed.data;
  if (readings.length > mostReadings) return tooMany(readings.length);
  const startMs = new Float64Array(readings.length);
  const endMs = new Float64Array(readings.length);
  const energyKwh = new Float64Array(readings.length);
  const rejectedRows: Rejected[] = [];
  const kwhAt = new Map<number, number>();
  const conflicts: number[] = [];
  let [good, rejected] = [0, 0];
  for (const [index, row] of readings.entries()) {
    const read = readOne(row, index + 1);
    if ('code' in read) {
      rejected++;
      if (rejectedRows.length < mostTold) rejectedRows.push(read);
      continue;
    }
    if ((kwhAt.get(read.start) ?? read.kwh) !== read.kwh) conflicts.push(index + 1);
    kwhAt.set(read.start, read.kwh);
    startMs[good] = read.start;
    endMs[good] = read.end;
    energyKwh[good++] = read.kwh;
  }
  if (good === 0) return nothingUsable(rejectedRows);
  return keep(context, meter.value, {
    name: 'api',
    bytes:
      rejected > 0 || good > pulseRows
        ? new TextEncoder().encode(JSON.stringify(readings))
        : new Uint8Array(),
    batch: {
      startMs: startMs.subarray(0, good),
      endMs: endMs.subarray(0, good),
      energyKwh: energyKwh.subarray(0, good),
    },
    rows: readings.length,
    rejected,
    rejectedRows,
    warnings: [
      ...rejectedRows.map(({ line, code, message: sentence }) => ({
        code,
        message: sentence,
        ref: `line ${line}`,
      })),
      ...conflictWarnings(conflicts),
      ...overlapWarnings(startMs.subarray(0, good), endMs.subarray(0, good)),
    ],
    recorded: rejected > 0 || good > pulseRows,
  });
};
