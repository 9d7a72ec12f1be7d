import type { Request, Response } from 'express';
import type { z } from 'zod';
import { failure, type Failure, type Result } from '../core/result.ts';

/** Failure codes that mean "there is no such thing" or "not yet"; the others are the caller's to mend. */
const statusOf: Readonly<Record<string, number>> = {
  'unknown-building': 404,
  'unknown-meter': 404,
  'not-evaluated': 404,
  'unknown-path': 404,
  'unknown-draft': 404,
  'id-taken': 409,
  'another-file': 409,
  'draft-not-ready': 409,
  'upload-too-large': 413,
  'too-many-readings': 503,
};

export const refuse = (response: Response, error: Failure, status = statusOf[error.code] ?? 422): void => {
  const where = [error.where?.file, error.where?.line, error.where?.field]
    .filter((part) => part !== undefined)
    .join(':');
  response
    .status(status)
    .json({ error: { code: error.code, message: error.message, ...(where === '' ? {} : { where }) } });
};

/** NaN and infinities have no JSON form; they read as null. */
export const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value;

export const answer = async (response: Response, result: Promise<Result<unknown>>): Promise<void> => {
  const outcome = await result;
  if (outcome.ok) response.json(outcome.value);
  else refuse(response, outcome.error);
};

export const readBody = <T>(schema: z.ZodType<T>, body: unknown): Result<T> => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return failure(
    'bad-request',
    `La demande n’est pas comprise${field === '' ? '' : ` au champ « ${field} »`}. Voyez /v1/openapi.json.`,
    `The request is not understood${field === '' ? '' : ` at “${field}”`}. See /v1/openapi.json.`,
    field === '' ? undefined : { field },
  );
};

export const idOf = (request: Request): string => String(request.params['id']);
