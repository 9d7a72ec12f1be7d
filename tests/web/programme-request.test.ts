import { describe, expect, it } from 'vitest';
import { draftOf, emptyDraft, type ProgrammeDraft, requestOf } from '../../src/web/programme/request.ts';

const draft = (more: Partial<ProgrammeDraft>): ProgrammeDraft => ({ ...emptyDraft(2027), ...more });
const said = (more: Partial<ProgrammeDraft>): string => {
  const asked = requestOf(draft(more), 'fr');
  return asked.ok ? '' : asked.message.fr;
};

describe('the controls of the programme', () => {
  it('ask for links and shares, and are found again from what was asked', () => {
    const typed = draft({
      links: [
        { building: 'a', relation: 'together', other: 'b' },
        { building: 'c', relation: 'after', other: 'a' },
      ],
      shares: [{ group: 'Pessac', percent: '12,5' }],
    });
    const asked = requestOf(typed, 'fr');
    if (!asked.ok) throw new Error(asked.message.en);
    expect(asked.value).toMatchObject({
      together: [['a', 'b']],
      after: [{ building: 'c', waitsFor: 'a' }],
      fairness: [{ group: 'Pessac', minimumShare: 0.125 }],
    });
    const again = draftOf(asked.value, 2027, 3);
    expect(again.links).toEqual(typed.links);
    expect(again.shares).toEqual([{ group: 'Pessac', percent: '12.5' }]);
  });

  it('read thousands as each language writes them', () => {
    const budgets = (typed: string, language: 'fr' | 'en') => {
      const asked = requestOf(draft({ budgets: [typed] }), language);
      return asked.ok ? asked.value.budgetsEur?.[0] : asked.message[language];
    };
    expect(budgets('2,000,000', 'en')).toBe(2_000_000);
    expect(budgets('500,000', 'en')).toBe(500_000);
    expect(budgets('2,000,000', 'fr')).toBe(2_000_000);
    expect(budgets('1\u202f500,50', 'fr')).toBe(1500.5);
    expect(budgets('0.5', 'en')).toBe(0.5);
    expect(budgets('5,00,000', 'en')).toContain('500,000');
  });

  it('write amounts with their thousands apart, and read them back', () => {
    const again = draftOf({ budgetEur: 2_900_000, budgetsEur: [2_500_000, 400_000] }, 2027, 2);
    expect(again.budgets).toEqual(['2\u00a0500\u00a0000', '400\u00a0000']);
    const asked = requestOf(again, 'fr');
    expect(asked.ok && asked.value.budgetsEur).toEqual([2_500_000, 400_000]);
  });

  it('show three that go together as two links with the first', () => {
    const { links } = draftOf({ budgetEur: 1, together: [['a', 'b', 'c']] }, 2027, 1);
    expect(links.map(({ building, other }) => [building, other])).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ]);
  });

  it('say which field to look at: another currency, a share of no commune, a building linked with itself', () => {
    expect(said({ budgets: ['500 000 $'] })).toContain('montant en euros');
    expect(said({ shares: [{ group: ' ', percent: '10' }] })).toContain('commune');
    expect(said({ shares: [{ group: 'Pessac', percent: '120' }] })).toContain('pourcentage');
    expect(said({ links: [{ building: 'a', relation: 'after', other: 'a' }] })).toContain('deux différents');
  });

  it('leave out what is not asked', () => {
    const asked = requestOf(draft({}), 'fr');
    expect(asked.ok && Object.keys(asked.value)).not.toContain('fairness');
    expect(asked.ok && Object.keys(asked.value)).not.toContain('together');
  });
});
