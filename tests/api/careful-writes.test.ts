import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { defaultSettings } from '#app/settings.ts';
import type { Store } from '#store/index.ts';
import { type Answer, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('careful writes', (database) => {
  const { store } = database;
  let api: TestApi;
  let v1 = '';
  beforeAll(async () => {
    // Receivers of changes are registered without a name to look up.
    const settings = { ...defaultSettings, webhookNetworks: ['127.0.0.1'], secretKey: 'k'.repeat(32) };
    api = await openApi(store(), undefined, undefined, settings);
    v1 = `${api.url}v1`;
    await store().buildings.save(sampleBuilding('b'));
    await store().twins.save('b', sampleTwin('b'));
    await store().meters.save(sampleMeter('gas', 'b'));
  });
  afterAll(() => api.close());

  const send = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    call(`${v1}/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const told = ({ status, body }: Answer): [number, string | undefined] => [
    status,
    (body as { error?: { code: string } }).error?.code,
  ];
  const meter = { buildingId: 'b', carrier: 'gas', use: 'heating' };
  const scenario = (name: string) => ({ name, measures: [{ measure: 'balancing', year: 2027 }] });
  const scenarioNames = async (): Promise<unknown[]> =>
    ((await send('GET', 'buildings/b/scenarios?sort=id')).body as { name: string }[]).map(({ name }) => name);

  describe('versions', () => {
    it('stand on every single thing, whatever fields of it are asked for, and spare what has not changed', async () => {
      for (const path of ['meters/gas', 'buildings/b', 'ledger', 'buildings/b/closures']) {
        const { status, headers } = await send('GET', path);
        const tag = headers.get('etag') ?? '';
        expect([path, status, tag]).toEqual([path, 200, expect.stringMatching(/^"[\w-]+"$/)]);
        const again = await fetch(`${v1}/${path}`, { headers: { 'if-none-match': tag } });
        expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
      }
      const whole = await send('GET', 'meters/gas');
      const some = await send('GET', 'meters/gas?fields=carrier');
      expect(some.body).toEqual({ id: 'gas', carrier: 'gas' });
      expect(some.headers.get('etag')).toBe(whole.headers.get('etag'));
      expect(told(await send('GET', 'meters/gas?fields=colour'))).toEqual([400, 'fields-unknown']);
    });

    it('differ where the answer is compressed, and are taken back all the same', async () => {
      const get = (headers: Record<string, string>) => fetch(`${v1}/openapi.json`, { headers });
      const tag = (await get({ 'accept-encoding': 'gzip' })).headers.get('etag') ?? '';
      expect(tag).toMatch(/^"[\w+/=-]+-gzip"$/);
      const plain = (await get({ 'accept-encoding': 'identity' })).headers.get('etag');
      expect(plain).toBe(tag.replace('-gzip', ''));
      expect((await get({ 'if-none-match': tag })).status).toBe(304);
    });

    it('are told of no refusal and of no answer that is not a state of its address', async () => {
      expect((await send('GET', 'meters/nowhere')).headers.get('etag')).toBeNull();
      const made = await send('POST', 'buildings/b/scenarios', scenario('étape'));
      expect([made.status, made.headers.get('etag')]).toEqual([200, null]);
      await send('DELETE', `buildings/b/scenarios/${(made.body as { id: number }).id}`);
    });
  });

  describe('If-Match', () => {
    it('of an operation that reads no body know the request by all of it, and outlive what nobody read', async () => {
      const made = await send('POST', 'buildings/b/scenarios', scenario('unread'));
      const id = (made.body as { id: number }).id;
      const remove = (letter: string): Promise<Answer> =>
        send('DELETE', `buildings/b/scenarios/${id}`, letter.repeat(300_000), {
          'content-type': 'text/plain',
          'idempotency-key': 'unread-1',
        });
      const first = await remove('x');
      expect(first.status).toBeLessThan(300);
      const again = await remove('x');
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([first.status, 'true']);
      expect((await remove('y')).status).toBe(422);
      expect((await send('GET', 'ledger')).status).toBe(200);
    });

    it('lets a write through on the version it names, once, and gives the next version', async () => {
      const first = (await send('PUT', 'meters/m', meter)).headers.get('etag') ?? '';
      expect((await send('GET', 'meters/m')).headers.get('etag')).toBe(first);
      const change = { ...meter, name: 'Chaufferie nord' };
      const done = await send('PUT', 'meters/m', change, { 'if-match': `"other", ${first}` });
      expect(done.status).toBe(200);
      expect(done.headers.get('etag')).not.toBe(first);
      expect(told(await send('PUT', 'meters/m', meter, { 'if-match': first }))).toEqual([
        412,
        'precondition-failed',
      ]);
      expect((await send('GET', 'meters/m')).body).toMatchObject({ name: 'Chaufferie nord' });
      for (const tag of [`W/${done.headers.get('etag')}`, '""', 'x'])
        expect((await send('PUT', 'meters/m', meter, { 'if-match': tag })).status).toBe(412);
      expect((await send('PUT', 'meters/m', meter, { 'if-match': '*' })).status).toBe(200);
    });

    it('is refused of what is not there, and If-None-Match: * of what is', async () => {
      expect((await send('PUT', 'meters/new', meter, { 'if-match': '*' })).status).toBe(412);
      expect((await send('PUT', 'meters/new', meter, { 'if-none-match': '*' })).status).toBe(200);
      expect(told(await send('PUT', 'meters/new', meter, { 'if-none-match': '*' }))).toEqual([
        412,
        'precondition-failed',
      ]);
    });

    it('guards works, closures, answers and deletions too', async () => {
      const day = '2024-05-01';
      const works = { id: 'w', measures: ['balancing'], start: day, end: day, by: 'test', reason: 'x' };
      await send('POST', 'buildings/b/works', works);
      const tag = (await send('GET', 'buildings/b/works/w')).headers.get('etag') ?? '';
      const patch = { costEur: 1000, by: 'test', reason: 'facture' };
      expect((await send('PATCH', 'buildings/b/works/w', patch, { 'if-match': tag })).status).toBe(200);
      expect((await send('PATCH', 'buildings/b/works/w', patch, { 'if-match': tag })).status).toBe(412);
      const erase = { by: 'test', reason: 'x' };
      expect((await send('DELETE', 'meters/m', erase, { 'if-match': '"old"' })).status).toBe(412);
      expect((await send('GET', 'meters/m')).status).toBe(200);
      const closures = { closures: [], by: 'test' };
      expect((await send('PUT', 'buildings/b/closures', closures, { 'if-match': '"old"' })).status).toBe(412);
    });

    it('says so where there is nothing to compare', async () => {
      expect(told(await send('POST', 'programmes', {}, { 'if-match': '*' }))).toEqual([
        412,
        'precondition-impossible',
      ]);
    });
  });

  describe('Idempotency-Key', () => {
    it('does a write once, however often it comes, and answers it the same', async () => {
      const key = { 'idempotency-key': 'une-fois' };
      const first = await send('POST', 'buildings/b/scenarios', scenario('une fois'), key);
      const again = await send('POST', 'buildings/b/scenarios', scenario('une fois'), key);
      expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([200, null]);
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
      expect(await scenarioNames()).toEqual(['une fois']);
    });

    it('refuses the same key with another body, address or role', async () => {
      const key = { 'idempotency-key': 'une-fois' };
      for (const [path, body] of [
        ['buildings/b/scenarios', scenario('deux fois')],
        ['buildings/b/scenarios?x=1', scenario('une fois')],
      ] as const)
        expect(told(await send('POST', path, body, key))).toEqual([422, 'idempotency-key-reused']);
      expect(await scenarioNames()).toEqual(['une fois']);
    });

    it('keeps no refusal: the corrected request may use the key', async () => {
      const key = { 'idempotency-key': 'corrigee' };
      const wrong = { ...scenario('corrigée'), measures: [{ measure: 'magic', year: 2027 }] };
      expect((await send('POST', 'buildings/b/scenarios', wrong, key)).status).toBe(422);
      expect((await send('POST', 'buildings/b/scenarios', scenario('corrigée'), key)).status).toBe(200);
    });

    it.each(['', ' ', 'é', 'a b', 'x'.repeat(201)])('refuses the key %j', async (key) => {
      const answer = await postJson(`${v1}/buildings/b/scenarios`, scenario('non'), {
        'idempotency-key': encodeURI(key) === key ? key : Buffer.from(key).toString('latin1'),
      });
      expect(told(answer)).toEqual([400, 'idempotency-key-invalid']);
    });

    it('does at most one of many at once; the others may try again', async () => {
      const key = { 'idempotency-key': 'ensemble' };
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => send('POST', 'buildings/b/scenarios', scenario('ensemble'), key)),
      );
      for (const answer of answers) {
        if (answer.status === 200) continue;
        expect(told(answer)).toEqual([409, 'write-in-progress']);
        expect(answer.headers.get('retry-after')).toBe('1');
      }
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
      expect((await scenarioNames()).filter((name) => name === 'ensemble')).toHaveLength(1);
    });

    it('keeps the readings of a call once, as files too', async () => {
      const csv = 'date;kWh\n2024-01-01;1\n2024-01-02;2\n2024-01-03;3\n';
      const post = () =>
        call(`${v1}/meters/gas/readings`, {
          method: 'POST',
          headers: { 'content-type': 'text/csv', 'idempotency-key': 'csv' },
          body: csv,
        });
      const [first, again] = [await post(), await post()];
      expect(first.body).toMatchObject({ inserted: 3 });
      expect([again.status, again.body]).toEqual([200, first.body]);
    });

    it('is one with the write: where the answer cannot be kept, nothing is', async () => {
      const faulty = (own: Store): Store => ({
        ...own,
        within: (work) =>
          own.within((inner) =>
            work({
              ...inner,
              answers: { ...inner.answers, keep: () => Promise.reject(new Error('disk full')) },
            }),
          ),
      });
      const broken = await openApi({
        ...store(),
        forOrganisation: async (id) => faulty(await store().forOrganisation(id)),
      });
      const answer = await postJson(`${broken.url}v1/buildings/b/scenarios`, scenario('perdue'), {
        'idempotency-key': 'perdue',
      });
      expect(told(answer)).toEqual([500, 'internal']);
      expect(await scenarioNames()).not.toContain('perdue');
      await broken.close();
      const later = await send('POST', 'buildings/b/scenarios', scenario('perdue'), {
        'idempotency-key': 'perdue',
      });
      expect(later.status).toBe(200);
    });

    it('keeps no answer that tells a secret, and says so when it is asked for again', async () => {
      const key = { 'idempotency-key': 'webhook' };
      const receiver = { url: 'http://127.0.0.1:9/' };
      const first = await send('POST', 'webhooks', receiver, key);
      expect(first.status).toBe(200);
      const secret = (first.body as { secret: string }).secret;
      expect(secret).toMatch(/^whsec_/);
      expect(told(await send('POST', 'webhooks', receiver, key))).toEqual([409, 'secret-told-once']);
      const kept = await store().answers.get('webhook');
      expect(Buffer.from(kept?.body ?? []).toString()).not.toContain(secret);
    });

    it('is forgotten after a day', async () => {
      const key = { 'idempotency-key': 'hier' };
      await send('POST', 'buildings/b/scenarios', scenario('hier'), key);
      const client = new pg.Client({ connectionString: database.url() });
      await client.connect();
      await client.query(
        `update kept_answers set created_at = now() - interval '25 hours' where key = 'hier'`,
      );
      const other = await send('POST', 'buildings/b/scenarios', scenario('aujourd’hui'), key);
      expect([other.status, other.headers.get('idempotency-replayed')]).toEqual([200, null]);
      await client.query(
        `update kept_answers set created_at = now() - interval '25 hours' where key = 'hier'`,
      );
      await client.end();
      expect(await store().answers.purge()).toBe(1);
    });

    it('is of one organisation: the same key of another one is its own', async () => {
      const guarded = await openApi(store(), undefined, guardedAccess(store().identities));
      const keyOf = async (organisationId: number, role: string): Promise<Record<string, string>> => {
        const { key } = await store().identities.addKey({ organisationId, role, name: 'm', createdBy: 't' });
        return { authorization: `Bearer ${key}`, 'idempotency-key': 'partagée'.replace('é', 'e') };
      };
      const theirs = await store().identities.addOrganisation('voisin');
      await (await store().forOrganisation(theirs)).buildings.save(sampleBuilding('theirs'));
      const put = (meterId: string, buildingId: string, headers: Record<string, string>) =>
        call(`${guarded.url}v1/meters/${meterId}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ ...meter, buildingId }),
        });
      const own = await keyOf(1, 'manager');
      expect((await put('shared', 'b', own)).status).toBe(200);
      const other = await put('elsewhere', 'theirs', await keyOf(theirs, 'manager'));
      expect([other.status, other.headers.get('idempotency-replayed')]).toEqual([200, null]);
      expect((await put('shared', 'b', own)).headers.get('idempotency-replayed')).toBe('true');
      expect(told(await put('shared', 'b', await keyOf(1, 'engineer')))).toEqual([
        422,
        'idempotency-key-reused',
      ]);
      await guarded.close();
    });
  });
});
