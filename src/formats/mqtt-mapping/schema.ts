import { z } from 'zod';

/** A JSON pointer (RFC 6901); the empty one is the whole payload. */
const pointer = z
  .string()
  .max(200)
  .regex(/^(\/([^~/]|~[01])*)*$/, 'a JSON pointer such as /object/energy');

/** A topic filter of MQTT 3.1.1 (4.7): `+` stands for one level, `#` for all that follow. */
const filter = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (topic) =>
      topic.split('/').every((level, at, levels) => {
        if (level === '#') return at === levels.length - 1;
        return level === '+' || !/[+#\0]/.test(level);
      }),
    'a topic filter with + and # alone in their level',
  );

const source = z
  .object({
    topic: filter,
    /** Id of the meter; `{2}` stands for the second level of the topic. */
    meter: z.string().min(1).max(200),
    /** Where a list of readings stands in the payload, when it has one; the pointers below then start at each. */
    each: pointer.optional(),
    value: pointer,
    time: pointer,
    /** How the time is written; `iso` needs its offset from UTC. */
    timeFormat: z.enum(['iso', 's', 'ms']).default('iso'),
    /** `register`: a running total; `energy`: that of an interval; `power`: the mean over an interval. */
    kind: z.enum(['register', 'energy', 'power']),
    unit: z.enum(['kWh', 'MWh', 'Wh', 'kW', 'W', 'm3', 'pulse']),
    /** kWh in one m3 or one pulse. */
    kwhPerUnit: z.number().positive().max(1e6).optional(),
    /** Length of the interval; for `energy` and `power`. */
    intervalSeconds: z
      .number()
      .int()
      .positive()
      .max(31 * 86_400)
      .optional(),
    /** Which end of the interval the time is. */
    stamps: z.enum(['start', 'end']).default('end'),
  })
  .strict()
  .superRefine((one, context) => {
    const issue = (field: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [field], message });
    };
    const counted = one.unit === 'm3' || one.unit === 'pulse';
    if (counted !== (one.kwhPerUnit !== undefined))
      issue('kwhPerUnit', 'goes with m3 and pulse, and with them alone');
    if ((one.kind === 'register') !== (one.intervalSeconds === undefined))
      issue('intervalSeconds', 'goes with energy and power, not with a register');
    if ((one.kind === 'power') !== (one.unit === 'kW' || one.unit === 'W'))
      issue('unit', 'kW and W go with power, and with it alone');
  });

export const mappingSchema = z
  .object({
    schema: z.literal('stacoptim.mqtt-mapping/1'),
    /** Names our session at the broker, which keeps what comes while we are away: one listener, one name. */
    clientId: z.string().regex(/^[A-Za-z0-9_-]{1,60}$/),
    topics: z.array(source).min(1).max(10_000),
  })
  .strict();

export type Mapping = z.infer<typeof mappingSchema>;
export type MappedTopic = Mapping['topics'][number];
