/**
 * `npm run soak:api -- [--count 10000] [--seed 1] [--buildings 7] [--slow 120000]`: sends requests made from the OpenAPI
 * document to a server with the first buildings of the sample stock on a database of its own. Exits 0 when none was answered by a 5xx, with a stack trace,
 * with something else than the document says, or not at all within `--slow` milliseconds. The same seed sends the same
 * requests, and each failure is printed with what was sent.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    buildings: { type: 'string', default: '7' },
    slow: { type: 'string', default: '120000' },
  },
});

type Sent = ReturnType<RequestMaker['next']>;

/** A stack of ours or of Node, or the words of the database itself. */
const traces =
  /\bat [^\n"]{1,200}:\d+:\d+|node:internal|\.ts:\d+|\bsyntax error at or near\b|QueryFailedError/;

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
  if (text === '') return Object.keys(answers).length === 0 ? undefined : 'an empty answer';
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
const { next } = requestMaker(seeded(Number(values.seed)), describedBy(openApiDocument()), {
  buildings,
  meters,
  works,
});

/** The body; of a stream of events, which lasts as long as its job, what comes first. */
const textOf = async (response: Response): Promise<string> => {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
};

const statuses = new Map<number, number>();
let failures = 0;
for (let i = 0; i < Number(values.count); i += 1) {
  const sent = next();
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
    while (response.status === 429) {
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
process.stdout.write(
  `${values.count} requests, seed ${values.seed}: ${counts.join(', ')}; ${failures} wrong\n`,
);
process.exitCode = failures === 0 ? 0 : 1;
