/**
 * `npm run soak:api -- [--count 10000] [--seed 1] [--slow 120000]`: sends requests made from the OpenAPI document to a
 * server with the sample stock on a database of its own. Exits 0 when none was answered by a 5xx, with a stack trace,
 * with something else than the document says, or not at all within `--slow` milliseconds. The same seed sends the same
 * requests, and each failure is printed with what was sent.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openAccess } from '../../src/api/access.ts';
import { openApiDocument, operationOf } from '../../src/api/openapi.ts';
import { listen } from '../../src/api/server.ts';
import { startLedger } from '../../src/app/clock.ts';
import { runDemo } from '../../src/app/demo.ts';
import { failureSchema } from '../../src/app/views.ts';
import { openStore } from '../../src/store/index.ts';
import { seeded } from '../stock/random.ts';
import { describedBy, requestMaker, type RequestMaker } from './hostile-requests.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
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

/** What is wrong with an answer, or nothing. */
const complaint = (sent: Sent, response: Response, text: string): string | undefined => {
  if (response.status >= 500 && response.headers.get('retry-after') === null)
    return `answered ${response.status}`;
  if (traces.test(text)) return 'a stack trace';
  const json = parsed(text);
  if (response.status >= 400)
    return failureSchema.safeParse(json).success ? undefined : 'a refusal that is not in our words';
  if (json === undefined) return undefined;
  const [path = ''] = sent.address.split('?');
  const answer = operationOf(sent.operation.method, `/${path}`)?.answer.safeParse(json);
  const issue = answer?.error?.issues[0];
  return issue === undefined ? undefined : `not as documented at ${issue.path.join('.')}: ${issue.message}`;
};

const folder = mkdtempSync(join(tmpdir(), 'stacoptim-soak-api-'));
const store = await openStore({ dataDir: join(folder, 'pg') });
const context = { store, nowMs: () => Date.now(), startLedger };
const demo = await runDemo(context, () => undefined);
if (!demo.ok) throw new Error(demo.error.message.en);
const buildings = (await store.buildings.list()).map(({ id }) => id);
const meters = (await store.meters.list()).map(({ id }) => id);
const access = openAccess({ organisationId: 1, role: 'administrator', name: 'texte é' });
const { server, url } = await listen(context, '127.0.0.1', 0, access);
const { next } = requestMaker(seeded(Number(values.seed)), describedBy(openApiDocument()), [
  ...buildings,
  ...meters,
]);

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
    return [response, await response.text()];
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
