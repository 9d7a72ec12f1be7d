import { describe, expect, it } from 'vitest';
import { bindingDate, keepsLaw, lastWorksYear, type LegalDate } from '#simulate/index.ts';

const date = (step: string, from: string, chanceOutside: number): LegalDate => ({
  law: 'rental-ban',
  step,
  from,
  chanceOutside,
});

/** A home of class F with 70 %, E with 25 %, G with 5 %: the chances of standing outside add up from the worst class. */
const home = [date('E', '2034-01-01', 1), date('G', '2025-01-01', 0.05), date('F', '2028-01-01', 0.75)];

describe('dates of the law', () => {
  it('the soonest date over the threshold binds, and works must end the year before', () => {
    const binding = bindingDate(home);
    expect(binding?.step).toBe('F');
    expect(binding === undefined ? 0 : lastWorksYear(binding)).toBe(2027);
  });

  it('a more careful threshold brings the date forward, never back', () => {
    expect(bindingDate(home, 0.04)?.step).toBe('G');
    expect(bindingDate(home, 0.8)?.step).toBe('E');
    expect(bindingDate([date('F', '2028-01-01', 0.5)])).toBeUndefined();
  });

  it('works keep the law when no date up to the year binds; a later one may still', () => {
    const after = [date('G', '2025-01-01', 0), date('F', '2028-01-01', 0.1), date('E', '2034-01-01', 0.9)];
    expect(keepsLaw(after, 2030)).toBe(true);
    expect(keepsLaw(after, 2034)).toBe(false);
    expect(keepsLaw(after, 2030, 0.05)).toBe(false);
    expect(keepsLaw([], 2050)).toBe(true);
  });
});
