import { describe, expect, it } from 'vitest';
import { dayShort, dayTold, daysTold, monthTold } from '#app/day-told.ts';

describe('days in a document', () => {
  it('are written as people write them', () => {
    expect(dayTold('2026-11-27', 'fr')).toBe('27 novembre 2026');
    expect(dayTold('2026-09-01', 'fr')).toBe('1er septembre 2026');
    expect(dayTold('2026-09-01', 'en')).toBe('1 September 2026');
    expect(monthTold('2026-02', 'fr')).toBe('février 2026');
    expect([dayShort('2026-02-03', 'fr'), dayShort('2026-02-03', 'en')]).toEqual([
      '03/02/2026',
      '2026-02-03',
    ]);
  });

  it('are found in a sentence, and nothing else is', () => {
    expect(daysTold('un jour (le premier : 2025-01-01), 2025-13-45, ecole-1958', 'fr')).toBe(
      'un jour (le premier : 1er janvier 2025), 2025-13-45, ecole-1958',
    );
  });
});
