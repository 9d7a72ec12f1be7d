import { describe, expect, it } from 'vitest';
import { readAllReadings } from '../../../src/formats/registry.ts';
import { errorOf, readTextFile, shown, utf8 } from '../../support/readings.ts';

const entry = (self: string, up: string, related: string, content: string): string =>
  `<entry><id>urn:uuid:1</id><link rel="self" href="${self}"/><link rel="up" href="${up}"/>${related === '' ? '' : `<link rel="related" href="${related}"/>`}<content>${content}</content></entry>`;

const point = '/espi/1_1/resource/RetailCustomer/9/UsagePoint/1';

const feed = (type: string, readings: string, time = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Green Button</title>${[
    entry(
      point,
      '/espi/1_1/resource/RetailCustomer/9/UsagePoint',
      `${point}/MeterReading`,
      '<UsagePoint xmlns="http://naesb.org/espi"><ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>',
    ),
    entry(
      `${point}/MeterReading/1`,
      `${point}/MeterReading`,
      '/espi/1_1/resource/ReadingType/7',
      '<MeterReading xmlns="http://naesb.org/espi"/>',
    ),
    entry(
      '/espi/1_1/resource/ReadingType/7',
      '/espi/1_1/resource/ReadingType',
      '',
      `<ReadingType xmlns="http://naesb.org/espi">${type}</ReadingType>`,
    ),
    entry(
      `${point}/MeterReading/1/IntervalBlock/3`,
      `${point}/MeterReading/1/IntervalBlock`,
      '',
      `<IntervalBlock xmlns="http://naesb.org/espi"><interval><duration>7200</duration><start>1704067200</start></interval>${readings}</IntervalBlock>`,
    ),
    time,
  ].join('')}</feed>`;

const reading = (start: number, value: number, quality = ''): string =>
  `<IntervalReading><timePeriod><duration>3600</duration><start>${start}</start></timePeriod><value>${value}</value>${quality}</IntervalReading>`;

const local = entry(
  '/espi/1_1/resource/LocalTimeParameters/1',
  '/x',
  '',
  '<LocalTimeParameters xmlns="http://naesb.org/espi"><dstOffset>3600</dstOffset><tzOffset>-28800</tzOffset></LocalTimeParameters>',
);

describe('Green Button', () => {
  it('reads Wh with its power of ten, its quality and its zone', async () => {
    const type = '<powerOfTenMultiplier>-3</powerOfTenMultiplier><uom>72</uom>';
    const estimated = '<ReadingQuality><quality>8</quality></ReadingQuality>';
    const [series] = await readTextFile(
      'gb.xml',
      feed(type, reading(1_704_067_200, 1_500_000) + reading(1_704_070_800, 250_000, estimated), local),
    );
    expect(shown(series)).toEqual([
      '2024-01-01T00:00 → 2024-01-01T01:00: 1.5',
      '2024-01-01T01:00 → 2024-01-01T02:00: 0.25',
    ]);
    expect(series.timezone).toBe('America/Los_Angeles');
    expect(series.source?.carrier).toBe('electricity');
    expect([...(series.flags ?? [])]).toEqual([0, 1]);
  });

  it('converts therms, and refuses a volume without its heating value', async () => {
    const [therms] = await readTextFile('gb.xml', feed('<uom>169</uom>', reading(1_704_067_200, 2)));
    expect(therms.energyKwh[0]).toBeCloseTo(58.614, 3);
    const volume = feed('<uom>42</uom>', reading(1_704_067_200, 2));
    expect(errorOf(await readAllReadings('gb.xml', utf8(volume))).code).toBe('green-button-unit');
    const [cubic] = await readTextFile('gb.xml', volume, { kwhPerM3: 11 });
    expect(cubic.energyKwh[0]).toBe(22);
  });

  it('leaves out and names the readings that are none, and keeps the others', async () => {
    const odd =
      '<IntervalReading><timePeriod><duration>3600</duration><start>1704070800</start></timePeriod><value>n/a</value></IntervalReading>' +
      '<IntervalReading><value>4</value></IntervalReading>' +
      '<IntervalReading><timePeriod><duration>0</duration><start>1704074400</start></timePeriod><value>5</value></IntervalReading>';
    const text = feed(
      '<uom>72</uom>',
      `${reading(1_704_067_200, 1000)}${odd}${reading(1_704_078_000, 2000)}`,
    );
    const [series] = await readTextFile('gb.xml', text);
    expect([series.rowsRead, series.rowsRejected]).toEqual([5, 3]);
    expect([...series.energyKwh]).toEqual([1, 2]);
    const told = series.warnings.filter(({ code }) => code === 'bad-value' || code === 'bad-interval');
    expect(told.map(({ code, place }) => [code, place?.line])).toEqual([
      ['bad-value', 2],
      ['bad-interval', 3],
      ['bad-interval', 4],
    ]);
    expect(told[0]?.message.fr).toContain('Relevé 2 : la valeur « n/a » n’est pas un nombre');
  });

  it('refuses entity declarations before anything is expanded', async () => {
    const names = 'abcdefghij'.split('');
    const bomb = names
      .map((name, index) => `<!ENTITY ${name} "${index === 0 ? 'ha' : `&${names[index - 1]};`.repeat(10)}">`)
      .join('');
    const text = `<?xml version="1.0"?><!DOCTYPE feed [${bomb}]><feed xmlns="http://naesb.org/espi">&j;</feed>`;
    expect(errorOf(await readAllReadings('bomb.xml', utf8(text))).code).toBe('xml-entities-refused');
  });

  it.each([
    ['cut', feed('<uom>72</uom>', reading(1_704_067_200, 2)).slice(0, 900)],
    ['crossed', '<feed xmlns="http://naesb.org/espi"><entry></feed></entry>'],
    ['deep', `<feed xmlns="http://naesb.org/espi">${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</feed>`],
  ])('refuses %s XML with a sentence', async (_, text) => {
    expect(errorOf(await readAllReadings('x.xml', utf8(text))).code).toBe('xml-malformed');
  });
});
