/** A replacer for `JSON.stringify`: NaN and infinities have no JSON form; they read as null. */
export const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value;
