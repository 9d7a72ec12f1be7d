import { describe, expect, it } from 'vitest';
import { type LabelledDwelling, labelChances, labelOf, primaryFactor } from '#simulate/index.ts';

const flat: LabelledDwelling = { areaM2: 65, zone: 'H2c', altitudeM: 20, date: '2025-03-01' };

describe('DPE label', () => {
  // Limits of the order of 31 March 2021: 180 and 30 end C, 250 and 50 end D.
  it.each([
    [179.99, 29.9, 'C', 'C', 'C'],
    [180, 29.9, 'D', 'C', 'D'],
    [120, 50, 'C', 'E', 'E'],
    [419.9, 99.9, 'F', 'F', 'F'],
    [420, 0, 'G', 'A', 'G'],
    [0, 0, 'A', 'A', 'A'],
  ])('%d kWh and %d kg: %s, %s, %s', (primaryKwhM2, ghgKgM2, energy, ghg, label) => {
    expect(labelOf({ primaryKwhM2, ghgKgM2 }, flat)).toEqual({ energy, ghg, label });
  });

  it('is milder for F and G above 800 m in the cold zones alone', () => {
    const use = { primaryKwhM2: 450, ghgKgM2: 20 };
    expect(labelOf(use, { ...flat, zone: 'H1c', altitudeM: 900 }).label).toBe('F');
    expect(labelOf(use, { ...flat, zone: 'H1c', altitudeM: 700 }).label).toBe('G');
    expect(labelOf(use, { ...flat, zone: 'H2c', altitudeM: 900 }).label).toBe('G');
  });

  it('is milder for small dwellings from July 2024', () => {
    const use = { primaryKwhM2: 290, ghgKgM2: 5 };
    const studio = { ...flat, areaM2: 20.7 };
    expect(labelOf(use, { ...studio, date: '2024-06-30' }).label).toBe('E');
    expect(labelOf(use, { ...studio, date: '2024-07-01' }).label).toBe('D');
    expect(labelOf({ primaryKwhM2: 700, ghgKgM2: 5 }, { ...flat, areaM2: 5 }).label).toBe('F');
  });

  it('gives chances over draws that sum to one', () => {
    const chances = labelChances(Float64Array.of(100, 200, 240, 300), Float64Array.of(5, 5, 5, 5), flat);
    expect(chances).toEqual({ A: 0, B: 0.25, C: 0, D: 0.5, E: 0.25, F: 0, G: 0 });
  });

  it('has the primary-energy factor of its date', () => {
    expect(primaryFactor('electricity', '2025-12-31')).toBe(2.3);
    expect(primaryFactor('electricity', '2026-01-01')).toBe(1.9);
    expect(primaryFactor('gas', '2026-01-01')).toBe(1);
  });
});
