import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clearGlazing } from '#core/physics/hourly/glazing.ts';
import { readEpw } from '#formats/epw/index.ts';
import { cases, climateOf, simulateCase, windowSun } from '../../scripts/validate/bestest/case.ts';
import { readReferences } from '../../scripts/validate/bestest/reference.ts';
import { stepCases } from '../../scripts/validate/rc5r1c.ts';
import { corpusPath } from './corpus.ts';

describe('single hours of a public 5R1C code', () => {
  it.each(stepCases(corpusPath('reference/rc5r1c_unit/cases.json')))('$name', ({ wrong }) => {
    expect(wrong).toEqual([]);
  });
});

const weather = corpusPath('weather/bestest/725650TYCST.epw.gz');
const read = readEpw(weather, readFileSync(weather));
if (!read.ok) throw new Error(read.error.message.en);
const climate = climateOf(read.value.year);
const references = readReferences(corpusPath('reference/ashrae140/ashrae140_2020_reference.csv'));

const spec = (id: string) => {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No case ${id}`);
  return found;
};

describe('ASHRAE 140-2020', () => {
  it.each([
    ['600', 'unshaded_South', 2],
    ['620', 'unshaded_West', 2],
    ['670', 'unshaded_South', 1],
    ['610', 'shaded_South', 2],
    ['630', 'shaded_West', 2],
  ])('case %s: sun through the glass, %s, within the six programs', (id, side, panes) => {
    const glass = clearGlazing(panes);
    const curve = {
      at: (cosine: number) => glass.at(cosine).transmitted,
      diffuse: glass.diffuse.transmitted,
    };
    const name = side.split('_')[1]?.toLowerCase() ?? '';
    const sun = windowSun(climate, spec(id), curve).get(name) ?? new Float64Array();
    const kwhM2 = sun.reduce((sum, watts) => sum + watts, 0) / 1000;
    const bounds = references.find((one) => one.id === id && one.metric.includes(`_${side}_`));
    expect(kwhM2).toBeGreaterThanOrEqual(bounds?.low ?? Number.NaN);
    expect(kwhM2).toBeLessThanOrEqual(bounds?.high ?? Number.NaN);
  });

  it.each(cases.filter(({ id }) => !id.endsWith('FF')).map(({ id }) => id))(
    'case %s: annual heating and cooling within the limits of the standard',
    (id) => {
      const year = simulateCase(climate, spec(id));
      for (const [metric, watts] of [
        ['annual_heating_MWh', year.heatingW],
        ['annual_cooling_MWh', year.coolingW],
      ] as const) {
        const bounds = references.find((one) => one.id === id && one.metric === metric);
        const value = watts.reduce((sum, one) => sum + one, 0) / 1e6;
        expect(value, metric).toBeGreaterThanOrEqual(bounds?.low ?? Number.NaN);
        expect(value, metric).toBeLessThanOrEqual(bounds?.high ?? Number.NaN);
      }
    },
  );
});
