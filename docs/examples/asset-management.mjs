// What an asset-management system does with the API, from nothing but docs/api.md and docs/webhooks.md. Node alone:
//   STACOPTIM_URL=http://127.0.0.1:8080/ STACOPTIM_KEY=stk_… node docs/examples/asset-management.mjs
// With an administrator's key in STACOPTIM_ADMIN_KEY it also receives webhooks, on this computer: the server must have been
// started with STACOPTIM_WEBHOOK_ALLOW=127.0.0.1. The figures it pushes are made up. Prints one line of JSON at the end.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const { STACOPTIM_URL = 'http://127.0.0.1:8080/', STACOPTIM_KEY, STACOPTIM_ADMIN_KEY } = process.env;

/** One call; tries again what says when to try again, with the same idempotency key. */
const call = async (method, path, { body, key = STACOPTIM_KEY, ...headers } = {}) => {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(new URL(path, STACOPTIM_URL), {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const wait = response.headers.get('retry-after');
    if (wait !== null && attempt < 5) {
      await response.arrayBuffer();
      await sleep(Number(wait) * 1000);
      continue;
    }
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
};
const good = async (...asked) => {
  const answer = await call(...asked);
  if (answer.status >= 400) throw new Error(`${asked[0]} ${asked[1]}: ${answer.body.detail}`);
  return answer;
};

/** A whole list: each page says where the next one is. */
const list = async (path) => {
  const items = [];
  for (let next = path; next !== undefined; ) {
    const { headers, body } = await good('GET', next);
    items.push(...body);
    next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  }
  return items;
};

/** Every change after a position, and the position to begin with next time: keep it where it is not lost. */
const changesAfter = async (position) => {
  const changes = [];
  for (let [since, more] = [position, true]; ; ) {
    if (!more) return { changes, position: since };
    const { body } = await good('GET', `/v1/changes?since=${since}&limit=100`);
    changes.push(...body.changes);
    [since, more] = [body.next, body.more];
  }
};

/** Takes deliveries whose signature is right, each change once. */
const openReceiver = async (since) => {
  const changes = new Map();
  let secret = '';
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const bytes = Buffer.concat(parts);
    const [id, at, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
      String(request.headers[`webhook-${name}`]),
    );
    const mac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'));
    const expected = Buffer.from(`v1,${mac.update(`${id}.${at}.`).update(bytes).digest('base64')}`);
    const signed = signatures
      .split(' ')
      .map((one) => Buffer.from(one))
      .some((one) => one.length === expected.length && timingSafeEqual(one, expected));
    if (!signed || Math.abs(Date.now() / 1000 - Number(at)) > 300) return response.writeHead(401).end();
    for (const change of JSON.parse(bytes).changes) changes.set(change.id, change);
    return response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}/`;
  const { body } = await good('POST', '/v1/webhooks', { key: STACOPTIM_ADMIN_KEY, body: { url, since } });
  secret = body.secret;
  return {
    changes,
    close: async () => {
      await good('DELETE', `/v1/webhooks/${body.id}`, { key: STACOPTIM_ADMIN_KEY });
      server.closeAllConnections();
      server.close();
    },
  };
};

const known = await list('/v1/buildings?fields=identifiers');
const { position: start } = await changesAfter((await good('GET', '/v1/changes?limit=1')).body.latest);
const receiver = STACOPTIM_ADMIN_KEY === undefined ? undefined : await openReceiver(start);

// A hundred buildings with our own identifiers; a repetition under the same key is answered and not done again.
const buildings = Array.from({ length: 100 }, (_, index) => ({
  name: `Résidence ${index + 1}`,
  use: 'housing',
  commune: 'Rennes',
  constructionYear: 1950 + (index % 50),
  floorAreaM2: 1000 + 10 * index,
  storeys: 4,
  identifiers: { own: [`PAT-${index + 1}`] },
}));
const push = () => good('POST', '/v1/buildings', { 'idempotency-key': `lot-${start}`, body: { buildings } });
const pushed = await push();
const repeated = await push();

// A change on a version that somebody else has changed meanwhile: read it again, and make it on the new one.
const [{ id }] = (await good('GET', '/v1/buildings?own=PAT-42&fields=name')).body;
const identity = `/v1/buildings/${id}/identity`;
const read = (await good('GET', identity)).headers.get('etag');
await good('PATCH', identity, { body: { constructionYear: 1961, reason: `relevé ${start}` } });
const rename = (version) => call('PATCH', identity, { 'if-match': version, body: { name: 'Les Tilleuls' } });
const first = await rename(read);
const second = first.status === 412 ? await rename((await good('GET', identity)).headers.get('etag')) : first;

// A meter, and a year of days; sending them twice stores them once.
const meter = `/v1/meters/${id}-gaz`;
const body = { buildingId: id, name: 'Chaufferie', carrier: 'gas', use: 'heating' };
await good('PUT', meter, { body });
const day = (index) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString();
const readings = Array.from({ length: 365 }, (_, index) => ({
  start: day(index),
  end: day(index + 1),
  kwh: 500 + 400 * Math.cos(index / 58),
}));
const sent = await good('POST', `${meter}/readings`, { body: { readings } });
const again = await good('POST', `${meter}/readings`, { body: { readings } });

// A retraining, followed where its answer says.
let job = await good('POST', '/v1/jobs', {
  'idempotency-key': `retraining-${start}`,
  body: { kind: 'retraining' },
});
const place = job.headers.get('location');
while (['waiting', 'running'].includes(job.body.state)) {
  await sleep(500);
  job = await good('GET', place);
}

// All that came of it, and then only what came since.
const followed = await changesAfter(start);
await good('PATCH', identity, { body: { commune: 'Vitré' } });
const resumed = await changesAfter(followed.position);
const all = [...followed.changes, ...resumed.changes];
const missing = () => all.filter(({ id: change }) => receiver?.changes.has(change) === false);
for (let i = 0; missing().length > 0 && i < 120; i += 1) await sleep(500);
await receiver?.close();

console.log(
  JSON.stringify({
    known: known.length,
    now: (await list('/v1/buildings?limit=40&fields=name')).length,
    pushed: pushed.body.created,
    replayed: repeated.headers.get('idempotency-replayed'),
    rename: [first.status, second.status],
    readings: [sent.body.inserted, again.body.unchanged],
    job: job.body.state,
    changes: followed.changes.length,
    resumed: resumed.changes.map(({ kind, action, subject }) => `${kind} ${action} ${subject}`),
    missedByWebhook: receiver === undefined ? null : missing().length,
  }),
);
