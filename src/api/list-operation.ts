import type { z } from 'zod';
import { type ListShape, listQuery, pageAnswer } from '../app/listing.ts';
import type { Operation } from './openapi.ts';

/** What the document says of an operation that answers a list, whose pages may stand inside something else. */
export const list = (
  shape: ListShape,
  wrap: (page: z.ZodType) => z.ZodType = (page) => page,
): Pick<Operation, 'query' | 'answer' | 'paged'> => ({
  query: listQuery(shape),
  answer: wrap(pageAnswer(shape)),
  paged: true,
});
