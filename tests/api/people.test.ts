import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { administratorLink } from '#app/access.ts';
import { startLedger } from '#app/clock.ts';
import { defaultSettings } from '#app/settings.ts';
import type { AuditVerification, Installation, Person, PersonLink } from '../../src/client/names.ts';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';

const secretKey = 'k'.repeat(40);

withStores('people and the installation', ({ store }) => {
  let api: TestApi;
  let admin: Record<string, string> = {};
  const enter = async (link: string): Promise<Record<string, string>> => {
    const entered = await fetch(link, { redirect: 'manual' });
    expect(entered.status).toBe(303);
    return { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' };
  };
  beforeAll(async () => {
    const settings = {
      ...defaultSettings,
      secretKey,
      databaseUrl: 'postgres://parc:motdepasse@db:5432/parc',
    };
    api = await openApi(store(), () => Date.now(), guardedAccess(store().identities), settings);
    const context = { store: store(), nowMs: () => Date.now(), startLedger };
    admin = await enter(await administratorLink(context, api.url));
  });
  afterAll(() => api.close());

  const codeOf = (body: unknown): string => (body as { error: { code: string } }).error.code;
  const people = async (): Promise<Person[]> =>
    (await call(`${api.url}v1/people`, { headers: admin })).body as Person[];

  it('enter by a link in a role, see what it allows, and are seen', async () => {
    const made = await postJson(`${api.url}v1/people`, { person: 'Nadia B.', role: 'viewer' }, admin);
    expect(made.status).toBe(200);
    const { link } = made.body as PersonLink;
    expect(link).toMatch(/^\/entrer\?lien=[\w-]{43}$/);
    expect((await people())[0]).toMatchObject({
      kind: 'link',
      person: 'Nadia B.',
      role: 'viewer',
      lastUsedAt: null,
    });
    const nadia = await enter(new URL(link, api.url).href);
    const caller = await call(`${api.url}v1/caller`, { headers: nadia });
    expect(caller.body).toEqual({ name: 'Nadia B.', role: 'viewer', permissions: ['read'], named: true });
    expect((await call(`${api.url}v1/people`, { headers: nadia })).status).toBe(403);
    const [seen] = await people();
    expect(seen).toMatchObject({ kind: 'session', person: 'Nadia B.' });
    expect(seen?.lastUsedAt).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('are out at once when their access is ended', async () => {
    const made = await postJson(`${api.url}v1/people`, { person: 'Paul', role: 'engineer' }, admin);
    const paul = await enter(new URL((made.body as PersonLink).link, api.url).href);
    const [session] = await people();
    const ended = await call(`${api.url}v1/people/${session?.id}`, { method: 'DELETE', headers: admin });
    expect(ended.body).toEqual({ ended: true });
    expect((await call(`${api.url}v1/caller`, { headers: paul })).status).toBe(401);
    const again = await call(`${api.url}v1/people/${session?.id}`, { method: 'DELETE', headers: admin });
    expect([again.status, codeOf(again.body)]).toEqual([404, 'unknown-person']);
  });

  it('have a role that there is', async () => {
    const { status, body } = await postJson(`${api.url}v1/people`, { person: 'X', role: 'king' }, admin);
    expect([status, codeOf(body)]).toEqual([422, 'key-role']);
  });

  it('of another organisation are neither seen nor ended', async () => {
    const organisationId = await store().identities.addOrganisation('other');
    const entry = { organisationId, role: 'administrator', name: 'Autre' };
    const foreign = await store().identities.addEntry('session', entry, 60_000);
    const headers = { cookie: `stacoptim_session=${foreign}` };
    const own = (await call(`${api.url}v1/people`, { headers })).body as Person[];
    expect(own.map(({ person }) => person)).toEqual(['Autre']);
    const [local] = await people();
    const { status } = await call(`${api.url}v1/people/${local?.id}`, { method: 'DELETE', headers });
    expect(status).toBe(404);
    expect((await people()).some(({ person }) => person === 'Autre')).toBe(false);
  });

  it('leave their doings in the log, whose chain is computed again', async () => {
    const before = await call(`${api.url}v1/audit/verification`, { headers: admin });
    expect(before.body).toMatchObject({ brokenAt: null });
    await postJson(`${api.url}v1/people`, { person: 'Léa', role: 'manager' }, admin);
    const after = (await call(`${api.url}v1/audit/verification`, { headers: admin }))
      .body as AuditVerification;
    expect(after.lines).toBe((before.body as AuditVerification).lines + 1);
    expect(after.head).toMatch(/^[0-9a-f]{64}$/);
    const log = await call(`${api.url}v1/audit?action=make-link&limit=1`, { headers: admin });
    expect(log.body).toMatchObject([{ detail: { person: 'Léa', role: 'manager' } }]);
    expect(JSON.stringify(log.body)).not.toContain('lien');
  });

  it('see the settings in force without a secret of them', async () => {
    const { body } = await call(`${api.url}v1/installation`, { headers: admin });
    const { settings, roles, retentionDays } = body as Installation;
    const of = (name: string): string | undefined => settings.find((one) => one.name === name)?.value;
    expect(of('STACOPTIM_SECRET_KEY')).toBe('***');
    expect(of('DATABASE_URL')).toBe('postgres://db:5432/parc');
    expect(JSON.stringify(body)).not.toMatch(/motdepasse|kkkk/);
    expect(settings.every(({ meaning }) => meaning.fr !== '' && meaning.en !== '')).toBe(true);
    expect(roles.find(({ role }) => role === 'viewer')?.permissions).toEqual(['read']);
    expect(retentionDays).toBeGreaterThan(0);
  });
});
