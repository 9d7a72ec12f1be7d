import { z } from 'zod';
import { messageSchema } from './views.ts';

/** Most days of weather of one call: some twenty-seven years. */
export const mostWeatherDays = 10_000;

/** A station as another system declares it; the place is what buildings choose it by. */
export const stationRequestSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  latitudeDeg: z.number().min(-90).max(90),
  longitudeDeg: z.number().min(-180).max(180),
  altitudeM: z.number().min(-500).max(9000),
});

export const stationViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  latitudeDeg: z.number(),
  longitudeDeg: z.number(),
  altitudeM: z.number(),
  source: z
    .string()
    .describe('Where its days come from: api, open-meteo, meteo-france, or the file of a stock'),
  data: z.enum(['simulated', 'measured']),
  days: z
    .object({ from: z.string(), to: z.string() })
    .nullable()
    .describe('First and last day held, between which some may be missing; null without any'),
});

export const weatherDaySchema = z.object({
  day: z.iso.date().describe('Local day of the station'),
  meanC: z.number().min(-90).max(60).describe('Mean outdoor temperature of the day, °C'),
  ghiWm2: z
    .number()
    .min(0)
    .max(600)
    .nullable()
    .optional()
    .describe(
      'Mean global horizontal irradiance over the 24 hours, W/m2; left out, what is held of it stays; null forgets it',
    ),
});

export const weatherDaysRequestSchema = z.strictObject({
  days: z.array(weatherDaySchema).min(1).max(mostWeatherDays),
});

/** The same before each day is looked at: one that is wrong refuses no other. */
export const sentWeatherDaysSchema = weatherDaysRequestSchema.extend({
  days: z.array(z.unknown()).min(1).max(mostWeatherDays),
});

export const weatherDaysAnswerSchema = z.object({
  written: z.number().describe('Days that are held as they were sent; sending them again changes nothing'),
  rejected: z.number(),
  rejectedRows: z
    .array(z.object({ line: z.number(), code: z.string(), message: messageSchema }))
    .describe('Days left out, by their number in what was sent, from 1'),
});

export const weatherDaysQuerySchema = z.object({
  from: z.iso.date().optional().describe('First day; the first one held when left out'),
  to: z.iso.date().optional().describe('Last day, included; the last one held when left out'),
});

export const weatherDaysSchema = z.object({
  stationId: z.string(),
  days: z
    .array(z.object({ day: z.string(), meanC: z.number(), ghiWm2: z.number().nullable() }))
    .describe('Days with a temperature, in their order'),
});

export type StationRequest = z.infer<typeof stationRequestSchema>;
export type StationView = z.infer<typeof stationViewSchema>;
export type WeatherDaysAnswer = z.infer<typeof weatherDaysAnswerSchema>;
export type WeatherDaysView = z.infer<typeof weatherDaysSchema>;
