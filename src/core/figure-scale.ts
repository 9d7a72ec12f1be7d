type Step = { readonly from: number; readonly factor: number; readonly unit: string };

/** From which size on a figure is written in which unit, the largest first: on the page and in documents alike. */
const steps: Readonly<Record<string, readonly Step[]>> = {
  kWh: [
    { from: 1e7, factor: 1e-6, unit: 'GWh' },
    { from: 1e4, factor: 1e-3, unit: 'MWh' },
    { from: 0, factor: 1, unit: 'kWh' },
  ],
  EUR: [
    { from: 1e6, factor: 1e-6, unit: 'M€' },
    { from: 1e5, factor: 1e-3, unit: 'k€' },
    { from: 0, factor: 1, unit: '€' },
  ],
  J: [
    { from: 1e7, factor: 1e-6, unit: 'MJ' },
    { from: 1e4, factor: 1e-3, unit: 'kJ' },
    { from: 0, factor: 1, unit: 'J' },
  ],
  kgCO2e: [
    { from: 1e4, factor: 1e-3, unit: 't CO₂e' },
    { from: 0, factor: 1, unit: 'kg CO₂e' },
  ],
};

/** What would read under a tenth of the unit it shares is written in a smaller one: 20 k€ beside 1.5 M€, not 0.02 M€. */
const LEAST_READ = 0.1;

/**
 * The unit of a figure given in kWh, EUR, J or kgCO2e and the factor to it: that of the largest figure it is read beside, or the
 * first smaller one in which it can be read. Undefined for a unit that is always written as it is.
 */
export const figureScale = (
  value: number,
  unit: string,
  like = 0,
): { readonly factor: number; readonly unit: string } | undefined => {
  const size = Math.abs(value);
  const shared = steps[unit]?.filter(({ from }) => Math.max(size, like) >= from);
  return shared?.find(({ factor }) => size === 0 || size * factor >= LEAST_READ) ?? shared?.at(-1);
};
