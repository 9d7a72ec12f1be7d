import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { userRoles } from '#api/permissions.ts';
import { defaultSettings, type Settings, settingsOf, settingsSummary } from '#app/settings.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import {
  type IdentityProvider,
  openIdentityProvider,
  testClient,
  type Token,
} from '../support/identity-provider.ts';

const ada = { sub: '42', name: 'Ada Lovelace', email: 'ada@example.org', groups: ['tous', 'energie'] };

/** The cookie of a name that an answer sets, as it is sent back. */
const cookieIn = (response: Response, name: string): string =>
  response.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';')[0] ?? '';

withStores('people who sign in at a provider', ({ store }) => {
  let provider: IdentityProvider;
  let api: TestApi;
  let organisation = 0;
  let nowMs = 0;
  const settings = (): Settings => ({
    ...defaultSettings,
    oidc: {
      ...testClient,
      issuer: provider.issuer,
      redirectUri: 'https://stacoptim.example/connexion/retour',
      claim: 'groups',
      grants: [
        { value: 'direction', role: 'administrator', organisationId: 1 },
        { value: 'energie', role: 'manager', organisationId: 1 },
        { value: 'voisins', role: 'viewer', organisationId: organisation },
        { value: 'partis', role: 'viewer', organisationId: 999_999 },
      ],
    },
  });
  beforeAll(async () => {
    provider = await openIdentityProvider();
    organisation = await store().identities.addOrganisation('voisins');
    api = await openApi(store(), () => Date.now() + nowMs, guardedAccess(store().identities), settings());
  });
  afterEach(() => {
    provider.forge = (token) => token;
    nowMs = 0;
  });
  afterAll(async () => {
    await api.close();
    await provider.close();
  });

  type Begun = { readonly cookie: string; readonly back: string };
  /** Goes to the provider, signs in there, and stands before the door with what it sent back. */
  const begin = async (person: object = ada): Promise<Begun> => {
    const begun = await fetch(`${api.url}connexion`, { redirect: 'manual' });
    expect(begun.status).toBe(303);
    const cookie = cookieIn(begun, 'stacoptim_connexion');
    provider.person = { ...person };
    const sent = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
    const back = new URL(sent.headers.get('location') ?? '');
    expect(`${back.origin}${back.pathname}`).toBe('https://stacoptim.example/connexion/retour');
    return { cookie, back: `${api.url}connexion/retour${back.search}` };
  };
  const end = ({ cookie, back }: Begun): Promise<Response> =>
    fetch(back, { headers: { cookie }, redirect: 'manual' });
  const enter = async (person?: object): Promise<Response> => end(await begin(person));
  const callerOf = async (entered: Response): Promise<unknown> =>
    (await call(`${api.url}v1/caller`, { headers: { cookie: cookieIn(entered, 'stacoptim_session') } })).body;
  const expectRefused = async (entered: Response, status: number, sentence: string): Promise<void> => {
    expect(cookieIn(entered, 'stacoptim_session')).toBe('');
    const page = await entered.text();
    expect([entered.status, page]).toEqual([status, expect.stringContaining(sentence)]);
    expect(page).not.toContain(testClient.clientSecret);
  };

  it('enter with the role of their group, under a name of their own, and the audit log says so', async () => {
    const entered = await enter();
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/']);
    expect(entered.headers.getSetCookie().join()).toMatch(
      /stacoptim_session=[^;]+;.*HttpOnly; SameSite=Strict/,
    );
    expect(await callerOf(entered)).toMatchObject({
      name: 'Ada Lovelace (ada@example.org)',
      role: 'manager',
    });
    expect((await store().audit.list())[0]).toMatchObject({
      by: 'Ada Lovelace (ada@example.org)',
      action: 'sign-in',
    });
  });

  it('enter as the first group of the setting says, and the organisation that it names', async () => {
    const groups = ['energie', 'direction'];
    expect(await callerOf(await enter({ ...ada, groups }))).toMatchObject({ role: 'administrator' });
    const other = await enter({ ...ada, groups: 'voisins' });
    expect(await callerOf(other)).toMatchObject({ role: 'viewer' });
    const own = await store().forOrganisation(organisation);
    expect((await own.audit.list())[0]).toMatchObject({ action: 'sign-in' });
  });

  it.each<[string, object]>([
    ['no group', { sub: '1', name: 'Eve' }],
    ['groups that open nothing', { sub: '1', name: 'Eve', groups: ['energie2', 'ENERGIE', ''] }],
    ['a group of an organisation that is gone', { sub: '1', name: 'Eve', groups: ['partis'] }],
    ['groups of another shape', { sub: '1', name: 'Eve', groups: { energie: true } }],
  ])('have no access with %s, and are told why', async (_what, person) => {
    await expectRefused(await enter(person), 403, 'Vous êtes bien « Eve (1) », mais rien ne vous ouvre');
  });

  const forgeries: [string, string, (token: Token) => Token][] = [
    [
      'that has ended',
      'exp',
      ({ header, claims }) => ({ header, claims: { ...claims, exp: (claims['iat'] as number) - 120 } }),
    ],
    [
      'of another audience',
      'aud',
      ({ header, claims }) => ({ header, claims: { ...claims, aud: 'another' } }),
    ],
    [
      'of several audiences that was not made for us',
      'azp',
      ({ header, claims }) => ({
        header,
        claims: { ...claims, aud: ['another', testClient.clientId], azp: 'another' },
      }),
    ],
    [
      'of another issuer',
      'iss',
      ({ header, claims }) => ({ header, claims: { ...claims, iss: 'https://evil.example' } }),
    ],
    [
      'of another sign-in',
      'nonce',
      ({ header, claims }) => ({ header, claims: { ...claims, nonce: 'another' } }),
    ],
    [
      'without a nonce',
      'claims',
      ({ header, claims }) => ({ header, claims: { ...claims, nonce: undefined } }),
    ],
    [
      'from the future',
      'iat',
      ({ header, claims }) => ({ header, claims: { ...claims, iat: (claims['iat'] as number) + 3600 } }),
    ],
    [
      'not yet valid',
      'nbf',
      ({ header, claims }) => ({ header, claims: { ...claims, nbf: (claims['iat'] as number) + 3600 } }),
    ],
    ['signed by nothing (alg none)', 'alg', ({ claims }) => ({ header: { alg: 'none' }, claims })],
    [
      'signed by nothing (alg NONE)',
      'alg',
      ({ header, claims }) => ({ header: { ...header, alg: 'NONE' }, claims }),
    ],
    [
      'signed by a shared secret',
      'alg',
      ({ header, claims }) => ({ header: { ...header, alg: 'HS256' }, claims }),
    ],
    [
      'with an extension that we do not know',
      'alg',
      ({ header, claims }) => ({ header: { ...header, crit: ['x'] }, claims }),
    ],
    [
      'signed by another key',
      'signature',
      ({ header, claims }) => ({
        header,
        claims,
        key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
      }),
    ],
    [
      'of a key that is not published',
      'signature',
      ({ header, claims }) => ({ header: { ...header, kid: 'x' }, claims }),
    ],
  ];
  it.each(forgeries)('do not enter with a token %s', async (_what, why, forge) => {
    provider.forge = forge;
    await expectRefused(await enter(), 401, `n’est pas valable (${why})`);
  });

  it('do not enter twice by one answer of the provider', async () => {
    const begun = await begin();
    expect((await end(begun)).status).toBe(303);
    await expectRefused(await end(begun), 401, 'a déjà servi');
  });

  it('do not enter by a code of another sign-in', async () => {
    const [one, other] = [await begin(), await begin()];
    const back = new URL(one.back);
    back.searchParams.set('code', new URL(other.back).searchParams.get('code') ?? '');
    // Each code is bound by PKCE to the browser that asked for it.
    await expectRefused(await end({ ...one, back: back.href }), 401, 'invalid_grant');
  });

  it.each<[string, (begun: Begun) => Begun]>([
    ['of somebody else', ({ back }) => ({ back, cookie: '' })],
    ['of another browser', ({ back }) => ({ back, cookie: `stacoptim_connexion=${'A'.repeat(43)}` })],
    ['with another state', ({ back, cookie }) => ({ cookie, back: back.replace(/state=[^&]+/, 'state=x') })],
    ['without a state', ({ back, cookie }) => ({ cookie, back: back.replace(/&state=[^&]+/, '') })],
  ])('do not enter by the answer %s', async (_what, change) => {
    await expectRefused(await end(change(await begin())), 401, 'n’a pas été commencée ici');
  });

  it('do not enter by the answer of another provider, nor by an error, which is shown as text', async () => {
    const begun = await begin();
    await expectRefused(
      await end({ ...begun, back: begun.back.replace(/iss=[^&]+/, 'iss=https://evil.example') }),
      401,
      '(iss)',
    );
    const denied = await begin();
    await expectRefused(
      await end({ ...denied, back: denied.back.replace(/code=[^&]+/, 'error=%3Cscript%3E') }),
      401,
      '(&#60;script&#62;)',
    );
  });

  it('enter after the provider has taken a new key, which is asked for once a minute at most', async () => {
    expect((await enter()).status).toBe(303);
    provider.rotate();
    const asked = provider.requests.filter((path) => path === '/keys').length;
    await expectRefused(await enter(), 401, 'signature');
    expect(provider.requests.filter((path) => path === '/keys').length).toBe(asked);
    nowMs = 61_000;
    provider.forge = ({ header, claims }) => ({
      header,
      claims: { ...claims, iat: claims['iat'], exp: (claims['exp'] as number) + 100 },
    });
    expect((await enter()).status).toBe(303);
  });

  it('go: the session ends here, and they are sent to sign out at the provider', async () => {
    const cookie = cookieIn(await enter(), 'stacoptim_session');
    const leave = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${api.url}deconnexion`, { method: 'POST', headers: { cookie, ...headers } });
    expect((await leave({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await call(`${api.url}v1/caller`, { headers: { cookie } })).status).toBe(200);
    const left = (await (await leave({})).json()) as { to: string };
    expect(left.to).toMatch(`${provider.issuer}/leave?client_id=stacoptim-test`);
    expect((await call(`${api.url}v1/caller`, { headers: { cookie } })).status).toBe(401);
  });

  it('are told when the provider is away', async () => {
    const away = await openIdentityProvider('ES256');
    const away2 = {
      ...settings(),
      oidc: { ...(settings().oidc as NonNullable<Settings['oidc']>), issuer: away.issuer },
    };
    const other = await openApi(store(), () => Date.now(), guardedAccess(store().identities), away2);
    // Another algorithm, while it is there.
    const begun = await fetch(`${other.url}connexion`, { redirect: 'manual' });
    away.person = ada;
    const sent = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
    const back = `${other.url}connexion/retour${new URL(sent.headers.get('location') ?? '').search}`;
    const headers = { cookie: cookieIn(begun, 'stacoptim_connexion') };
    expect((await fetch(back, { headers, redirect: 'manual' })).headers.get('location')).toBe('/');
    await away.close();
    const again = await openApi(store(), () => Date.now(), guardedAccess(store().identities), away2);
    const refused = await fetch(`${again.url}connexion`, { redirect: 'manual' });
    expect(refused.status).toBe(502);
    expect(await refused.text()).toContain('ne répond pas comme attendu');
    await other.close();
    await again.close();
  });

  it('are told by the door whether there is a provider', async () => {
    expect((await call(`${api.url}connexion/moyens`)).body).toEqual({ provider: true });
    const bare = await openApi(store(), undefined, guardedAccess(store().identities));
    expect((await call(`${bare.url}connexion/moyens`)).body).toEqual({ provider: false });
    await bare.close();
  });
});

describe('the settings of sign-in', () => {
  const whole = {
    STACOPTIM_OIDC_ISSUER: 'https://id.example/realms/ville',
    STACOPTIM_OIDC_CLIENT_ID: 'stacoptim',
    STACOPTIM_OIDC_CLIENT_SECRET: 'tres secret',
    STACOPTIM_OIDC_REDIRECT: 'https://stacoptim.example/connexion/retour',
    STACOPTIM_OIDC_ROLES: 'CN=Énergie,OU=Ville=manager; tous=viewer@2',
  };
  it('are read whole, and their summary holds no secret', () => {
    const read = settingsOf(whole);
    if (!read.ok) throw new Error(read.error.message.en);
    expect(read.value.oidc?.grants).toEqual([
      { value: 'CN=Énergie,OU=Ville', role: 'manager', organisationId: 1 },
      { value: 'tous', role: 'viewer', organisationId: 2 },
    ]);
    for (const { role } of read.value.oidc?.grants ?? []) expect(userRoles).toContain(role);
    expect(settingsSummary(read.value).join('\n')).not.toContain('tres secret');
  });
  it.each<[string, Record<string, string>, string]>([
    ['a part of them', { STACOPTIM_OIDC_ROLES: '' }, 'setting-missing'],
    ['a role that there is not', { STACOPTIM_OIDC_ROLES: 'tous=chef' }, 'setting-invalid'],
    ['an issuer in clear', { STACOPTIM_OIDC_ISSUER: 'http://id.example' }, 'setting-invalid'],
    [
      'a way back to another path',
      { STACOPTIM_OIDC_REDIRECT: 'https://stacoptim.example/' },
      'setting-invalid',
    ],
  ])('are refused with %s', (_what, change, code) => {
    const read = settingsOf({ ...whole, ...change });
    expect(read.ok ? undefined : read.error.code).toBe(code);
  });
});
