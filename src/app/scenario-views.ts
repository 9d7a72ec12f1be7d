import { z } from 'zod';
import { plannedMeasureSchema } from './comparison-views.ts';

/** The year of the works lies within the horizon of the life-cycle figures. */
const plannedSchema = plannedMeasureSchema.required({ year: true });

export const scenarioRequestSchema = z.object({
  name: z.string().trim().min(1).max(120),
  measures: z.array(plannedSchema).min(1).max(16),
  /** The scenario it branches from; kept with it. */
  branchOf: z.number().int().positive().optional(),
});

export const scenarioDocumentSchema = scenarioRequestSchema.extend({
  schema: z.literal('stacoptim.scenario/1'),
  /** Versions of what the figures came from. */
  versions: z.record(z.string(), z.string()),
});

export const savedScenarioSchema = scenarioDocumentSchema.extend({
  id: z.number(),
  buildingId: z.string(),
  createdMs: z.number(),
});

export type ScenarioRequest = z.infer<typeof scenarioRequestSchema>;
export type SavedScenario = z.infer<typeof savedScenarioSchema>;
