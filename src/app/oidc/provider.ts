import { z } from 'zod';
import { failure, ok, type Result } from '../../core/result.ts';
import { safeAddressSchema } from './settings.ts';

/** A key of the provider as it publishes it (RFC 7517). */
const keySchema = z.looseObject({
  kty: z.string(),
  kid: z.string().optional(),
  use: z.string().optional(),
  alg: z.string().optional(),
});

export type ProviderKey = z.infer<typeof keySchema>;

const discoverySchema = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: safeAddressSchema,
  token_endpoint: safeAddressSchema,
  jwks_uri: safeAddressSchema,
  end_session_endpoint: safeAddressSchema.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
});

export type Discovery = z.infer<typeof discoverySchema>;

const timeoutMs = 5000;
const mostBytes = 1024 * 1024;
const discoveryKeptMs = 3_600_000;
/** Unknown keys are asked for again, but not for each forged token. */
const keysAgainMs = 60_000;

/** The refusal `oidc-provider-away`; `detail` says which step failed, never what was sent. */
export const providerAway = (detail: string): Result<never> =>
  failure(
    'oidc-provider-away',
    `Le service d’identité ne répond pas comme attendu (${detail}). Réessayez dans un instant, ou prévenez l’administrateur.`,
    `The identity provider does not answer as expected (${detail}). Try again in a moment, or tell the administrator.`,
  );

/** Asks the provider; follows no redirection, waits and reads no more than it should. Fails with `oidc-provider-away`. */
export const askProvider = async (
  url: string,
  init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Result<{ readonly status: number; readonly body: unknown }>> => {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json', ...init.headers },
    });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > mostBytes) return providerAway('> 1 MB');
      chunks.push(chunk);
    }
    return ok({
      status: response.status,
      body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown,
    });
  } catch (error) {
    return providerAway((error as Error).name);
  }
};

/** What is known of a provider: its addresses for an hour, its keys until one is asked for that it did not have. */
export type Provider = {
  readonly discovery: () => Promise<Result<Discovery>>;
  readonly keys: (
    known: (keys: readonly ProviderKey[]) => boolean,
  ) => Promise<Result<readonly ProviderKey[]>>;
};

/**
 * An identity provider by its issuer (OpenID Connect Discovery 1.0); nothing is asked of it before the first
 * call. Calls fail with `oidc-provider-away`.
 */
export const openProvider = (issuer: string, nowMs: () => number): Provider => {
  let found: { readonly value: Discovery; readonly atMs: number } | undefined;
  let keys: { readonly value: readonly ProviderKey[]; readonly atMs: number } | undefined;
  const discovery = async (): Promise<Result<Discovery>> => {
    if (found !== undefined && nowMs() - found.atMs < discoveryKeptMs) return ok(found.value);
    const answer = await askProvider(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if (!answer.ok) return answer;
    const parsed = discoverySchema.safeParse(answer.value.body);
    if (answer.value.status !== 200 || !parsed.success) return providerAway('discovery');
    // Another issuer's document would let that one say who people are (OpenID Connect Discovery 4.3).
    if (parsed.data.issuer !== issuer) return providerAway('issuer');
    found = { value: parsed.data, atMs: nowMs() };
    return ok(parsed.data);
  };
  return {
    discovery,
    keys: async (known) => {
      if (keys !== undefined && (known(keys.value) || nowMs() - keys.atMs < keysAgainMs))
        return ok(keys.value);
      const addresses = await discovery();
      if (!addresses.ok) return addresses;
      const answer = await askProvider(addresses.value.jwks_uri);
      if (!answer.ok) return answer;
      const parsed = z.looseObject({ keys: z.array(keySchema).max(100) }).safeParse(answer.value.body);
      if (answer.value.status !== 200 || !parsed.success) return providerAway('jwks');
      keys = { value: parsed.data.keys, atMs: nowMs() };
      return ok(keys.value);
    },
  };
};
