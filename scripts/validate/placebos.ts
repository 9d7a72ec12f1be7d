import prior from '../../models/drift-prior.json' with { type: 'json' };
import { measureSavings, type PlaceboYear, type SavingsOptions } from '#measure/index.ts';
import { type Archive, between, calendarYear } from './year-pairs.ts';

export type Placebo = PlaceboYear & {
  readonly year: number;
  readonly sharePercent: { readonly value: number; readonly low: number; readonly high: number };
  /** Half width of ASHRAE Guideline 14 at 90 %, points of savings. */
  readonly ashraePoints: number;
};

/** Years before the pandemic: later ones hold closures, which are events and not drift. */
const YEARS = [2012, 2013, 2014, 2015, 2016, 2017, 2018];
/** Changes beyond this are unit breaks and plant changes. */
const EVENT_LN = 0.6;

/**
 * Pairs of consecutive years without works of the archive's gas meters, measured as if there had been: the true savings are
 * zero. Heating meters (3P R2 over 0.5) with 300 days in both years.
 */
export const placeboYears = (archive: Archive, scope: NonNullable<SavingsOptions['scope']>): Placebo[] => {
  const table = prior[scope === 'whole' ? 'sum' : 'level'];
  return [...archive].flatMap(([building, whole]) =>
    YEARS.flatMap((year) => {
      const [baseline, reporting] = [calendarYear(year), calendarYear(year + 1)];
      const series = between(whole, baseline.from, reporting.to);
      const measured = measureSavings(series, { baseline, reporting, holidays: 'GB', zeros: 'real', scope });
      if (!measured.ok) return [];
      const { fit, validDays, counterfactual, actualKwh, savingsShare, ashrae14 } = measured.value;
      const heats = (fit.signature?.metrics.r2 ?? 0) > 0.5;
      const lnRatio = Math.log(actualKwh / counterfactual.value);
      if (!heats || fit.model.metrics.n < 300 || validDays < 300 || !(Math.abs(lnRatio) < EVENT_LN))
        return [];
      const half = Math.log(counterfactual.high / counterfactual.low) / 2;
      // Drift factor 1: the series holds no earlier year, so what is not the table's drift is the model's noise.
      const noise = Math.sqrt(Math.max(0, half ** 2 - table.halfWidthLn90 ** 2)) / table.noiseFactor;
      return [
        {
          building,
          year,
          lnRatio,
          noise,
          sharePercent: savingsShare,
          ashraePoints: ashrae14.fsuPercent * Math.abs(savingsShare.value / 100),
        },
      ];
    }),
  );
};
