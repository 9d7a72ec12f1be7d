import type { Store } from '#store/index.ts';
import type { WorkedExamples } from '#api/worked-examples.ts';
import { recordingWalker } from './record.ts';
import { walkAdministration, walkChanges, walkJobs } from './walk-integration.ts';
import { walkMeters, walkProgrammes, walkWorks } from './walk-loop.ts';
import { walkBuilding, walkOnboarding, walkStock } from './walk-stock.ts';
import { walkWeather } from './walk-weather.ts';
import { openWorld } from './world.ts';

const steps = [
  walkStock,
  walkBuilding,
  walkOnboarding,
  walkWorks,
  walkMeters,
  walkProgrammes,
  walkWeather,
  walkChanges,
  walkJobs,
] as const;

/** Makes every call of the API once, in an order in which each has something to answer, on an empty store; gives what was asked and answered. */
export const walkApi = async (store: Store): Promise<WorkedExamples> => {
  const world = await openWorld(store);
  const recording = recordingWalker(world);
  try {
    for (const step of steps) await step(recording.walkerAt(world.url));
    await walkAdministration(recording.walkerAt(world.urlToday));
    return recording.examples();
  } finally {
    await world.close();
  }
};
