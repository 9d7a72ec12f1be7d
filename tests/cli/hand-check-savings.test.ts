import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { sampleFolder, stacoptim } from '../support/stacoptim.ts';

/** The check of docs/hand-check-savings.md: nothing of the program is used but its answer. */
const file = join(sampleFolder, 'maison-commune-2008', 'meter-district-heat.csv.gz');
const days = gunzipSync(readFileSync(file))
  .toString('utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .filter(([, kwh]) => kwh !== '')
  .map(([day = '', kwh, outdoorC]) => ({ day, kwh: Number(kwh), outdoorC: Number(outdoorC) }));
const between = (from: string, to: string) => days.filter(({ day }) => day >= from && day <= to);

/** Ordinary least squares of kWh on degrees below a balance point, the best of those a hundredth of a degree apart. */
const line = (rows: typeof days) => {
  let best = { rss: Number.POSITIVE_INFINITY, base: 0, slope: 0, balanceC: 0 };
  for (let hundredths = 1000; hundredths <= 1800; hundredths++) {
    const balanceC = hundredths / 100;
    const cold = rows.map(({ outdoorC }) => Math.max(0, balanceC - outdoorC));
    const n = rows.length;
    const sum = (of: (i: number) => number): number => rows.reduce((all, _, i) => all + of(i), 0);
    const [sx, sy] = [sum((i) => cold[i] ?? 0), sum((i) => rows[i]?.kwh ?? 0)];
    const sxx = sum((i) => (cold[i] ?? 0) ** 2);
    const sxy = sum((i) => (cold[i] ?? 0) * (rows[i]?.kwh ?? 0));
    const slope = (sxy - (sx * sy) / n) / (sxx - (sx * sx) / n);
    const base = (sy - slope * sx) / n;
    const rss = sum((i) => ((rows[i]?.kwh ?? 0) - base - slope * (cold[i] ?? 0)) ** 2);
    if (rss < best.rss) best = { rss, base, slope, balanceC };
  }
  return best;
};

it('savings of 2024 of the community centre are those worked by hand from its file', () => {
  const { base, slope, balanceC } = line(between('2022-06-05', '2023-06-04'));
  expect([balanceC, slope, base].map((one) => one.toFixed(2))).toEqual(['13.49', '22.60', '15.95']);
  const year = between('2024-01-01', '2024-12-31');
  const without = year.reduce(
    (all, { outdoorC }) => all + base + slope * Math.max(0, balanceC - outdoorC),
    0,
  );
  const read = year.reduce((all, { kwh }) => all + kwh, 0);
  const called = stacoptim(
    'measure',
    file,
    '--baseline',
    '2022-06-05/2023-06-04',
    '--reporting',
    '2024-01-01/2024-12-31',
    '--scope',
    'whole',
    '--json',
  );
  expect(called.code).toBe(0);
  const told = JSON.parse(called.stdout) as {
    savings: { value: number };
    counterfactual: { value: number };
    actualKwh: number;
    model: { kind: string };
  };
  expect(told.model.kind).toBe('3p-heating');
  expect(told.actualKwh).toBeCloseTo(read, 6);
  expect(told.counterfactual.value).toBeCloseTo(without, 2);
  expect(told.savings.value).toBeCloseTo(without - read, 2);
});
