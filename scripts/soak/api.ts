/**
 * `npm run soak:api -- [--count 10000] [--minutes 60] [--seed 1] [--buildings 7] [--slow 120000]`: sends requests made from the OpenAPI
 * document to a server with the first buildings of the sample stock on a database of its own. Exits 0 when none was answered by a 5xx, with a stack trace,
 * with something else than the document says, or not at all within `--slow` milliseconds. The same seed sends the same
 * requests, and each failure is printed with what was sent. With `--minutes` it goes on for at least that long (and the count, where both are given), and what the process holds
 * after a collection of garbage must not grow from the second quarter to the last by more than a tenth and 16 MB.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { openAccess } from '../../src/api/access.ts';
import { openApiDocument } from '../../src/api/openapi.ts';
import { listen } from '../../src/api/server.ts';
import { startLedger } from '../../src/app/clock.ts';
import { correctStock } from '../../src/app/correct-stock.ts';
import { loadStock } from '../../src/app/load-stock.ts';
import { planProgramme } from '../../src/app/programme.ts';
import { retrain } from '../../src/app/train.ts';
import { openStore } from '../../src/store/index.ts';
import { seeded } from '../stock/random.ts';
import { describedBy, requestMaker, type RequestMaker } from './hostile-requests.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    buildings: { type: 'string', default: '7' },
    slow: { type: 'string', default: '120000' },
  },
});

type Sent = ReturnType<RequestMaker['next']>;

/** A stack of ours or of Node, or the words of the database itself; a sentence that names an instant (“at x: … T00:00:00”) is none. */
const traces =
  /\bat (?:[\w.<>$ ]{1,80} \()?[^\s"()]{1,200}:\d+:\d+|node:internal|\.ts:\d+|\bsyntax error at or near\b|QueryFailedError/;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

/** Checks made from the schemas of the document itself, as a client that has nothing else would make them. */
const checks = new Map<object, z.ZodType>();
const checkOf = (schema: object): z.ZodType => {
  const known = checks.get(schema) ?? z.fromJSONSchema(schema as JsonSchema);
  checks.set(schema, known);
  return known;
};

/** What is wrong with an answer against the document, or nothing. */
const complaint = ({ operation }: Sent, response: Response, text: string): string | undefined => {
  const { status, headers } = response;
  if (status >= 500 && headers.get('retry-after') === null) return `answered ${status}`;
  if (traces.test(text)) return 'a stack trace';
  // Node itself gives up an address of over 16 kB, before anything of ours sees it.
  if (status === 431) return undefined;
  const answers = operation.answers[String(status)] ?? operation.answers[`${String(status)[0]}XX`];
  if (answers === undefined) return `a status that the document does not name: ${status}`;
  if (text === '') return Object.keys(answers).length === 0 ? undefined : `an empty answer to ${status}`;
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  const schema = answers[type]?.schema;
  if (schema === undefined) return `a type that the document does not name for ${status}: ${type}`;
  if (!type.endsWith('json')) return undefined;
  const [issue] = checkOf(schema).safeParse(parsed(text)).error?.issues ?? [];
  return issue === undefined ? undefined : `not as documented at ${issue.path.join('.')}: ${issue.message}`;
};

const folder = mkdtempSync(join(tmpdir(), 'stacoptim-soak-api-'));
const store = await openStore({ dataDir: join(folder, 'pg') });
const context = { store, nowMs: () => Date.now(), startLedger };
/** The first of the sample stock, taken once round the loop, so that every operation has something to answer with. */
const prepare = async (): Promise<void> => {
  const sample = join(import.meta.dirname, '../../buildings');
  const stock = join(folder, 'stock');
  cpSync(sample, stock, { recursive: true });
  const file = z
    .looseObject({ buildings: z.array(z.string()) })
    .parse(JSON.parse(readFileSync(join(sample, 'stock.json'), 'utf8')));
  const some = { ...file, buildings: file.buildings.slice(0, Number(values.buildings)) };
  writeFileSync(join(stock, 'stock.json'), JSON.stringify(some));
  const loaded = await loadStock(context, stock, { progress: () => undefined });
  if (!loaded.ok) throw new Error(loaded.error.message.en);
  await retrain(context);
  for (const done of [await correctStock(context), await planProgramme(context, { budgetEur: 1_500_000 })])
    if (!done.ok) throw new Error(done.error.message.en);
};
await prepare();
const buildings = (await store.buildings.list()).map(({ id }) => id);
const meters = (await store.meters.list()).map(({ id }) => id);
const access = openAccess({ organisationId: 1, role: 'administrator', name: 'texte é' });
const { server, url } = await listen(context, '127.0.0.1', 0, access);
const works = (await store.works.list()).map(({ id }) => id);
const stations = (await store.weather.stations()).map(({ id }) => id);
const { next } = requestMaker(seeded(Number(values.seed)), describedBy(openApiDocument()), {
  buildings,
  meters,
  works,
  'weather-stations': stations,
});

const erasesBuilding = '/v1/buildings/{id}';

/** A deletion takes a building made for it: without the others nothing is left to ask of. */
const spared = async (sent: Sent, number: number): Promise<Sent> => {
  const known = buildings.some((id) => sent.address === `v1/buildings/${id}`);
  if (!known) return sent;
  const id = `spare-${number}`;
  await store.buildings.save({ id, name: { fr: id, en: id }, use: 'other', simulated: true, facts: {} });
  return { ...sent, address: `v1/buildings/${id}` };
};

/** The body; of a stream of events, which lasts as long as its job, what comes first. */
const textOf = async (response: Response): Promise<string> => {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
};

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Megabytes held once nothing that can be freed is left. */
const heldMb = (): number => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
};

const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
const count = Number(values.count ?? (minutes === undefined ? 10_000 : 0));
const began = performance.now();
/** From 0 to 1: how much of the soak is done, of its requests and of its time whichever is behind. */
const shareDone = (sent: number): number =>
  Math.min(
    count === 0 ? 1 : sent / count,
    minutes === undefined ? 1 : (performance.now() - began) / (minutes * 60_000),
  );

const statuses = new Map<number, number>();
const held: number[] = [];
let failures = 0;
let i = 0;
for (; shareDone(i) < 1; i += 1) {
  if (shareDone(i) * 40 >= held.length) held.push(heldMb());
  const made = next();
  const sent =
    made.operation.path === erasesBuilding && made.operation.method === 'DELETE'
      ? await spared(made, i)
      : made;
  const { operation, address, headers, body } = sent;
  const send = async (): Promise<[Response, string]> => {
    const response = await fetch(url + address, {
      method: operation.method,
      headers,
      signal: AbortSignal.timeout(Number(values.slow)),
      ...(body === undefined ? {} : { body }),
    });
    return [response, await textOf(response)];
  };
  let wrong: string | undefined;
  try {
    let [response, text] = await send();
    // Too many requests pass in a moment; a full queue, which nobody works off here, is an answer.
    for (let again = 0; again < 3 && response.status === 429; again += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      [response, text] = await send();
    }
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    wrong = complaint(sent, response, text);
  } catch (error) {
    wrong = `no answer: ${(error as Error).message}`;
  }
  if (wrong === undefined) continue;
  failures += 1;
  process.stdout.write(
    `request ${i}: ${operation.method} /${address.slice(0, 300)} ${(body ?? '').slice(0, 500)}\n  ${wrong}\n`,
  );
}
server.closeAllConnections();
await new Promise((resolve) => server.close(resolve));
await store.close();
rmSync(folder, { recursive: true, force: true });

const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status} × ${count}`);
const mean = (part: readonly number[]): number =>
  part.reduce((sum, mb) => sum + mb, 0) / Math.max(1, part.length);
const early = mean(held.slice(Math.floor(held.length / 4), Math.floor(held.length / 2)));
const late = mean(held.slice(Math.floor((3 * held.length) / 4)));
const grew = minutes !== undefined && late > 1.1 * early + 16;
process.stdout.write(
  `held after a collection: ${early.toFixed(0)} MB in the second quarter, ${late.toFixed(0)} MB in the last${grew ? ': it grows' : ''}\n`,
);
process.stdout.write(`${i} requests, seed ${values.seed}: ${counts.join(', ')}; ${failures} wrong\n`);
process.exitCode = failures === 0 && !grew ? 0 : 1;
