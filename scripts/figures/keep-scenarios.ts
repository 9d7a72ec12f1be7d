import { writeFileSync } from 'node:fs';
import { scenarioFigures } from '../../tests/support/scenario-figures.ts';

/** Writes the figures that `tests/simulate/kept-figures.test.ts` holds: after a change of the physics, never of the speed. */
const kept = Object.fromEntries(
  Object.entries(scenarioFigures()).map(([scenario, figures]) => [
    scenario,
    Object.values(figures).map((value) => Number(value.toPrecision(12))),
  ]),
);
writeFileSync(
  new URL('../../tests/fixtures/scenario-figures.json', import.meta.url),
  `${JSON.stringify(kept, undefined, 1)
    .replaceAll(/\n {2}/g, ' ')
    .replaceAll(/\n \]/g, ' ]')}\n`,
);
