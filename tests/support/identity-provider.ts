import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Token = {
  readonly header: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
  /** Signs with it in place of the provider's own key. */
  readonly key?: KeyObject;
};

/** A provider of identities on a free port of this computer: OpenID Connect, authorization code, PKCE. */
export type IdentityProvider = {
  readonly issuer: string;
  /** What the next person who signs in is said to be. */
  person: Record<string, unknown>;
  /** Changes a token before it is signed. */
  forge: (token: Token) => Token;
  readonly requests: string[];
  /** Takes a new key, as providers do from time to time. */
  readonly rotate: () => void;
  readonly close: () => Promise<void>;
};

const clientId = 'stacoptim-test';
const clientSecret = 'a secret & of our own';

export const testClient = { clientId, clientSecret };

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT as RFC 7515 builds it; by “none” it has no signature. */
const signed = ({ header, claims }: Token, key: KeyObject): string => {
  const content = `${base64(header)}.${base64(claims)}`;
  const alg = header['alg'];
  if (alg === 'none') return `${content}.`;
  // The mistake this stands for: a public key taken for a shared secret.
  if (alg === 'HS256') {
    const secret = key.export({ type: 'pkcs8', format: 'pem' });
    return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
  }
  const signature =
    alg === 'ES256'
      ? sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' })
      : sign('sha256', Buffer.from(content), key);
  return `${content}.${signature.toString('base64url')}`;
};

export const openIdentityProvider = async (alg: 'RS256' | 'ES256' = 'RS256'): Promise<IdentityProvider> => {
  const newKey = () => {
    const pair =
      alg === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { kid: randomUUID(), ...pair };
  };
  let key = newKey();
  const codes = new Map<string, { nonce: string; challenge: string; redirect: string }>();
  const json = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await text(request));
    const [, basic = ''] = (request.headers.authorization ?? '').split(' ');
    const [id = '', secret = ''] = Buffer.from(basic, 'base64')
      .toString()
      .split(':')
      .map((part) => new URLSearchParams(`v=${part}`).get('v') ?? '');
    if (id !== clientId || secret !== clientSecret) return json(response, 401, { error: 'invalid_client' });
    const code = form.get('code') ?? '';
    const begun = codes.get(code);
    codes.delete(code);
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (begun?.challenge !== verifier || begun.redirect !== form.get('redirect_uri'))
      return json(response, 400, { error: 'invalid_grant' });
    const now = Math.floor(Date.now() / 1000);
    const made = provider.forge({
      header: { alg, kid: key.kid, typ: 'JWT' },
      claims: {
        iss: provider.issuer,
        aud: clientId,
        iat: now,
        exp: now + 300,
        nonce: begun.nonce,
        ...provider.person,
      },
    });
    return json(response, 200, {
      access_token: 'unused',
      token_type: 'Bearer',
      id_token: signed(made, made.key ?? key.privateKey),
    });
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    provider.requests.push(url.pathname);
    const { issuer } = provider;
    if (url.pathname === '/.well-known/openid-configuration')
      return json(response, 200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        end_session_endpoint: `${issuer}/leave`,
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      });
    if (url.pathname === '/keys')
      return json(response, 200, {
        keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, use: 'sig', alg }],
      });
    if (url.pathname === '/token') return void token(request, response);
    if (url.pathname !== '/authorize') return json(response, 404, {});
    const asked = url.searchParams;
    const redirect = asked.get('redirect_uri') ?? '';
    if (asked.get('client_id') !== clientId || asked.get('code_challenge_method') !== 'S256')
      return json(response, 400, { error: 'invalid_request' });
    const code = randomUUID();
    codes.set(code, {
      nonce: asked.get('nonce') ?? '',
      challenge: asked.get('code_challenge') ?? '',
      redirect,
    });
    const back = new URL(redirect);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    back.searchParams.set('iss', issuer);
    return response.writeHead(302, { location: back.href }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const provider: IdentityProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: {},
    forge: (made) => made,
    requests: [],
    rotate: () => {
      key = newKey();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
};
