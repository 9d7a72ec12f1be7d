import { describe, expect, it } from 'vitest';
import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import { shippedCatalogue, twinLabel } from '#simulate/index.ts';
import { blockOfFlats } from '../../support/block-of-flats.ts';

const twin = blockOfFlats();
const posterior = calibrate(priorFromTwin(twin), undefined, { draws: 600, seed: 7 });
const place = { zone: 'H2c', altitudeM: 20, date: '2025-06-01' } as const;
const pick = (...ids: readonly string[]) => shippedCatalogue.filter(({ id }) => ids.includes(id));
const label = (measures = pick(), at: Parameters<typeof twinLabel>[1] = place) => {
  const found = twinLabel({ twin, posterior, measures }, at);
  if (found === undefined) throw new Error('not housing');
  return found;
};

describe('label of a twin', () => {
  const now = label();

  it('gives chances that sum to 1, the use with an interval, and says it is no certificate', () => {
    expect(Object.values(now.chances).reduce((total, chance) => total + chance, 0)).toBeCloseTo(1, 9);
    expect(now.primaryKwhM2.low).toBeLessThan(now.primaryKwhM2.value);
    expect(now.primaryKwhM2.high).toBeGreaterThan(now.primaryKwhM2.value);
    expect(now.primaryKwhM2.basis).toContain('pas un DPE');
    expect(now.defaults).toHaveLength(3);
  });

  it('names the heating as people do, never by its code', () => {
    for (const language of ['fr', 'en'] as const)
      expect(now.defaults.map((told) => told[language]).join(' ')).not.toMatch(
        /boiler-|heat-pump-|electric-/,
      );
    expect(now.defaults[0]?.fr).toMatch(/chaudière|pompe à chaleur|électrique|réseau|bois/);
  });

  it('is better after insulation, and the bans bite later and less', () => {
    const after = label(pick('wall-insulation-outside', 'roof-insulation', 'windows'));
    expect(after.primaryKwhM2.value).toBeLessThan(now.primaryKwhM2.value);
    expect(after.bans.map(({ from }) => from)).toEqual(['2025-01-01', '2028-01-01', '2034-01-01']);
    for (const [index, ban] of after.bans.entries())
      expect(ban.chanceLegal).toBeGreaterThanOrEqual(now.bans[index].chanceLegal);
    expect(now.bans[2].chanceLegal).toBeLessThanOrEqual(now.bans[1].chanceLegal);
  });

  it('takes the factor of its date: an electric block uses 1.9/2.3 of the primary energy from 2026', () => {
    const electric = {
      ...twin,
      system: { ...twin.system, kind: 'electric-direct', carrier: 'electricity' },
    } as const;
    const of = (date: string) => twinLabel({ twin: electric, posterior, measures: [] }, { ...place, date });
    const before = of('2025-12-31')?.primaryKwhM2.value ?? Number.NaN;
    const from = of('2026-01-01')?.primaryKwhM2.value ?? Number.NaN;
    expect(from / before).toBeCloseTo(1.9 / 2.3, 9);
  });

  it('does not judge another use than housing', () => {
    expect(twinLabel({ twin: { ...twin, use: 'school' }, posterior, measures: [] }, place)).toBeUndefined();
  });
});
