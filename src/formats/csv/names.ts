import { failure, ok, type Result } from '#core/result.ts';

/** Lower case, no accents, words apart by one underscore: what column names are compared by. */
export const plainName = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('³', '3')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');

/** The column asked for by its name, or its position from 1. Fails with `readings-column`, naming those there are. */
export const columnNamed = (name: string, header: readonly string[], asked: string): Result<number> => {
  const exact = header.indexOf(asked);
  if (exact >= 0) return ok(exact);
  const loose = header.findIndex((one) => plainName(one) === plainName(asked));
  if (loose >= 0) return ok(loose);
  if (/^[1-9]\d?$/.test(asked) && Number(asked) <= header.length) return ok(Number(asked) - 1);
  return failure(
    'readings-column',
    `« ${name} » n’a pas de colonne « ${asked} ». Ses colonnes : ${header.join(', ')}.`,
    `“${name}” has no column “${asked}”. Its columns: ${header.join(', ')}.`,
    { file: name, line: 1, field: asked },
  );
};
