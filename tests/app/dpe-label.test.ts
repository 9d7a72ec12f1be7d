import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import { shippedCatalogue } from '#simulate/index.ts';
import { dpeLabelOf } from '../../src/app/dpe-label.ts';
import type { Phase } from '../../src/app/building-state.ts';
import { placeOf } from '../../src/app/place.ts';
import { sampleBuilding } from '../support/samples.ts';
import { blockOfFlats } from '../support/block-of-flats.ts';

const twin = blockOfFlats();
const posterior = calibrate(priorFromTwin(twin), undefined, { draws: 300, seed: 3 });
const phase = { twin, posterior } as Phase;
const bordeaux = placeOf(sampleBuilding('somewhere'));
const noon = Date.UTC(2026, 1, 1, 12);

describe('DPE label of a building', () => {
  it('is dated, says it is an estimate and names what it assumes', () => {
    const { dpeLabel } = dpeLabelOf(phase, [], noon, bordeaux);
    expect(dpeLabel?.day).toBe('2026-02-01');
    expect(dpeLabel?.primaryKwhM2.basis).toContain('estimation, pas un DPE');
    expect(dpeLabel?.defaults.at(-1)?.fr).toContain('H2c');
  });

  it('improves with works, and is absent for a school', () => {
    const roof = shippedCatalogue.filter(({ id }) => id === 'roof-insulation');
    const before = dpeLabelOf(phase, [], noon, bordeaux).dpeLabel?.primaryKwhM2.value ?? 0;
    expect(dpeLabelOf(phase, roof, noon, bordeaux).dpeLabel?.primaryKwhM2.value).toBeLessThan(before);
    expect(dpeLabelOf({ ...phase, twin: { ...twin, use: 'school' } }, [], noon, bordeaux)).toEqual({});
  });
});
