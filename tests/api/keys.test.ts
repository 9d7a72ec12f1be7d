import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import type { AuditLine, KeyView, KeyWithSecret } from '#app/keys-views.ts';
import { type Answer, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('keys and the audit log', ({ store }) => {
  let api: TestApi;
  let v1 = '';
  let admin: Record<string, string> = {};
  const nowMs = () => Date.now();
  const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
  beforeAll(async () => {
    api = await openApi(store(), nowMs, guardedAccess(store().identities));
    v1 = `${api.url}v1`;
    const entry = { organisationId: 1, role: 'administrator', name: 'Ada', createdBy: 'test' };
    admin = bearer((await store().identities.addKey(entry)).key);
    await store().buildings.save(sampleBuilding('b'));
    await store().meters.save({ ...sampleMeter('flat', 'b'), personal: true });
  });
  afterAll(() => api.close());
  const make = async (body: object): Promise<KeyWithSecret> => {
    const { status, body: made } = await postJson(`${v1}/keys`, body, admin);
    expect(status).toBe(200);
    return made as KeyWithSecret;
  };
  const statusWith = async (key: string, path = '/stock', init: RequestInit = {}): Promise<number> =>
    (await fetch(v1 + path, { ...init, headers: bearer(key) })).status;
  const codeOf = ({ status, body }: Answer): unknown[] => [
    status,
    (body as { error: { code: string } }).error.code,
  ];

  it('are made, used, listed without their secret, and revoked at once', async () => {
    const made = await make({ name: 'GMAO', role: 'integration', days: 30 });
    expect(made).toMatchObject({
      name: 'GMAO',
      role: 'integration',
      scopes: null,
      createdBy: 'Ada',
      lastUsedAt: null,
    });
    const lasts = new Date(made.expiresAt ?? 0).getTime() - Date.now();
    expect(Math.round(lasts / 86_400_000)).toBe(30);
    expect(await statusWith(made.key)).toBe(200);
    const list = await call(`${v1}/keys`, { headers: admin });
    expect(JSON.stringify(list.body)).not.toContain(made.key);
    const listed = (list.body as KeyView[]).find(({ id }) => id === made.id);
    expect(listed?.prefix).toBe(made.key.slice(0, 10));
    expect(Date.now() - new Date(listed?.lastUsedAt ?? 0).getTime()).toBeLessThan(60_000);
    expect((await call(`${v1}/keys/${made.id}`, { method: 'DELETE', headers: admin })).body).toEqual({
      revoked: true,
    });
    expect(await statusWith(made.key)).toBe(401);
  });

  it('are kept nowhere, not even to be told again', async () => {
    const headers = { ...admin, 'idempotency-key': 'once' };
    const first = (await postJson(`${v1}/keys`, { name: 'x', role: 'viewer' }, headers))
      .body as KeyWithSecret;
    const again = await postJson(`${v1}/keys`, { name: 'x', role: 'viewer' }, headers);
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'secret-told-once' } } });
    const kept = await store().answers.get('once');
    expect(Buffer.from(kept?.body ?? []).toString()).not.toContain(first.key);
  });

  it('with scopes do less than their role, also inside an operation', async () => {
    const reader = await make({ name: 'lit', role: 'administrator', scopes: ['read'] });
    expect(await statusWith(reader.key)).toBe(200);
    expect(await statusWith(reader.key, '/keys')).toBe(403);
    expect(await statusWith(reader.key, '/meters/flat/readings')).toBe(403);
    expect(await statusWith(reader.key, '/jobs', { method: 'POST' })).toBe(403);
    const personal = await make({ name: 'lit tout', role: 'administrator', scopes: ['read', 'personal'] });
    expect(await statusWith(personal.key, '/meters/flat/readings')).toBe(200);
    const ingests = await make({ name: 'verse', role: 'integration', scopes: ['ingest'] });
    expect(await statusWith(ingests.key)).toBe(403);
  });

  it('follow one another: the old one ends after its grace, and the new one may do the same', async () => {
    const old = await make({ name: 'tourne', role: 'administrator', scopes: ['read'], days: 10 });
    const { body } = await postJson(`${v1}/keys/${old.id}/rotation`, { graceHours: 1 }, admin);
    const next = body as KeyWithSecret;
    expect(next).toMatchObject({ name: 'tourne', role: 'administrator', scopes: ['read'] });
    expect(await statusWith(old.key)).toBe(200);
    expect(await statusWith(next.key)).toBe(200);
    expect(await statusWith(next.key, '/keys')).toBe(403);
    const last = (await postJson(`${v1}/keys/${next.id}/rotation`, { graceHours: 0 }, admin))
      .body as KeyWithSecret;
    expect(await statusWith(next.key)).toBe(401);
    expect(await statusWith(last.key)).toBe(200);
    expect(codeOf(await postJson(`${v1}/keys/${next.id}/rotation`, {}, admin))).toEqual([409, 'key-ended']);
  });

  it.each([
    [{ name: 'x', role: 'god' }, 422, 'key-role'],
    [{ name: 'x', role: 'viewer', scopes: ['decide'] }, 422, 'key-scope'],
    [{ name: 'x', role: 'viewer', scopes: [] }, 400, 'bad-request'],
    [{ name: ' ', role: 'viewer' }, 400, 'bad-request'],
    [{ name: 'x', role: 'viewer', days: 5000 }, 400, 'bad-request'],
  ])('refuse %j', async (body, status, code) => {
    expect(codeOf(await postJson(`${v1}/keys`, body, admin))).toEqual([status, code]);
  });

  it('of another organisation are unknown', async () => {
    const organisationId = await store().identities.addOrganisation('Autre');
    const { id } = await store().identities.addKey({
      organisationId,
      role: 'viewer',
      name: 'theirs',
      createdBy: 'test',
    });
    expect(codeOf(await postJson(`${v1}/keys/${id}/rotation`, {}, admin))).toEqual([404, 'unknown-key']);
    const revoked = await call(`${v1}/keys/${id}`, { method: 'DELETE', headers: admin });
    expect(codeOf(revoked)).toEqual([404, 'unknown-key']);
  });

  it('leave lines in the audit log, which is read a page at a time', async () => {
    const all: AuditLine[] = [];
    let address: string | undefined = '/v1/audit?limit=3';
    while (address !== undefined) {
      const { status, headers, body } = await call(api.url + address.slice(1), { headers: admin });
      expect(status).toBe(200);
      all.push(...(body as AuditLine[]));
      address = /<(.+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    const positions = all.map(({ position }) => position);
    expect(positions).toEqual(Array.from(positions, (_, i) => positions.length - i));
    expect(all.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['add-key', 'rotate-key', 'revoke-key']),
    );
    expect(JSON.stringify(all)).not.toContain('stk_');
    const chain = await store().audit.verify();
    expect(all[0]?.hash).toBe(chain.head);
    const revoked = (await call(`${v1}/audit?action=revoke-key`, { headers: admin })).body as AuditLine[];
    expect(revoked.map(({ by }) => by)).toEqual(['Ada']);
  });
});
