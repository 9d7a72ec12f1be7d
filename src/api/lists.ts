import type { Request, Response } from 'express';
import { type Listed, type ListRequest, type ListShape, readListRequest, sparse } from '../app/listing.ts';
import type { Result } from '../core/result.ts';
import { refuse } from './respond.ts';

/** The address of the page after this one: the same question with another cursor. */
const nextAddress = (request: Request, cursor: string): string => {
  const url = new URL(request.originalUrl, 'http://api');
  url.searchParams.set('cursor', cursor);
  // A jump from the beginning is over once the page after it is known.
  url.searchParams.delete('skip');
  return `${url.pathname}${url.search}`;
};

/** Says where the next page is; the last one has none. */
export const linkNext = (request: Request, response: Response, next: string | null): void => {
  if (next !== null) response.set('Link', `<${nextAddress(request, next)}>; rel="next"`);
};

/**
 * Answers a page of a list as an array (or what `wrap` makes of it), with the address of the next page in the header Link
 * (RFC 8288); the last page has none.
 */
export const answerList = async <T extends object>(
  request: Request,
  response: Response,
  shape: ListShape,
  page: (asked: ListRequest) => Promise<Result<Listed<T>>>,
  wrap: (items: readonly object[]) => unknown = (items) => items,
): Promise<void> => {
  const asked = readListRequest(shape, request.path, request.query);
  if (!asked.ok) return refuse(response, asked.error);
  const found = await page(asked.value);
  if (!found.ok) return refuse(response, found.error);
  const { items, next } = found.value;
  linkNext(request, response, next);
  response.json(wrap(items.map((item) => sparse(item, asked.value.fields))));
};
