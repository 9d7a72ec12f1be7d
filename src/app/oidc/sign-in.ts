import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { failure, ok, type Result } from '../../core/result.ts';
import type { Entry } from '../access.ts';
import type { AppContext } from '../context.ts';
import { checkIdToken, type Claims } from './id-token.ts';
import { askProvider, type Discovery, openProvider, type Provider, providerAway } from './provider.ts';
import type { OidcGrant, OidcSettings } from './settings.ts';

/** How long a person may take to sign in at the provider. */
export const signInMs = 10 * 60_000;

/** What the browser must bring back, all of it drawn from one secret that its cookie holds. */
const drawn = (secret: string, what: string): string =>
  createHmac('sha256', secret).update(what).digest('base64url');

export type SignIn = {
  /** Where a person goes to sign in, and the secret that their browser keeps meanwhile. */
  readonly begin: () => Promise<Result<{ readonly url: string; readonly secret: string }>>;
  /** What a person who comes back may enter as. */
  readonly end: (secret: string | undefined, query: Returned) => Promise<Result<Entry>>;
  /** Where to sign out of the provider too, where it has such a place. */
  readonly leave: (home: string) => Promise<string | undefined>;
};

const returnedSchema = z.object({
  code: z.string().max(10_000).optional(),
  state: z.string().max(1000).optional(),
  error: z.string().max(200).optional(),
  iss: z.string().max(2000).optional(),
});

type Returned = z.infer<typeof returnedSchema>;

/** What a provider sends back with a person; what is no text is not there. */
export const readReturned = (query: unknown): Returned => returnedSchema.safeParse(query).data ?? {};

const notBegun = failure(
  'oidc-state',
  'Cette connexion n’a pas été commencée ici, a déjà servi ou a pris plus de dix minutes. Recommencez.',
  'This sign-in was not begun here, was used already or took over ten minutes. Start again.',
);

const notGiven = (error: string): Result<never> =>
  failure(
    'oidc-refused',
    `Le service d’identité n’a pas accepté la connexion (${error}). Recommencez ou prévenez l’administrateur.`,
    `The identity provider did not accept the sign-in (${error}). Start again or tell the administrator.`,
  );

const noAccess = (name: string, claim: string): Result<never> =>
  failure(
    'oidc-no-access',
    `Vous êtes bien « ${name} », mais rien ne vous ouvre Stacoptim : aucune valeur de « ${claim} » n’y donne de rôle. Demandez à l’administrateur de vous ajouter à un groupe qui en a un.`,
    `You are “${name}” indeed, but nothing opens Stacoptim to you: no value of “${claim}” gives a role there. Ask the administrator to add you to a group that has one.`,
  );

const tokenSchema = z.looseObject({ id_token: z.string() });

/** The name that signs decisions: as the provider knows the person, with what tells two of one name apart. */
const nameOf = (claims: Claims): string => {
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
  const name = text(claims['name']) || text(claims['preferred_username']);
  const unique = text(claims['email']) || text(claims['preferred_username']) || claims.sub;
  const shown = name === '' || name === unique ? unique : `${name} (${unique})`;
  return shown.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200);
};

/** The value of a claim by its path (`realm_access.roles`); a claim whose own name has points is found too. */
const claimAt = (claims: Readonly<Record<string, unknown>>, path: string): unknown => {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path
    .split('.')
    .reduce<unknown>(
      (inside, part) =>
        typeof inside === 'object' && inside !== null && Object.hasOwn(inside, part)
          ? (inside as Record<string, unknown>)[part]
          : undefined,
      claims,
    );
};

/** The first grant, in the order of the setting, that the person's claim has. */
const grantOf = (claims: Claims, { claim, grants }: OidcSettings): OidcGrant | undefined => {
  const value = claimAt(claims, claim);
  const held: readonly unknown[] = Array.isArray(value) ? value : [value];
  return grants.find((grant) => held.includes(grant.value));
};

const redeem = async (
  { clientId, clientSecret, redirectUri }: OidcSettings,
  { token_endpoint, token_endpoint_auth_methods_supported: methods }: Discovery,
  code: string,
  verifier: string,
): Promise<Result<string>> => {
  const inBody = clientSecret === undefined || !methods.includes('client_secret_basic');
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...(inBody ? { client_id: clientId } : {}),
    ...(inBody && clientSecret !== undefined ? { client_secret: clientSecret } : {}),
  });
  // RFC 6749, 2.3.1: both are form-encoded before they are joined.
  const encoded = (text: string): string => new URLSearchParams({ v: text }).toString().slice(2);
  const answer = await askProvider(token_endpoint, {
    method: 'POST',
    body: form,
    ...(inBody
      ? {}
      : {
          headers: {
            authorization: `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64')}`,
          },
        }),
  });
  if (!answer.ok) return answer;
  const parsed = tokenSchema.safeParse(answer.value.body);
  if (answer.value.status === 200)
    return parsed.success ? ok(parsed.data.id_token) : providerAway('id_token');
  const said = z.looseObject({ error: z.string().max(100) }).safeParse(answer.value.body);
  return notGiven(said.data?.error ?? String(answer.value.status));
};

/**
 * Signing in at a provider of identities: OpenID Connect, authorization code with PKCE (S256), state and nonce. A sign-in
 * is good once, in the browser that began it. Fails with `oidc-state`, `oidc-refused`, `oidc-token-refused`,
 * `oidc-no-access`, `oidc-provider-away`.
 */
export const openSignIn = ({ store, nowMs }: AppContext, settings: OidcSettings): SignIn => {
  const { issuer, clientId, redirectUri, claim } = settings;
  const provider: Provider = openProvider(issuer, nowMs);
  return {
    begin: async () => {
      const discovery = await provider.discovery();
      if (!discovery.ok) return discovery;
      const secret = await store.identities.addSignIn(signInMs);
      const url = new URL(discovery.value.authorization_endpoint);
      const asked = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: drawn(secret, 'state'),
        nonce: drawn(secret, 'nonce'),
        code_challenge: createHash('sha256').update(drawn(secret, 'verifier')).digest('base64url'),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return ok({ url: url.href, secret });
    },
    end: async (secret, { code, state, error, iss }) => {
      // The state is compared with what only this browser can know: nobody's time tells it.
      if (secret === undefined || state !== drawn(secret, 'state')) return notBegun;
      if (!(await store.identities.useSignIn(secret))) return notBegun;
      if (iss !== undefined && iss !== issuer) return notGiven('iss');
      if (error !== undefined || code === undefined) return notGiven(error ?? 'code');
      const discovery = await provider.discovery();
      if (!discovery.ok) return discovery;
      const token = await redeem(settings, discovery.value, code, drawn(secret, 'verifier'));
      if (!token.ok) return token;
      const expected = { issuer, clientId, nonce: drawn(secret, 'nonce') };
      const claims = await checkIdToken(token.value, provider, expected, nowMs());
      if (!claims.ok) return claims;
      const name = nameOf(claims.value);
      const grant = grantOf(claims.value, settings);
      const known = (await store.identities.organisations()).some(({ id }) => id === grant?.organisationId);
      if (grant === undefined || !known) return noAccess(name, claim);
      const { role, organisationId } = grant;
      const own = await store.forOrganisation(organisationId);
      await own.audit.add({
        by: name,
        action: 'sign-in',
        subject: `organisation:${organisationId}`,
        reason: 'OpenID Connect',
        detail: { role },
      });
      return ok({ role, organisationId, name });
    },
    leave: async (home) => {
      const discovery = await provider.discovery();
      const at = discovery.ok ? discovery.value.end_session_endpoint : undefined;
      if (at === undefined) return undefined;
      const url = new URL(at);
      url.searchParams.set('client_id', clientId);
      url.searchParams.set('post_logout_redirect_uri', home);
      return url.href;
    },
  };
};
