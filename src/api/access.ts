import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { Entry, Identities } from '../app/access.ts';
import { failure, type Failure, ok, type Result } from '../core/result.ts';
import { methodsOf, type Operation, operationOf } from './openapi.ts';
import { may, mayRole, neededFor, type Permission } from './permissions.ts';
import { fullPath, jsonAsked, readBody, refuse } from './respond.ts';

/** Says who calls, or refuses. */
export type Access = {
  readonly entryOf: (request: Request) => Promise<Result<Entry>>;
  /** Where one-time links and sessions are kept; absent where nobody logs in. */
  readonly identities?: Identities;
};

/** Everyone who reaches the server is `entry`: for tests, and for programs that guard the door themselves. */
export const openAccess = (entry: Entry): Access => ({ entryOf: () => Promise.resolve(ok(entry)) });

const cookieName = 'stacoptim_session';

/** A session of the page, after which a new link is needed. */
const sessionMs = 30 * 24 * 3_600_000;

/** The value of a cookie of a request, as it was sent; undefined without it. */
export const cookieOf = (request: Request, name: string): string | undefined =>
  request
    .get('cookie')
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** Opens a session: its secret goes into a cookie that no script reads and no other site sends. */
export const openSession = async (
  identities: Identities,
  entry: Entry,
  forMs: number,
  request: Request,
  response: Response,
): Promise<void> => {
  response.cookie(cookieName, await identities.addEntry('session', entry, forMs), {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    maxAge: forMs,
    path: '/',
  });
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
};

/** Ends the session of a request, here and in the browser. */
export const endSession = async (
  identities: Identities,
  request: Request,
  response: Response,
): Promise<void> => {
  const secret = cookieOf(request, cookieName);
  if (secret !== undefined) await identities.endSession(secret);
  response.clearCookie(cookieName, { path: '/' });
};

const notKnown = failure(
  'not-authenticated',
  'Vous n’êtes pas connecté. Connectez-vous si la page le propose, sinon ouvrez le lien affiché par « stacoptim serve » ou « stacoptim access link » ; une machine envoie sa clé dans l’en-tête « Authorization: Bearer … ».',
  'You are not logged in. Sign in where the page offers it, otherwise open the link that “stacoptim serve” or “stacoptim access link” prints; a machine sends its key in the header “Authorization: Bearer …”.',
);

/** True when a browser says that another site makes the call; a program that is no browser says nothing and has no cookie to lose. */
export const isForeign = (request: Request): boolean => {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = request.get('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.get('host');
};

/** People come with the cookie of their session, machines with a key in the Authorization header, nobody without. */
export const guardedAccess = (identities: Identities): Access => ({
  identities,
  entryOf: async (request) => {
    if (
      ['key', 'api_key', 'apikey', 'access_token', 'token'].some((name) => Object.hasOwn(request.query, name))
    )
      return failure(
        'key-in-address',
        'Une clé ne se met pas dans l’adresse, que les journaux gardent. Révoquez-la et envoyez la nouvelle dans l’en-tête Authorization.',
        'A key does not go into the address, which logs keep. Revoke it, and send the new one in the Authorization header.',
      );
    const authorization = request.get('authorization');
    if (authorization !== undefined) {
      const key = /^Bearer ([\w-]{20,100})$/i.exec(authorization)?.[1];
      const entry = key === undefined ? undefined : await identities.entryOfKey(key);
      return entry === undefined ? notKnown : ok(entry);
    }
    const secret = cookieOf(request, cookieName);
    const entry = secret === undefined ? undefined : await identities.entryOfSession(secret);
    if (entry === undefined) return notKnown;
    if (!['GET', 'HEAD'].includes(request.method) && isForeign(request))
      return failure(
        'cross-site',
        'Cette demande vient d’un autre site : elle est refusée. Agissez depuis la page de Stacoptim.',
        'This request comes from another site and is refused. Act from the page of Stacoptim.',
      );
    return ok(entry);
  },
});

const entries = new WeakMap<Request, Entry>();

/** A request that the program makes to itself on behalf of another one. */
export const alsoCalls = (copy: Request, of: Request): void => {
  entries.set(copy, entryOf(of));
};

const signals = new WeakMap<Request, AbortSignal>();

/** A request that was let through when it was accepted, and is made now by a job that `signal` stops. */
export const entersAs = (request: Request, entry: Entry, signal: AbortSignal): void => {
  entries.set(request, entry);
  signals.set(request, signal);
};

/** What stops the job that makes a request; undefined where its caller waits for the answer. */
export const signalOf = (request: Request): AbortSignal | undefined => signals.get(request);

/** Who makes a request that the gate has let through. */
export const entryOf = (request: Request): Entry => {
  const entry = entries.get(request);
  if (entry === undefined) throw new Error('a route outside the gate asks who calls');
  return entry;
};

/** Reads what is done in somebody's name: the caller's own where none is given. Fails with `bad-request`. */
export const readNamed = <T>(schema: z.ZodType<T>, request: Request): Result<T> => {
  const sent: unknown = request.body;
  return readBody(
    schema,
    typeof sent === 'object' && sent !== null && !('by' in sent)
      ? { ...sent, by: entryOf(request).name }
      : sent,
  );
};

/**
 * Reads what a person decides and signs. The name kept is the caller's own: left out it is filled in. Fails with
 * `bad-request`, `signed-by-another`.
 */
export const readSigned = <T extends { readonly by: string }>(
  schema: z.ZodType<T>,
  request: Request,
): Result<T> => {
  const caller = entryOf(request).name;
  const body = readNamed(schema, request);
  if (!body.ok || body.value.by === caller) return body;
  return failure(
    'signed-by-another',
    `Vous êtes connecté comme « ${caller} » et ne pouvez pas décider au nom d’un autre. Retirez « by », ou demandez un accès à votre nom.`,
    `You are logged in as “${caller}” and cannot decide in the name of another. Leave “by” out, or ask for an access in your name.`,
    { field: 'by' },
  );
};

/** Says what is missing, and whether it is the role that does not give it or the key that was made with less. */
const notAllowed = (
  { role, scopes }: { readonly role: string; readonly scopes?: readonly string[] },
  needed: Permission,
): Failure =>
  scopes !== undefined && mayRole(role, needed)
    ? {
        code: 'not-allowed',
        message: {
          fr: `Il faut la permission « ${needed} » ; votre clé a été faite pour moins que son rôle (${role}) : ${scopes.join(', ')}. Demandez une autre clé à un administrateur.`,
          en: `The permission “${needed}” is needed; your key was made for less than its role (${role}): ${scopes.join(', ')}. Ask an administrator for another key.`,
        },
      }
    : {
        code: 'not-allowed',
        message: {
          fr: `Il faut la permission « ${needed} », que votre rôle (${role}) n’a pas. Demandez-le à un administrateur.`,
          en: `The permission “${needed}” is needed, which your role (${role}) does not have. Ask an administrator.`,
        },
      };

/** Whether a body comes as something else where JSON alone is taken: it would be passed over without a word. */
const sendsAnotherType = (request: Request, operation: Operation | undefined): boolean =>
  operation?.body !== undefined &&
  operation.bodyType === undefined &&
  operation.takesFiles !== true &&
  request.is(['application/json', 'application/ld+json']) === false;

/** Lets through what the role of the caller allows, as the table of operations says; mounted where the document's addresses begin. */
export const gate =
  (access: Access): RequestHandler =>
  async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const entry = await access.entryOf(request);
    if (!entry.ok) {
      if (entry.error.code === 'not-authenticated') response.set('WWW-Authenticate', 'Bearer');
      return refuse(response, entry.error);
    }
    entries.set(request, entry.value);
    const path = fullPath(request);
    const operation = operationOf(request.method, path);
    const methods = methodsOf(path);
    if (operation === undefined && methods.length > 0) {
      response.set('Allow', methods.join(', '));
      return refuse(response, {
        code: 'method-not-allowed',
        message: {
          fr: `Cette adresse n’accepte que ${methods.join(', ')}.`,
          en: `This address takes ${methods.join(', ')} only.`,
        },
      });
    }
    const needed = neededFor(request.method, operation);
    if (may(entry.value, needed)) {
      if (!sendsAnotherType(request, operation)) return next();
      return refuse(response, jsonAsked);
    }
    return refuse(response, notAllowed(entry.value, needed));
  };

/** Opens a session with a one-time link. */
export const enter =
  (identities: Identities): RequestHandler =>
  async (request, response): Promise<void> => {
    const { lien } = request.query;
    const entry = typeof lien === 'string' ? await identities.useLink(lien) : undefined;
    if (entry === undefined)
      return refuse(response, {
        code: 'link-used',
        message: {
          fr: 'Ce lien a déjà servi ou n’est plus valable. « stacoptim access link » en donne un autre.',
          en: 'This link was used already or has ended. “stacoptim access link” prints another.',
        },
      });
    await openSession(identities, entry, sessionMs, request, response);
    return response.redirect(303, '/');
  };
