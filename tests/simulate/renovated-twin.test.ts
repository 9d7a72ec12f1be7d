import { describe, expect, it } from 'vitest';
import { renovatedTwin, shippedCatalogue } from '#simulate/index.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const twin = blockOfFlats();
const pick = (...ids: readonly string[]) => shippedCatalogue.filter(({ id }) => ids.includes(id));
const lossOf = (one: typeof twin, group: string): number =>
  one.losses.find((loss) => loss.group === group)?.h.value ?? Number.NaN;

describe('renovated twin', () => {
  it('is the twin itself without works', () => {
    expect(renovatedTwin(twin, [])).toBe(twin);
  });

  it('walls of 1.8 with R 4.4: U = 1/(1/1.8 + 4.4) = 0.2018, the group in the same ratio', () => {
    const after = renovatedTwin(twin, pick('wall-insulation-outside'));
    expect(after.elements[0].u.value).toBeCloseTo(0.2018, 4);
    expect(lossOf(after, 'walls')).toBeCloseTo((2520 * 0.20179) / 1.8, 0);
    expect(lossOf(after, 'bridges')).toBeCloseTo(400 * 0.35, 6);
    expect(lossOf(after, 'roof')).toBe(672);
    const total = after.losses.reduce((sum, { h }) => sum + h.value, 0);
    expect(after.heatLoss.value).toBeCloseTo(total, 9);
    expect(after.elements[0].u.low).toBeLessThan(after.elements[0].u.value);
    expect(after.elements[0].u.high).toBeGreaterThan(after.elements[0].u.value);
  });

  it('new windows change loss and sun: g from 0.7 to 0.5', () => {
    const after = renovatedTwin(twin, pick('windows'));
    expect(lossOf(after, 'windows')).toBeCloseTo(360 * 1.3, 6);
    expect(after.solarApertureM2.value).toBeCloseTo((70 * 0.5) / 0.7, 6);
    expect(lossOf(after, 'air')).toBeCloseTo(1600 * 0.93, 6);
  });

  it('a heat pump takes over heating and hot water on another carrier', () => {
    const after = renovatedTwin(twin, pick('heat-pump-air'));
    expect(after.system).toMatchObject({ kind: 'heat-pump-air', carrier: 'electricity' });
    expect(after.system.efficiency.value).toBe(2.6);
    expect(after.baseLoadKwhDay.value).toBeCloseTo((280 * 0.73) / (2.6 * 0.8), 6);
  });

  it('control and hot water change set point and base load', () => {
    const after = renovatedTwin(twin, pick('balancing', 'set-back', 'hot-water'));
    expect(after.setPointC.value).toBeCloseTo(20 - 0.6 - (4 * 9) / 48, 9);
    expect(after.baseLoadKwhDay.value).toBeCloseTo(280 * 0.8, 9);
    expect(after.setPointC.basis).toContain('balancing');
  });
});
