import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  fitJson,
  fitModel,
  measureSavings,
  modelJsonSchema,
  savingsJson,
  savingsJsonSchema,
} from '#measure/index.ts';
import { plainTruth, simulatedMeter, year } from '../../scripts/validate/simulated-meter.ts';

const series = simulatedMeter(plainTruth, { years: 2, seed: 1 });
const fit = fitModel(series, { baseline: year(2021), predict: year(2022) });
const saved = measureSavings(series, { baseline: year(2021), reporting: year(2022) });
if (!fit.ok || !saved.ok) throw new Error('The simulated meter is fit for measuring');

const through = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('printed answers', () => {
  it('have the published shapes', () => {
    expect(modelJsonSchema.safeParse(through(fitJson(fit.value))).error).toBeUndefined();
    expect(savingsJsonSchema.safeParse(through(savingsJson(saved.value))).error).toBeUndefined();
  });

  it.each([
    ['model-1', modelJsonSchema],
    ['savings-1', savingsJsonSchema],
  ])('docs/schemas/%s is the schema the program holds', (name, schema) => {
    const published: unknown = JSON.parse(readFileSync(`docs/schemas/${name}.schema.json`, 'utf8'));
    expect(published).toMatchObject(through(z.toJSONSchema(schema)) as object);
  });

  it('speak the language asked for', () => {
    const few = fitModel(series, { baseline: { from: series.firstDay, to: series.firstDay + 99 } });
    if (!few.ok) throw new Error(few.error.code);
    const [french] = fitJson(few.value, 'fr').disqualified;
    const [english] = fitJson(few.value, 'en').disqualified;
    expect(french.message).toContain('jours');
    expect(english.message).toContain('days');
  });

  it('leave a cost without a clock empty, and give joules with one', () => {
    expect(fitJson(fit.value).candidates.every(({ energyJ }) => energyJ === null)).toBe(true);
    let ticks = 0;
    const timed = fitModel(series, { baseline: year(2021), clock: () => ticks++ });
    if (!timed.ok) throw new Error(timed.error.code);
    expect(fitJson(timed.value).candidates.every(({ energyJ }) => energyJ === 0.01)).toBe(true);
  });
});
