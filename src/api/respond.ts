import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Download } from '../app/export-building.ts';
import { expectedOf } from '../app/expected-of.ts';
import { fieldOf } from '../app/field-of.ts';
import { readFields, sparse } from '../app/listing.ts';
import { isStoreAway, storeFailure } from '../app/open.ts';
import { operationOf, takesFields } from './openapi.ts';
import { finite } from '../core/finite-json.ts';
import { failure, type Failure, type Result } from '../core/result.ts';

/** Failure codes by the status they answer with; the others (422) are the caller's to mend. */
const statusOf: Readonly<Record<string, number>> = {
  'bad-request': 400,
  'parameter-unknown': 400,
  'parameter-invalid': 400,
  'fields-unknown': 400,
  'cursor-invalid': 400,
  'body-malformed': 400,
  'file-corrupt': 400,
  'key-in-address': 400,
  'not-authenticated': 401,
  'link-used': 401,
  'cross-site': 403,
  'not-allowed': 403,
  'signed-by-another': 403,
  'personal-data': 403,
  'unknown-building': 404,
  'unknown-scenario': 404,
  'unknown-meter': 404,
  'unknown-station': 404,
  'not-evaluated': 404,
  'not-found': 404,
  'unknown-path': 404,
  'unknown-draft': 404,
  'unknown-person': 404,
  'unknown-programme': 404,
  'programme-not-open': 409,
  'unknown-works': 404,
  'model-no-previous': 409,
  'model-not-candidate': 409,
  'promotion-refused': 409,
  'works-baseline-frozen': 409,
  'works-overlap': 409,
  'method-not-allowed': 405,
  'idempotency-key-invalid': 400,
  'write-in-progress': 409,
  'identifier-taken': 409,
  'precondition-failed': 412,
  'precondition-impossible': 412,
  'decision-reversed': 409,
  'id-taken': 409,
  'another-file': 409,
  'draft-not-ready': 409,
  'draft-damaged': 409,
  'draft-of-another-version': 409,
  'upload-too-large': 413,
  'body-too-large': 413,
  'file-too-large': 413,
  'too-many-readings': 413,
  'archive-upload-too-large': 413,
  'organisation-not-empty': 409,
  'body-type': 415,
  'unknown-job': 404,
  'job-without-answer': 404,
  'job-queue-full': 429,
  'unknown-key': 404,
  'key-ended': 409,
  'job-without-file': 404,
  'job-ended': 409,
  'job-not-failed': 409,
  'building-holds-history': 409,
  'building-feeds-others': 409,
  'changes-ahead': 409,
  'changes-forgotten': 410,
  'secret-told-once': 409,
  'too-many-requests': 429,
  'readers-busy': 503,
  'ngsi-bad-request': 400,
  'ngsi-not-found': 404,
};

/** The status that a code answers with. */
export const statusFor = (code: string): number => statusOf[code] ?? 422;

/** Seconds after which a client may try again when the database is away: a restart takes about that long. */
const retryAfterSeconds = 2;

export const problemType = 'application/problem+json; charset=utf-8';

/** A refusal as a problem document (RFC 9457), with our code and the sentence in both languages beside its members. */
export const problemOf = (error: Failure, status: number, language: 'fr' | 'en' = 'en'): string => {
  const where = [error.where?.file, error.where?.line, error.where?.field]
    .filter((part) => part !== undefined)
    .join(':');
  return JSON.stringify({
    type: `urn:stacoptim:error:${error.code}`,
    title: error.code,
    status,
    detail: error.message[language],
    error: { code: error.code, message: error.message, ...(where === '' ? {} : { where }) },
  });
};

/** Refuses with a problem document. */
export const refuse = (
  response: Response,
  error: Failure,
  status = statusOf[error.code] ?? 422,
  language: 'fr' | 'en' = 'en',
): void => {
  response
    .status(status)
    .type(problemType)
    .send(problemOf(error, status, language));
};

/** A refusal for what the store threw; says when to try again while the database is away. */
export const refuseStore = (response: Response, error: unknown, failed: Failure): void => {
  if (!isStoreAway(error)) return refuse(response, failed);
  response.set('Retry-After', String(retryAfterSeconds));
  refuse(response, failed, 503);
};

/** Refuses for what was thrown where a caller can act on it; false for anything else, which is a bug. */
export const refuseTold = (response: Response, error: unknown): boolean => {
  const failed = storeFailure(error);
  if (failed !== undefined) {
    refuseStore(response, error, failed);
    return true;
  }
  const { status } = error as { status?: number };
  if (status === undefined || status < 400 || status >= 500) return false;
  refuse(response, unreadable(error as Unreadable, status), status);
  return true;
};

/** What the reading of an address or of a body threw, with the limit that a body passed. */
type Unreadable = { readonly type?: string; readonly limit?: number };

const unreadable = ({ type, limit }: Unreadable, status: number): Failure => {
  const most = limit === undefined ? undefined : Math.floor(limit / 1_000_000);
  if (status === 413)
    return {
      code: 'body-too-large',
      message: {
        fr: `L’envoi dépasse la taille admise ici${most === undefined ? '' : ` (${most} Mo)`}. Rien n’a été gardé ; envoyez-le en plusieurs fois.`,
        en: `What was sent is over the size taken here${most === undefined ? '' : ` (${most} MB)`}. Nothing was kept; send it in parts.`,
      },
    };
  if (status === 415) return jsonAsked;
  // What has no type of its own is an address that cannot be decoded.
  return type === undefined
    ? {
        code: 'bad-request',
        message: {
          fr: 'L’adresse n’est pas lisible : un « % » y est suivi d’autre chose que le code d’un caractère UTF-8.',
          en: 'The address cannot be read: a “%” in it is followed by something else than the code of a UTF-8 character.',
        },
      }
    : {
        code: 'bad-request',
        message: {
          fr: 'Le corps de la demande n’est pas un JSON bien formé. Rien n’a été fait.',
          en: 'The body of the request is not well-formed JSON. Nothing was done.',
        },
      };
};

/** The refusal of a body of another type where JSON is taken. */
export const jsonAsked: Failure = {
  code: 'body-type',
  message: {
    fr: 'Cette adresse prend du JSON en UTF-8 : envoyez l’en-tête « Content-Type: application/json ». Rien n’a été fait.',
    en: 'This address takes JSON in UTF-8: send the header “Content-Type: application/json”. Nothing was done.',
  },
};

/** A strong version of a thing: the same as long as nothing that its whole answer says has changed. */
const etagOf = (whole: string): string =>
  `"${createHash('sha256').update(whole).digest('hex').slice(0, 32)}"`;

/** Answers with what a use case gives, or says why not; with its version, and of a single thing with the fields asked for alone. */
export const answer = async (response: Response, result: Promise<Result<unknown>>): Promise<void> => {
  const outcome = await result;
  if (!outcome.ok) return refuse(response, outcome.error);
  return answerWith(response, JSON.stringify(outcome.value, finite), () => outcome.value as object);
};

/** The same for what is JSON already. */
export const answerJson = async (response: Response, result: Promise<Result<string>>): Promise<void> => {
  const outcome = await result;
  if (!outcome.ok) return refuse(response, outcome.error);
  return answerWith(response, outcome.value, () => JSON.parse(outcome.value) as object);
};

const answerWith = (response: Response, whole: string, value: () => object): void => {
  const { method, path, query, baseUrl } = response.req;
  response.set('ETag', etagOf(whole));
  const operation = operationOf(method, `${baseUrl}${path}`);
  if (query['fields'] === undefined || operation === undefined || !takesFields(operation)) {
    response.type('json').send(whole);
    return undefined;
  }
  const fields = readFields(operation.answer as z.ZodObject, query['fields']);
  if (!fields.ok) return refuse(response, fields.error);
  response.json(sparse(value(), fields.value));
  return undefined;
};

/** The address of a request as the document writes it, wherever its route is mounted. */
export const fullPath = ({ baseUrl, path }: Request): string => `${baseUrl}${path}`;

/** Sends a document to keep under its name. */
export const download = async (response: Response, result: Promise<Result<Download>>): Promise<void> => {
  const outcome = await result;
  if (!outcome.ok) return refuse(response, outcome.error);
  const { type, name, body } = outcome.value;
  response.type(type).attachment(name);
  response.send(typeof body === 'string' ? body : Buffer.from(body));
};

/** Checks what was sent. Fails with `bad-request`, the field and what it should have been. */
export const readBody = <T>(schema: z.ZodType<T>, body: unknown): Result<T> => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const field = fieldOf(parsed.error);
  const expected = expectedOf(parsed.error, body);
  return failure(
    'bad-request',
    `La demande n’est pas comprise${field === '' ? '' : ` au champ « ${field} »`}${expected.fr}. Voyez /v1/openapi.json.`,
    `The request is not understood${field === '' ? '' : ` at “${field}”`}${expected.en}. See /v1/openapi.json.`,
    field === '' ? undefined : { field },
  );
};

/** The `id` in the address, as it was sent. */
export const idOf = (request: Request): string => String(request.params['id']);

/** A number in the address; one that nothing has stands for what is none. */
export const numberOf = (request: Request, name: string): number => {
  const id = Number(request.params[name]);
  return Number.isSafeInteger(id) && id > 0 && id < 2 ** 31 ? id : 0;
};
