import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { openApiDocument, operationOf } from '#api/openapi.ts';
import { userRoles } from '#api/permissions.ts';
import { administratorLink } from '#app/access.ts';
import { startLedger } from '#app/clock.ts';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('who may enter', ({ store }) => {
  let api: TestApi;
  let v1 = '';
  const keys = new Map<string, string>();
  let foreign = '';
  beforeAll(async () => {
    api = await openApi(store(), undefined, guardedAccess(store().identities));
    v1 = `${api.url}v1`;
    await store().buildings.save(sampleBuilding('b'));
    await store().meters.save({ ...sampleMeter('gas', 'b'), personal: true });
    await store().weather.saveStation({
      id: 'b',
      name: sampleBuilding('b').name.fr,
      latitudeDeg: 44.8,
      longitudeDeg: -0.6,
      altitudeM: 47,
      source: 'api',
      simulated: false,
    });
    const entry = { name: 'test', createdBy: 'test' };
    for (const role of userRoles)
      keys.set(role, (await store().identities.addKey({ ...entry, organisationId: 1, role })).key);
    const organisationId = await store().identities.addOrganisation('other');
    foreign = (await store().identities.addKey({ ...entry, organisationId, role: 'administrator' })).key;
  });
  afterAll(() => api.close());

  const bearer = (key = ''): Record<string, string> => ({ authorization: `Bearer ${key}` });
  const codeOf = (body: unknown): string => (body as { error: { code: string } }).error.code;

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['a forged key', bearer(`stk_${'A'.repeat(43)}`)],
    ['a token that signs itself with nothing', bearer('eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.')],
    ['a password', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
    ['a forged session', { cookie: 'stacoptim_session=admin' }],
    ['the header of before', { 'x-stacoptim-role': 'data-controller' }],
  ])('is refused with %s', async (_what, headers) => {
    const { status, body, headers: sent } = await call(`${v1}/stock`, { headers });
    expect([status, codeOf(body)]).toEqual([401, 'not-authenticated']);
    expect(sent.get('www-authenticate')).toBe('Bearer');
  });

  it('is refused with a key in the address', async () => {
    const { status, body } = await call(`${v1}/stock?key=${keys.get('viewer')}`);
    expect([status, codeOf(body)]).toEqual([400, 'key-in-address']);
  });

  it('opens a session once by a link, which another site cannot use', async () => {
    const context = { store: store(), nowMs: () => 0, startLedger };
    const link = await administratorLink(context, api.url);
    const entered = await fetch(link, { redirect: 'manual' });
    expect(entered.status).toBe(303);
    const cookie = entered.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);
    const session = { cookie: cookie.split(';')[0] ?? '' };
    expect((await call(`${v1}/ledger`, { headers: session })).status).toBe(200);
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ];
    for (const from of elsewhere) {
      const { status, body } = await postJson(`${v1}/programmes`, {}, { ...session, ...from });
      expect([status, codeOf(body)]).toEqual([403, 'cross-site']);
    }
    const own = { ...session, origin: api.url.slice(0, -1) };
    expect((await postJson(`${v1}/programmes`, {}, own)).status).toBe(400);
  });

  it('tells the methods of an address', async () => {
    const { status, headers } = await call(`${v1}/stock`, {
      method: 'DELETE',
      headers: bearer(keys.get('administrator')),
    });
    expect([status, headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('keeps the readings of a dwelling for administrators', async () => {
    for (const role of userRoles) {
      const { status } = await call(`${v1}/meters/gas/readings`, { headers: bearer(keys.get(role)) });
      expect([role, status]).toEqual([role, role === 'administrator' ? 200 : 403]);
    }
  });

  it('is declared in the document, so that a generated client sends its key', () => {
    expect(openApiDocument()).toMatchObject({
      security: [{ key: [] }],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    });
  });

  describe('every operation of the document', () => {
    const { paths } = openApiDocument() as { paths: Record<string, Record<string, unknown>> };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method): [string, string] => [method.toUpperCase(), path]),
    );
    const send = (method: string, path: string, key: string | undefined): Promise<Response> => {
      const id = path.startsWith('/ngsi-ld')
        ? 'urn:ngsi-ld:Building:b'
        : path.startsWith('/v1/meters')
          ? 'gas'
          : 'b';
      const address = path.replace('{id}', id).replace('{decision}', '1').slice(1);
      const body = ['GET', 'HEAD'].includes(method) ? {} : { body: '{}' };
      return fetch(api.url + address, {
        method,
        headers: { ...bearer(key), 'content-type': 'application/json' },
        ...body,
      });
    };

    it.each(operations)('%s %s answers every role without an error of its own', async (method, path) => {
      expect((await send(method, path, undefined)).status).toBe(401);
      for (const role of userRoles) {
        // A deletion that succeeds would change what the next role sees.
        if (method === 'DELETE') continue;
        const { status } = await send(method, path, keys.get(role));
        expect([role, status < 500]).toEqual([role, true]);
        if (role === 'viewer' && method !== 'GET' && operationOf(method, path)?.allow !== 'read')
          expect(status).toBe(403);
      }
    });

    it.each(operations.filter(([, path]) => path.includes('{id}')))(
      '%s %s gives another organisation nothing',
      async (method, path) => {
        const response = await send(method, path, foreign);
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.status).toBeLessThan(500);
        expect(await response.text()).not.toContain(sampleBuilding('b').name.fr);
      },
    );
  });
});
