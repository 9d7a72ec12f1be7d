import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { createClient } from '#client/client.ts';
import { addressOf, initOf } from '#client/request.ts';
import { openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';

it('writes addresses from their parts: nothing of them can leave its place', () => {
  expect(addressOf('GET /v1/buildings/{id}', { path: { id: '../keys?a=é' } })).toBe(
    'v1/buildings/..%2Fkeys%3Fa%3D%C3%A9',
  );
  expect(addressOf('GET /v1/buildings', { query: { use: ['school', 'office'], limit: 2 } })).toBe(
    'v1/buildings?use=school&use=office&limit=2',
  );
  expect(addressOf('GET /v1/stock')).toBe('v1/stock');
});

it('sends values as JSON and files as they are', () => {
  const asked = { path: { id: 'a' }, body: { constructionYear: 1958 }, headers: { 'if-match': '"v"' } };
  expect(initOf('PATCH /v1/buildings/{id}/identity', asked)).toEqual({
    method: 'PATCH',
    body: '{"constructionYear":1958}',
    headers: { 'content-type': 'application/json', 'if-match': '"v"' },
  });
  const file = new Uint8Array([1, 2]);
  expect(initOf('POST /v1/onboarding', { body: file })).toEqual({ method: 'POST', body: file, headers: {} });
});

withStores('the client of the API', ({ store }) => {
  let api: TestApi;
  let key = '';
  beforeAll(async () => {
    api = await openApi(store(), () => Date.now(), guardedAccess(store().identities));
    const entry = { organisationId: 1, role: 'integration', name: 'GMAO', createdBy: 'test' };
    key = (await store().identities.addKey(entry)).key;
  });
  afterAll(() => api.close());

  it('pushes, reads some fields and changes on the version that was read', async () => {
    const client = createClient({ url: api.url, key });
    const pushed = await client.call('POST /v1/buildings', {
      body: { buildings: [{ id: 'lilas', name: 'Les Lilas', use: 'housing' }] },
    });
    expect(pushed).toMatchObject({ ok: true, status: 200, value: { created: 1 } });
    const list = await client.call('GET /v1/buildings', { query: { fields: 'name', limit: 5 } });
    if (!list.ok) throw new Error(list.error.message.en);
    expect(list.value.map((one) => [one.id, one.name?.fr, Object.keys(one).length])).toEqual([
      ['lilas', 'Les Lilas', 2],
    ]);
    const path = { id: 'lilas' };
    const read = await client.call('GET /v1/buildings/{id}/identity', { path });
    const headers = { 'if-match': read.headers.get('etag') ?? '' };
    const change = (name: string) =>
      client.call('PATCH /v1/buildings/{id}/identity', { path, body: { name }, headers });
    expect(await change('Les Tilleuls')).toMatchObject({ ok: true, value: { name: { fr: 'Les Tilleuls' } } });
    expect(await change('Les Ormes')).toMatchObject({
      ok: false,
      status: 412,
      error: { code: 'precondition-failed' },
    });
  });

  it('tells a refusal, a server that is away and an answer that is no JSON, each by its code', async () => {
    const codeOf = async (of: ReturnType<typeof createClient>): Promise<unknown> => {
      const outcome = await of.call('GET /v1/buildings/{id}', { path: { id: 'nulle-part' } });
      return outcome.ok ? undefined : [outcome.status, outcome.error.code];
    };
    expect(await codeOf(createClient({ url: api.url, key }))).toEqual([404, 'unknown-building']);
    expect(await codeOf(createClient({ url: api.url.replace(/\/$/, '') }))).toEqual([
      401,
      'not-authenticated',
    ]);
    expect(await codeOf(createClient({ url: 'http://127.0.0.1:1' }))).toEqual([0, 'unreachable']);
    const html = createClient({ url: api.url, fetch: () => Promise.resolve(new Response('<html>')) });
    expect(await codeOf(html)).toEqual([200, 'not-json']);
  });
});

it('is what `stacoptim/client` names', () => {
  const found = createRequire(import.meta.url).resolve('stacoptim/client');
  expect(found).toBe(join(import.meta.dirname, '../../src/client/client.ts'));
});
