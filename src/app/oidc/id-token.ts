import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { failure, ok, type Result } from '../../core/result.ts';
import type { Provider, ProviderKey } from './provider.ts';

/** Signatures that are taken (RFC 7518): by a private key of the provider, never “none”, never a secret that we hold too. */
const algorithms: Readonly<
  Record<
    string,
    { readonly kty: string; readonly hash: string | null; readonly pss?: true; readonly ecdsa?: true }
  >
> = {
  RS256: { kty: 'RSA', hash: 'sha256' },
  RS384: { kty: 'RSA', hash: 'sha384' },
  RS512: { kty: 'RSA', hash: 'sha512' },
  PS256: { kty: 'RSA', hash: 'sha256', pss: true },
  ES256: { kty: 'EC', hash: 'sha256', ecdsa: true },
  ES384: { kty: 'EC', hash: 'sha384', ecdsa: true },
  EdDSA: { kty: 'OKP', hash: null },
};

/** Clocks differ by as much, s. */
const skewSeconds = 60;

const headerSchema = z.looseObject({
  alg: z.string(),
  kid: z.string().optional(),
  crit: z.unknown().optional(),
});

const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  exp: z.number(),
  iat: z.number(),
  nbf: z.number().optional(),
  nonce: z.string(),
});

export type Claims = z.infer<typeof claimsSchema>;

/** The reason is for whoever sets the provider up; the person who signs in can only start again. */
const refused = (why: string): Result<never> =>
  failure(
    'oidc-token-refused',
    `La preuve d’identité reçue n’est pas valable (${why}). Recommencez la connexion ; si cela se répète, prévenez l’administrateur.`,
    `The proof of identity that was received is not valid (${why}). Sign in again; if it happens again, tell the administrator.`,
  );

const jsonOf = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
};

const keyOf = (key: ProviderKey): KeyObject | undefined => {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    return undefined;
  }
};

const isSigned = (
  key: ProviderKey,
  { hash, pss, ecdsa }: (typeof algorithms)[string],
  text: string,
  signature: Buffer,
): boolean => {
  const publicKey = keyOf(key);
  if (publicKey === undefined) return false;
  const options = {
    key: publicKey,
    ...(pss === true
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {}),
    ...(ecdsa === true ? { dsaEncoding: 'ieee-p1363' as const } : {}),
  };
  try {
    return verify(hash, Buffer.from(text), options, signature);
  } catch {
    return false;
  }
};

const checkClaims = (
  claims: Claims,
  { issuer, clientId, nonce }: Expected,
  nowSeconds: number,
): Result<Claims> => {
  const audiences = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (claims.iss !== issuer) return refused('iss');
  if (!audiences.includes(clientId)) return refused('aud');
  if ((audiences.length > 1 || claims.azp !== undefined) && claims.azp !== clientId) return refused('azp');
  if (claims.exp <= nowSeconds - skewSeconds) return refused('exp');
  if (claims.iat > nowSeconds + skewSeconds) return refused('iat');
  if (claims.nbf !== undefined && claims.nbf > nowSeconds + skewSeconds) return refused('nbf');
  return claims.nonce === nonce ? ok(claims) : refused('nonce');
};

type Expected = { readonly issuer: string; readonly clientId: string; readonly nonce: string };

/**
 * Checks an ID token (OpenID Connect Core 3.1.3.7): signed by a key that the provider publishes, by an algorithm of the list,
 * for us, still valid, and the answer to the very sign-in that was begun. Fails with `oidc-token-refused`,
 * `oidc-provider-away`.
 */
export const checkIdToken = async (
  token: string,
  provider: Provider,
  expected: Expected,
  nowMs: number,
): Promise<Result<Claims>> => {
  const [head = '', body = '', signed = '', ...more] = token.split('.');
  const header = headerSchema.safeParse(jsonOf(head));
  if (!header.success || more.length > 0 || token.length > 100_000) return refused('JWT');
  const { alg, kid, crit } = header.data;
  const algorithm = Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined;
  if (algorithm === undefined || crit !== undefined) return refused('alg');
  const fits = (key: ProviderKey): boolean =>
    key.kty === algorithm.kty &&
    key.use !== 'enc' &&
    (key.alg === undefined || key.alg === alg) &&
    (kid === undefined || key.kid === kid);
  const keys = await provider.keys((known) => known.some(fits));
  if (!keys.ok) return keys;
  const signature = Buffer.from(signed, 'base64url');
  if (!keys.value.some((key) => fits(key) && isSigned(key, algorithm, `${head}.${body}`, signature)))
    return refused('signature');
  const claims = claimsSchema.safeParse(jsonOf(body));
  return claims.success ? checkClaims(claims.data, expected, nowMs / 1000) : refused('claims');
};
