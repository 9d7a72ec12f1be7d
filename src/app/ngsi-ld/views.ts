import { z } from 'zod';

const list = (of: string) =>
  z
    .string()
    .max(4000)
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .optional()
    .describe(`${of}, with commas between`);

const options = list('keyValues (or simplified) for values in place of attributes; normalized');

/** What a list of entities may be asked for. */
export const entitiesQuerySchema = z.strictObject({
  type: list('Building, DeviceMeasurement'),
  id: list('Names of entities'),
  attrs: list('Attributes to answer'),
  q: z
    .string()
    .max(4000)
    .optional()
    .describe(
      'Conditions joined by “;”: an attribute, ==, <, <=, > or >=, and a value in quotes or a number',
    ),
  options,
  limit: z.coerce.number().int().min(0).max(1000).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  count: z
    .enum(['true', 'false'])
    .optional()
    .describe('“true”: how many there are in all, in NGSILD-Results-Count'),
});

export const entityQuerySchema = z.strictObject({ attrs: list('Attributes to answer'), options });

export type EntitiesQuery = z.infer<typeof entitiesQuerySchema>;
export type EntityQuery = z.infer<typeof entityQuerySchema>;

/** An entity with its attributes: in the normalized form objects with a `type`, by keyValues their values. */
export const entitySchema = z.looseObject({ id: z.string(), type: z.string() });

const endpointSchema = z.strictObject({
  uri: z.string().min(1).max(2000),
  accept: z.enum(['application/json', 'application/ld+json']).default('application/json'),
});

/** The part of a subscription that is kept as it was asked. */
export const subscriptionRequestSchema = z.strictObject({
  '@context': z.unknown().optional(),
  type: z.literal('Subscription'),
  subscriptionName: z.string().max(200).optional(),
  description: z.string().max(1000).optional(),
  isActive: z.literal(true).optional(),
  entities: z
    .array(
      z.strictObject({
        type: z.enum(['Building', 'DeviceMeasurement']),
        id: z.union([z.string().max(300), z.array(z.string().max(300)).min(1).max(1000)]).optional(),
      }),
    )
    .min(1)
    .max(20),
  notification: z.strictObject({
    endpoint: endpointSchema,
    attributes: z.array(z.string().max(100)).min(1).max(100).optional(),
    format: z.enum(['normalized', 'keyValues', 'simplified']).default('normalized'),
  }),
});

export type SubscriptionRequest = z.infer<typeof subscriptionRequestSchema>;

/** A subscription as it is told: what was asked, and how its notifications went. */
export const subscriptionSchema = z.looseObject({
  id: z.string(),
  type: z.literal('Subscription'),
  status: z.enum(['active', 'failed']),
});

export const notificationSchema = z.object({
  id: z.string(),
  type: z.literal('Notification'),
  subscriptionId: z.string(),
  notifiedAt: z.string(),
  data: z.array(entitySchema),
});
