import { describe, expect, it } from 'vitest';
import { mappingOf } from '../../../src/formats/readings/index.ts';
import { errorOf, readTextFile, shown, valueOf } from '../../support/readings.ts';

describe('a mapping', () => {
  it('reads counted months from an origin', async () => {
    const mapping = valueOf(
      mappingOf(
        'm.json',
        '{"timeColumn":"observation","valueColumn":"consumption","timezone":"UTC","counter":{"origin":"2020-01-01","step":"month","first":1}}',
      ),
    );
    const [series] = await readTextFile(
      'a.csv',
      'observation,consumption,HDD\n1,310,12\n2,290,19\n3,31,8\n',
      mapping,
    );
    expect(shown(series)).toEqual([
      '2020-01-01T00:00 → 2020-02-01T00:00: 310',
      '2020-02-01T00:00 → 2020-03-01T00:00: 290',
      '2020-03-01T00:00 → 2020-04-01T00:00: 31',
    ]);
  });

  it('reads seconds of a test as mean watts', async () => {
    const [series] = await readTextFile('a.csv', 'Time,To,Qh\n0.0,16,1000\n1800.0,15,500\n3600.0,15,0\n', {
      valueColumn: 'Qh',
      timeColumn: 'Time',
      unit: 'W',
      timezone: 'UTC',
      counter: { origin: '2020-01-01', step: 'second' },
    });
    expect([...series.energyKwh]).toEqual([0.5, 0.25, 0]);
  });

  it.each([
    ['not json', 'JSON'],
    ['{"valueColum":"x"}', 'valueColumn'],
    ['{"unit":"therm"}', 'unit'],
    ['{"counter":{"origin":"2020-02-31","step":"day"}}', 'counter.origin'],
  ])('%s is refused in words', (text, word) => {
    const failed = errorOf(mappingOf('m.json', text));
    expect(failed.code).toBe('mapping-invalid');
    expect(failed.message.en).toContain(word);
  });
});
