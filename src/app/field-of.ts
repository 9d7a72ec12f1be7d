import type { z } from 'zod';

/** The field that a check refused first, with dots between its parts; '' for the whole. A field that is not known is named itself. */
export const fieldOf = (error: z.ZodError): string => {
  const [issue] = error.issues;
  if (issue === undefined) return '';
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...issue.path, ...unknown].join('.');
};
