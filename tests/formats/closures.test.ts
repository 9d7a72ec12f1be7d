import { describe, expect, it } from 'vitest';
import { dayNumber } from '#core/calendar.ts';
import { readClosures } from '#formats/closures/index.ts';

const file = (closures: unknown): string => JSON.stringify({ schema: 'stacoptim.closures/1', closures });

describe('a closures file', () => {
  it('gives its ranges earliest first, both days included', () => {
    const read = readClosures(
      'c.json',
      file([
        { from: '2024-12-21', to: '2025-01-05', name: 'Noël' },
        { from: '2024-02-29', to: '2024-02-29' },
      ]),
    );
    expect(read.ok && read.value).toEqual([
      { from: dayNumber(2024, 2, 29), to: dayNumber(2024, 2, 29) },
      { from: dayNumber(2024, 12, 21), to: dayNumber(2025, 1, 5) },
    ]);
  });

  it('takes ranges that touch, and none at all', () => {
    const touching = [
      { from: '2024-07-01', to: '2024-07-14' },
      { from: '2024-07-15', to: '2024-07-31' },
    ];
    expect(readClosures('c.json', file(touching)).ok).toBe(true);
    expect(readClosures('c.json', file([])).ok).toBe(true);
  });

  it.each([
    ['closures-invalid', 'not JSON', 'c.json'],
    ['closures-invalid', '{"closures":[]}', 'schema'],
    ['closures-invalid', file([{ from: '2024-07-01', until: '2024-07-02' }]), 'closures.0'],
    ['closures-date', file([{ from: '2023-02-29', to: '2023-03-01' }]), 'closure 1: “2023-02-29”'],
    ['closures-date', file([{ from: '2023-02-01', to: '15/02/2023' }]), '“15/02/2023”'],
    ['closures-reversed', file([{ from: '2023-03-02', to: '2023-03-01' }]), 'before it begins'],
    [
      'closures-overlap',
      file([
        { from: '2023-07-10', to: '2023-08-01' },
        { from: '2023-07-01', to: '2023-07-10' },
      ]),
      '2023-07-01/2023-07-10 and 2023-07-10/2023-08-01',
    ],
  ])('%s: %s', (code, text, told) => {
    const read = readClosures('c.json', text);
    if (read.ok) throw new Error('read');
    expect(read.error.code).toBe(code);
    expect(read.error.message.en).toContain(told);
    expect(read.error.message.fr).not.toBe(read.error.message.en);
  });
});
