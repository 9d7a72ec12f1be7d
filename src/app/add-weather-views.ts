import { z } from 'zod';
import { warningSchema } from './views.ts';

/** Where a file's weather was measured, when neither the file nor the building says it; degrees, north and east positive. */
export const weatherPlaceSchema = z.object({
  name: z.string().max(400).optional(),
  latitude: z.coerce.number().min(-90).max(90).optional(),
  longitude: z.coerce.number().min(-180).max(180).optional(),
});
export type WeatherPlace = z.infer<typeof weatherPlaceSchema>;

/** What was kept of a file of weather. */
export const addedWeatherSchema = z.object({
  station: z.object({ id: z.string(), name: z.string() }),
  /** First and last day written. */
  firstDay: z.string(),
  lastDay: z.string(),
  /** Days written, gaps left out. */
  knownDays: z.number().int(),
  warnings: z.array(warningSchema),
});
export type AddedWeatherView = z.infer<typeof addedWeatherSchema>;
