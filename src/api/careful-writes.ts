import { createHash } from 'node:crypto';
import type { NextFunction, Request, Response, Router } from 'express';
import type { AppContext } from '../app/context.ts';
import type { KeptAnswer } from '../app/access.ts';
import { failure, type Failure } from '../core/result.ts';
import { entryOf } from './access.ts';
import { backgroundOf } from './background.ts';
import { type HeldAnswer, holdBack } from './held-response.ts';
import { guardedPath, operationOf } from './openapi.ts';
import { versionAt } from './probe.ts';
import { fullPath, problemOf, problemType, refuse } from './respond.ts';

/** Undoes the transaction of a write that was refused; its answer is sent all the same. */
class Undone extends Error {}

type Conditions = {
  readonly key: string | undefined;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
};

const writesNothing = (request: Request): boolean =>
  ['GET', 'HEAD', 'OPTIONS'].includes(request.method) ||
  operationOf(request.method, fullPath(request))?.writesNothing === true;

const conditionsOf = (request: Request): Conditions => {
  const key = request.get('idempotency-key');
  if (!writesNothing(request))
    return { key, ifMatch: request.get('if-match'), ifNoneMatch: request.get('if-none-match') };
  // What keeps nothing is done again at will; the job that does it is begun once.
  const isJob = backgroundOf(request) !== undefined;
  return { key: isJob ? key : undefined, ifMatch: undefined, ifNoneMatch: undefined };
};

/** True for a write whose caller asks for more than that it be done. */
export const isCareful = (request: Request): boolean =>
  Object.values(conditionsOf(request)).some((value) => value !== undefined);

const keyInvalid = failure(
  'idempotency-key-invalid',
  'L’en-tête Idempotency-Key doit tenir en 1 à 200 caractères visibles, sans espace ; un UUID convient.',
  'The header Idempotency-Key must be 1 to 200 visible characters without a space; a UUID will do.',
  { field: 'Idempotency-Key' },
).error;

const keyReused = failure(
  'idempotency-key-reused',
  'Cette clé d’idempotence a déjà servi à une autre demande (autre adresse, autre rôle ou autre corps). Rien n’a été fait ; prenez une clé neuve pour chaque nouvelle demande.',
  'This idempotency key was already used for another request (another address, role or body). Nothing was done; take a new key for each new request.',
  { field: 'Idempotency-Key' },
).error;

const inProgress = failure(
  'write-in-progress',
  'La même écriture, ou une autre sur le même objet, est en cours. Rien n’a été fait par celle-ci ; recommencez dans un instant, avec la même clé.',
  'The same write, or another one to the same thing, is under way. Nothing was done by this one; try again in a moment, with the same key.',
).error;

const nothingToMatch = failure(
  'precondition-impossible',
  'Cette adresse n’a pas de version à comparer : retirez l’en-tête If-Match (ou If-None-Match). Rien n’a été fait.',
  'This address has no version to compare: take the header If-Match (or If-None-Match) out. Nothing was done.',
  { field: 'If-Match' },
).error;

const changed = failure(
  'precondition-failed',
  'L’objet a changé depuis que vous l’avez lu (ou n’existe plus). Rien n’a été fait : relisez-le, refaites votre modification et envoyez son nouvel ETag dans If-Match.',
  'The thing has changed since you read it (or is no longer there). Nothing was done: read it again, make your change again and send its new ETag in If-Match.',
  { field: 'If-Match' },
).error;

const alreadyThere = failure(
  'precondition-failed',
  'L’objet existe déjà et vous demandiez de ne rien remplacer (If-None-Match: *). Rien n’a été fait.',
  'The thing is there already and you asked to replace nothing (If-None-Match: *). Nothing was done.',
  { field: 'If-None-Match' },
).error;

/** True when a list of ETags holds the version; weak ones never match, as for any write (RFC 9110, 13.1.1). */
const holds = (list: string, version: string): boolean =>
  list.trim() === '*' || list.split(',').some((tag) => tag.trim() === version);

/**
 * Listens to the body of a request as whoever reads it does, and gives the hash of what has passed, once. What comes after that,
 * as when a body that nobody wanted is thrown away at the end, is not counted.
 */
const hashing = (request: Request): (() => string) => {
  const hash = createHash('sha256');
  let closed = false;
  const emit = request.emit.bind(request);
  request.emit = (event: string | symbol, ...values: unknown[]): boolean => {
    if (event === 'data' && !closed) hash.update(values[0] as Uint8Array);
    return emit(event, ...values);
  };
  return () => {
    closed = true;
    return hash.digest('hex');
  };
};

/** Reads what is left of a body, for its hash alone. */
const drain = async (request: Request): Promise<void> => {
  if (request.readableEnded || request.destroyed) return;
  for await (const _ of request);
};

const keptHeaders = ['content-type', 'etag', 'location', 'link', 'content-disposition', 'preference-applied'];

/** What of the head of an answer belongs to it whenever it is given. */
export const headersToKeep = (response: Response): Record<string, string> =>
  Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = response.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );

const secretTold = failure(
  'secret-told-once',
  'Cette demande a déjà été faite avec cette clé, et sa réponse, qui portait un secret, n’est gardée nulle part. Supprimez ce qu’elle a créé et recommencez avec une clé neuve.',
  'This request was done already under this key, and its answer, which held a secret, is kept nowhere. Remove what it made and start again with a new key.',
  { field: 'Idempotency-Key' },
).error;

/** What is kept of an answer: all of it, apart from one that tells a secret, of which only that it was given. */
const keptOf = (request: Request, response: Response, answer: HeldAnswer): Omit<KeptAnswer, 'fingerprint'> =>
  operationOf(request.method, fullPath(request))?.tellsSecret === true
    ? { status: 409, headers: { 'content-type': problemType }, body: Buffer.from(problemOf(secretTold, 409)) }
    : { status: answer.status, headers: headersToKeep(response), body: answer.body };

/**
 * Does a write with its conditions in one transaction: a write that is replayed under its idempotency key is done once, with its answer
 * kept beside it or neither; one with If-Match is done on the very version it names.
 */
export const writeCarefully = async (
  context: AppContext,
  createRoutes: (context: AppContext) => Router,
  request: Request,
  response: Response,
  next: NextFunction,
): Promise<void> => {
  const { key, ifMatch, ifNoneMatch } = conditionsOf(request);
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) return refuse(response, keyInvalid);
  const guarded = guardedPath(request.method, fullPath(request));
  const compares = ifMatch !== undefined || ifNoneMatch !== undefined;
  if (compares && guarded === undefined) return refuse(response, nothingToMatch);
  const bodyHash = hashing(request);
  const fingerprint = (): string =>
    createHash('sha256')
      .update(`${request.method}\n${request.originalUrl}\n${entryOf(request).role}\n${bodyHash()}`)
      .digest('hex');
  const refused = (error: Failure): (() => void) => {
    if (error === inProgress) response.set('Retry-After', '1');
    return () => refuse(response, error);
  };
  let written: HeldAnswer | undefined;
  const send = await context.store
    .within(async (store): Promise<() => void> => {
      const { answers } = store;
      if (key !== undefined) {
        if (!(await answers.take(`key:${key}`))) return refused(inProgress);
        const kept = await answers.get(key);
        if (kept !== undefined) {
          await drain(request);
          if (kept.fingerprint !== fingerprint()) return refused(keyReused);
          return () => {
            response.status(kept.status).set({ ...kept.headers, 'Idempotency-Replayed': 'true' });
            response.end(kept.body);
          };
        }
      }
      const routes = createRoutes({ ...context, store });
      if (guarded !== undefined && compares) {
        if (!(await answers.take(`write:${guarded}`))) return refused(inProgress);
        const version = await versionAt(routes, request, response, guarded.slice(request.baseUrl.length));
        if (ifMatch !== undefined && (version === undefined || !holds(ifMatch, version)))
          return refused(changed);
        if (ifNoneMatch !== undefined && version !== undefined && holds(ifNoneMatch, version))
          return refused(alreadyThere);
      }
      const held = holdBack(response);
      const answer = await Promise.race([
        held.ended,
        new Promise<never>((_resolve, reject) => {
          routes(request, response, (error?: unknown) =>
            reject(error instanceof Error ? error : new Error('a write that no route took')),
          );
        }),
      ]).catch((error: unknown) => {
        held.undo();
        throw error;
      });
      written = answer;
      if (answer.status >= 400) throw new Undone();
      // A route that needs no body leaves it unread; the same request sent again is known by all of it.
      if (key !== undefined) {
        await drain(request);
        await answers.keep(key, { fingerprint: fingerprint(), ...keptOf(request, response, answer) });
      }
      return answer.release;
    })
    .catch((error: unknown) => {
      if (error instanceof Undone && written !== undefined) return written.release;
      // What was written is not true: it could not be committed.
      written?.drop();
      return () => next(error);
    });
  send();
};
