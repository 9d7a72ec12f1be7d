import type { CheckCard, SheetCard } from '#create/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { bdnbSchema, cadastreSchema, rnbSchema } from './building-identifiers.ts';
import { checkedDepartment } from './place.ts';

const registers = { rnb: rnbSchema, bdnb: bdnbSchema, cadastre: cadastreSchema } as const;
const schemes = ['rnb', 'bdnb', 'cadastre'] as const;

/** Several parcels or buildings stand in one cell, apart by commas, semicolons, bars or lines. */
const separator = /[,;|\n]/;

const refused = (field: string): Result<never> =>
  failure('form-invalid', `« ${field} » n’est pas valable.`, `“${field}” is not valid.`, { field });

/**
 * Where a line of a sheet says a building stands, and by what registers know it. Fails with `unknown-department` and, where an identifier has not the
 * shape of its register, `form-invalid`.
 */
export const sheetCard: CheckCard = ({ commune, department, ...said }) => {
  if (commune !== undefined && commune.length > 200) return refused('commune');
  const place = department === undefined ? ok(undefined) : checkedDepartment(department);
  if (!place.ok) return place;
  const identifiers: NonNullable<SheetCard['identifiers']> = {};
  for (const scheme of schemes) {
    const values = (said[scheme] ?? '').split(separator).filter((value) => value.trim() !== '');
    const parsed = values.map((value) => registers[scheme].safeParse(value));
    if (parsed.some(({ success }) => !success)) return refused(scheme);
    if (parsed.length > 0) identifiers[scheme] = parsed.flatMap(({ data }) => data ?? []);
  }
  return ok({ commune, department: place.value, identifiers });
};
