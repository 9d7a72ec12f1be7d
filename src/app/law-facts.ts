import { z } from 'zod';
import type { TertiarySite } from '#simulate/index.ts';
import type { Building } from '#store/index.ts';

/** Storable form of what an owner declares of a tertiary site: areas m2, final energy of all uses kWh. */
export const tertiaryDeclarationSchema = z.object({
  /** Tertiary floor area of the site. */
  areaM2: z.number().positive().max(5_000_000),
  reference: z.object({ year: z.number().int(), finalKwh: z.number().positive() }),
  /** Absolute targets of the activity, kWh/m2, where the owner knows them. */
  absoluteKwhM2: z
    .object({
      2030: z.number().positive().optional(),
      2040: z.number().positive().optional(),
      2050: z.number().positive().optional(),
    })
    .optional(),
  /** What the other meters of the site take today, kWh a year; the main meter is added to it. */
  otherUsesKwhYear: z.number().nonnegative(),
});

export type TertiaryDeclaration = z.infer<typeof tertiaryDeclarationSchema>;

const dwellingsSchema = z.number().int().min(1).max(5000);

/** Floor area of a dwelling where their number is unknown, m2: the default of the label. */
const DWELLING_M2 = 65;

/** Dwellings as the building's facts say; undefined where they do not. */
export const dwellingsOf = ({ facts }: Building): number | undefined =>
  dwellingsSchema.safeParse(facts['dwellings']).data;

/** Dwellings of a home, from its floor area where the facts do not say. */
export const dwellingsOrDefault = (building: Building, floorAreaM2: number): number =>
  dwellingsOf(building) ?? Math.max(1, Math.round(floorAreaM2 / DWELLING_M2));

/**
 * What was declared of a building for the tertiary decree, from what is known of it; undefined when nothing
 * was, or not in the form that is read.
 */
export const declarationOf = ({ facts }: Building): TertiaryDeclaration | undefined =>
  tertiaryDeclarationSchema.safeParse(facts['tertiary']).data;

/** The declared targets with those left unsaid left out. */
export const siteDeclared = ({
  areaM2,
  reference,
  absoluteKwhM2 = {},
}: TertiaryDeclaration): TertiarySite => ({
  areaM2,
  reference,
  absoluteKwhM2: {
    ...(absoluteKwhM2[2030] === undefined ? {} : { 2030: absoluteKwhM2[2030] }),
    ...(absoluteKwhM2[2040] === undefined ? {} : { 2040: absoluteKwhM2[2040] }),
    ...(absoluteKwhM2[2050] === undefined ? {} : { 2050: absoluteKwhM2[2050] }),
  },
});
