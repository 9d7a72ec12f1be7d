import type { ProgrammeProblem } from '#target/index.ts';
import { landlordProgramme, simulatedLandlord } from '../../scripts/simulated-landlord.ts';

/** A simulated landlord whose constraints take several rounds of prices to settle, and are then planned well within half a percent. */
export const manyRounds = (residences: number, seed: number): ProgrammeProblem => {
  const { candidates, firstYear, budgetsEur } = landlordProgramme(simulatedLandlord(residences, { seed }), 3);
  return {
    candidates,
    firstYear,
    budgetsEur,
    sitesAYear: Math.round(residences / 10),
    minimumCarbonKg: 300 * residences,
  };
};
