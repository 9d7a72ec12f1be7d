import { describe, expect, it } from 'vitest';
import { type DayRange, dayNumber, isWithin, weekday } from '#core/calendar.ts';
import { fitHourly, fitModel, modelRecord, readModelRecord } from '#measure/index.ts';
import { cpuEnergyJ } from '#core/ledger.ts';
import { plainTruth, simulatedMeter, year } from '../../scripts/validate/simulated-meter.ts';
import { hourlyMeter, officeLoad } from '../support/hourly-meter.ts';

const ledger = { work: 'fit', wallMs: 3, cpuMs: 2, peakRssMb: 90, energyJ: cpuEnergyJ(2) };
const source = { dataHash: 'ab', readings: 'a meter', version: '0.1.0', ledger };

/** A school: a third of the load at weekends and in five weeks that are other weeks the year after. */
const closures: DayRange[] = [
  { from: dayNumber(2021, 2, 8), to: dayNumber(2021, 2, 21) },
  { from: dayNumber(2021, 11, 1), to: dayNumber(2021, 11, 21) },
  { from: dayNumber(2022, 3, 7), to: dayNumber(2022, 3, 20) },
  { from: dayNumber(2022, 12, 1), to: dayNumber(2022, 12, 21) },
];
const firstDay = dayNumber(2021, 1, 1);
const school = simulatedMeter(
  { ...plainTruth, weekend: 0.33, noise: 0.05 },
  {
    years: 2,
    seed: 7,
    change: (i) => (isWithin(closures, firstDay + i) && weekday(firstDay + i) < 5 ? 0.33 : 1),
  },
);

const errorAhead = (given: readonly DayRange[] | undefined): number => {
  const series = given === undefined ? school : { ...school, closures: given };
  const fitted = fitModel(series, { baseline: year(2021), predict: year(2022), holidays: 'none' });
  if (!fitted.ok) throw new Error(fitted.error.code);
  return fitted.value.outOfSample?.cvRmse ?? Number.NaN;
};

describe('given closures', () => {
  it('carry over to weeks of the next year that no year of readings could name', () => {
    expect(errorAhead(closures)).toBeLessThan(0.6 * errorAhead(undefined));
  });

  it('change nothing where there are none', () => {
    expect(errorAhead([])).toBe(errorAhead(undefined));
  });

  it('stand in the record of the model, which loads again', () => {
    const fitted = fitModel({ ...school, closures }, { baseline: year(2021) });
    if (!fitted.ok) throw new Error(fitted.error.code);
    const record = modelRecord(fitted.value, source);
    expect(record.data.closures).toHaveLength(4);
    expect(record.data.closures?.[0]).toBe('2021-02-08/2021-02-21');
    expect(readModelRecord(JSON.parse(JSON.stringify(record))).ok).toBe(true);
  });

  it('are Sundays to a model of hours', () => {
    const week = { from: 19_300, to: 19_320 };
    const plain = hourlyMeter(365, (hour, weekend, t, day) =>
      officeLoad(hour, weekend || isWithin([week], day), t),
    );
    const errorOf = (given: readonly DayRange[]): number => {
      const fitted = fitHourly(
        { ...plain, closures: given },
        { baseline: { from: 18_993, to: 19_357 }, predict: week },
      );
      if (!fitted.ok) throw new Error(fitted.error.code);
      return fitted.value.outOfSample?.cvRmse ?? Number.NaN;
    };
    expect(errorOf([week])).toBeLessThan(0.3 * errorOf([]));
  });
});
