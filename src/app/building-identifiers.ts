import { z } from 'zod';

/** What the owner calls a building; unique in the stock. */
export const ownSchema = z.string().trim().min(1).max(100);

/** RNB: 12 characters without 0, I, L, O, U, however they are spaced (rnb_id.py of RNB-coeur). */
export const rnbSchema = z
  .string()
  .max(30)
  .transform((text) => text.replaceAll(/[\s_-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^[1-9A-HJKMNP-TV-Z]{12}$/));

/** BDNB: batiment_groupe_id, as it is. */
export const bdnbSchema = z
  .string()
  .trim()
  .regex(/^[\w-]{1,100}$/);

/** A parcel: commune (5), prefix (3), section (2) and number (4), as in the files of the cadastre. */
export const cadastreSchema = z
  .string()
  .max(30)
  .transform((text) => text.replaceAll(/\s/g, '').toUpperCase())
  .pipe(z.string().regex(/^\d[\dAB]\d{6}[\dA-Z]{2}\d{4}$/));

const most = 50;

/** Identifiers as they are sent: what is left out stays as it is, an empty list takes them away. */
export const identifiersRequestSchema = z.strictObject({
  own: z.array(ownSchema).max(most).optional(),
  rnb: z.array(rnbSchema).max(most).optional(),
  bdnb: z.array(bdnbSchema).max(most).optional(),
  cadastre: z.array(cadastreSchema).max(most).optional(),
});
export type IdentifiersRequest = z.infer<typeof identifiersRequestSchema>;

/** By what others know a building. */
export const identifiersSchema = z.object({
  own: z.array(z.string()).describe('What its owner calls it'),
  rnb: z.array(z.string()).describe('RNB: 12 characters'),
  bdnb: z.array(z.string()).describe('BDNB: batiment_groupe_id'),
  cadastre: z.array(z.string()).describe('Parcels it stands on: 14 characters'),
});
