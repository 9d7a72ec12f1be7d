import { z } from 'zod';
import { type Result, failure, ok } from '#core/result.ts';
import { buildingUses, elementGroups, energyCarriers, heatingKinds } from '#core/twin.ts';

export const message = z.object({ fr: z.string().min(1), en: z.string().min(1) });

/** A figure with its 90 % interval. */
const range = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .refine(({ value, low, high }) => low <= value && value <= high, 'low ≤ value ≤ high');
const positiveRange = range.refine(({ low }) => low > 0, 'low must be above 0');

const exposure = z.enum(['exterior', 'ground', 'unheated']);
const elementGroup = z.enum(elementGroups);
const systemKind = z.enum(heatingKinds);
export const carrier = z.enum(energyCarriers);
export const use = z.enum(buildingUses);

/** What a cost, an aid or a carbon figure is counted by; `element` is one window or door, `building` the whole. */
export const amountUnit = z.enum(['m2-element', 'element', 'm2-floor', 'kW', 'kWp', 'building']);
export type AmountUnit = z.infer<typeof amountUnit>;

const effectSchema = z.discriminatedUnion('kind', [
  /** Adds a thermal resistance, m2·K/W, to elements whose U is above a threshold; scales the bridges of the group's share. */
  z.object({
    kind: z.literal('insulate'),
    group: elementGroup,
    exposures: z.array(exposure).min(1),
    resistanceM2KW: positiveRange,
    bridgeFactor: positiveRange,
    onlyAboveUWm2K: z.number().min(0),
  }),
  /** Replaces elements by ones with this U; a better element stays as it is. */
  z.object({
    kind: z.literal('replace'),
    group: elementGroup,
    uWm2K: positiveRange,
    solarFactor: z.number().min(0).max(1),
    onlyAboveUWm2K: z.number().min(0),
  }),
  /** Scales the loss by air change. */
  z.object({ kind: z.literal('air'), factor: positiveRange }),
  z.object({
    kind: z.literal('system'),
    system: systemKind,
    carrier,
    efficiency: positiveRange,
    /** Efficiency for hot water over that for heating. */
    hotWaterFactor: z.number().positive(),
    /** A second generator that gives a share of the heat from another carrier: the boiler of a hybrid heat pump. */
    backup: z
      .object({
        carrier,
        heatShare: positiveRange.refine(({ high }) => high < 1, 'high must be below 1'),
        efficiency: positiveRange,
      })
      .optional(),
  }),
  z.object({ kind: z.literal('set-back'), deltaK: positiveRange, hoursPerNight: positiveRange }),
  /** Moves the mean indoor temperature, K. */
  z.object({ kind: z.literal('set-point'), deltaC: range }),
  /** Scales hot water and other base load of the heating meter. */
  z.object({ kind: z.literal('base-load'), factor: positiveRange }),
  /** Electricity the measure itself takes, kWh per m2 of floor and year. */
  z.object({ kind: z.literal('auxiliary'), kwhM2Year: range }),
  /** Electricity no longer used for light or appliances, kWh per m2 of floor and year; `heatShare` of it had warmed the rooms in winter. */
  z.object({ kind: z.literal('electricity'), kwhM2Year: positiveRange, heatShare: z.number().min(0).max(1) }),
  /** Scales the whole loss by thermal bridges. */
  z.object({ kind: z.literal('bridges'), factor: positiveRange }),
  /** Shading: what is left of the sun in the heating season, and in summer (comfort). */
  z.object({ kind: z.literal('shade'), winterFactor: positiveRange, summerFactor: positiveRange }),
  /** Solar panels over part of the roof; only what the building uses itself is a saving here. */
  z.object({
    kind: z.literal('photovoltaic'),
    roofShare: z.number().positive().max(1),
    kwpPerM2: z.number().positive(),
    kwhPerKwp: positiveRange,
    selfConsumedShare: positiveRange,
  }),
]);

export const measureSchema = z.object({
  schema: z.literal('stacoptim.measure/1'),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.string().min(1),
  date: z.string().min(4),
  name: message,
  description: message,
  /** Two measures of one family exclude each other on the same elements. */
  exclusive: z.string().min(1),
  effects: z.array(effectSchema).min(1),
  /** EUR without tax: fixed + per unit; null where nobody knows, and then no euro is shown. */
  cost: z
    .object({
      fixedEur: z.number().min(0),
      perUnitEur: z.number().min(0),
      unit: amountUnit,
      spread: z.number().min(0).max(3),
      priceDate: z.string().min(4),
      vatIncluded: z.boolean(),
      source: z.string().min(1),
    })
    .nullable(),
  /** Upkeep a year that the building did not have before, as a share of the cost; null where nobody knows. */
  maintenance: z
    .object({ shareOfCost: z.number().min(0).max(0.5), source: z.string().min(1), verified: z.boolean() })
    .nullable(),
  lifetimeYears: z.number().positive().max(100),
  source: z.string().min(1),
  cee: z
    .object({
      sheet: z.string(),
      /** The sheet of the same works in tertiary buildings, where it is another. */
      tertiary: z.object({ sheet: z.string(), source: z.string(), verified: z.boolean() }).optional(),
      condition: z.string(),
      verified: z.boolean(),
    })
    .optional(),
  embodiedCarbon: z
    .object({
      kgCo2ePerUnit: z.number().min(0),
      unit: amountUnit,
      source: z.string(),
      verified: z.boolean(),
    })
    .optional(),
  /** The layer an insulation adds: its resistance is the one of its effect (ISO 6946). */
  layer: z
    .object({ thicknessM: z.number().positive().max(1), conductivityWmK: z.number().positive().max(1) })
    .optional(),
  /** Left out: any use, any present system. */
  uses: z.array(use).optional(),
  systems: z.array(systemKind).optional(),
  conditions: z.array(message),
  /** Which figures still wait for their primary source. */
  unverified: z.array(z.string()),
  /** Restricts the measure to some of the twin's elements. */
  elementIds: z.array(z.string()).min(1).optional(),
});

export type Effect = z.infer<typeof effectSchema>;
export type Measure = z.infer<typeof measureSchema>;

/** Reads a measure from outside: a file of the catalogue or a user's own. Fails with `invalid-measure`. */
export const parseMeasure = (input: unknown, file?: string): Result<Measure> => {
  const parsed = measureSchema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return failure(
    'invalid-measure',
    `Le geste ne suit pas le schéma : champ « ${field} », ${issue?.message ?? ''}. Corriger ce champ.`,
    `The measure does not follow its schema: field “${field}”, ${issue?.message ?? ''}. Correct this field.`,
    { ...(file === undefined ? {} : { file }), field },
  );
};
