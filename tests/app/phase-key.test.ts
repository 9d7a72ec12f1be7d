import { describe, expect, it } from 'vitest';
import { phaseKey } from '#app/phase-key.ts';
import { remembering } from '#app/remembering.ts';
import type { DailySeries } from '#core/series.ts';
import { sampleTwin } from '../support/sample-twin.ts';

const series: DailySeries = {
  timezone: 'Europe/Paris',
  firstDay: 19_000,
  energyKwh: Float64Array.of(10, 20, Number.NaN),
  outdoorC: Float64Array.of(5, 6, 7),
};
const twin = sampleTwin('museum');
const window = { from: 19_000, to: 19_002 };
const drift = { factor: 1, years: 0, buildings: 0 };

describe('the key of a phase', () => {
  it('is the same for the same content', () => {
    const again = { ...series, energyKwh: Float64Array.from(series.energyKwh) };
    expect(phaseKey(structuredClone(twin), again, { ...window }, drift)).toBe(
      phaseKey(twin, series, window, drift),
    );
  });

  it.each<[string, string]>([
    [
      'a reading',
      phaseKey(twin, { ...series, energyKwh: Float64Array.of(10, 21, Number.NaN) }, window, drift),
    ],
    ['a temperature', phaseKey(twin, { ...series, outdoorC: Float64Array.of(5, 6, 8) }, window, drift)],
    ['a confirmed day', phaseKey(twin, { ...series, confirmed: Uint8Array.of(0, 0, 1) }, window, drift)],
    ['sunshine', phaseKey(twin, { ...series, ghiWm2: Float64Array.of(1, 2, 3) }, window, drift)],
    ['the first day', phaseKey(twin, { ...series, firstDay: 19_001 }, window, drift)],
    ['the window', phaseKey(twin, series, { from: 19_001, to: 19_002 }, drift)],
    ['the twin', phaseKey({ ...twin, constructionYear: 1973 }, series, window, drift)],
    ['the drift of the stock', phaseKey(twin, series, window, { factor: 1.1, years: 3, buildings: 2 })],
    ['no readings', phaseKey(twin, undefined, window, drift)],
  ])('changes with %s', (_, key) => {
    expect(key).not.toBe(phaseKey(twin, series, window, drift));
  });
});

describe('remembering', () => {
  it('computes once, and forgets what was asked for longest ago', () => {
    const computed: string[] = [];
    const length = remembering<number>(2);
    const ask = (key: string): number =>
      length(key, () => {
        computed.push(key);
        return key.length;
      });
    expect(['a', 'bb', 'a', 'ccc', 'a', 'bb'].map(ask)).toEqual([1, 2, 1, 3, 1, 2]);
    expect(computed).toEqual(['a', 'bb', 'ccc', 'bb']);
  });
});
