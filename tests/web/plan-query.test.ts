import { describe, expect, it } from 'vitest';
import { linesOfPart, partWithin } from '../../src/web/part-turner.tsx';
import { planQueryHref, readPlanQuery } from '../../src/web/programme/plan-query.ts';
import { leftTold } from '../../src/web/programme/waiting.tsx';

describe('what is looked for in a programme', () => {
  it('stands in the address, and is found again from it', () => {
    const asked = { name: 'Tilleuls & co', place: 'late', part: 3 } as const;
    const href = planQueryHref('#/programmes/2?place=retenus', asked);
    expect(href).toBe('#/programmes/2?nom=Tilleuls+%26+co&place=plus-tard&partie=3');
    expect(readPlanQuery(href)).toEqual(asked);
    expect(planQueryHref(href, { name: '', place: '', part: 1 })).toBe('#/programmes/2');
  });

  it('leaves out what it does not know', () => {
    expect(readPlanQuery('#/programmes/2?place=ailleurs&partie=-3&x=1')).toEqual({
      name: '',
      place: '',
      part: 1,
    });
  });
});

describe('how long a computation still takes', () => {
  it('is told at its pace so far, and not before there is one', () => {
    expect(leftTold(0.25, 40)).toEqual({
      fr: '25 %, encore 2\u00a0min 00\u00a0s environ',
      en: '25 %, about 2\u00a0min 00\u00a0s more',
    });
    expect(leftTold(0.01, 40)).toBeNull();
    expect(leftTold(1, 40)).toBeNull();
    expect(leftTold(0.999, 40)?.en).toContain('99 %');
  });
});

describe('a list drawn part by part', () => {
  it('leaves no line out, repeats none, and has no part beyond the last', () => {
    const all = Array.from({ length: 20 }, (_, index) => index);
    expect([1, 2, 3].flatMap((part) => linesOfPart(all, part, 8))).toEqual(all);
    // A list that has become shorter, by a search or a new programme, is read at its end.
    expect(partWithin(9, 20, 8)).toBe(3);
    expect(partWithin(2, 0, 8)).toBe(1);
    expect(partWithin(2, 16, 8)).toBe(2);
  });
});
