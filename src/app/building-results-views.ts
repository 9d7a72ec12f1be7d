import { z } from 'zod';
import { eventSchema } from './event-views.ts';
import { alarmSchema, meterWatchSchema } from './gap-views.ts';
import { savingsSchema } from './views.ts';
import { worksRecordSchema } from './works-views.ts';

/** What the results of a building rest on, together. */
export const buildingResultsSchema = z.object({
  works: z.array(worksRecordSchema),
  savings: z.array(savingsSchema),
  events: z.array(eventSchema),
  alarms: z.array(alarmSchema),
  /** Which meters the watch looks at. */
  watch: z.array(meterWatchSchema),
});
export type BuildingResults = z.infer<typeof buildingResultsSchema>;
