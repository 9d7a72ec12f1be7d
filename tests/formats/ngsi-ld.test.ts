import { describe, expect, it } from 'vitest';
import { readQuery, readUrn } from '#formats/ngsi-ld/index.ts';

describe('the conditions of q', () => {
  it('are read, values in quotes with their separators', () => {
    expect(readQuery('category=="school","office";constructionYear>=1950;floorArea<1200.5')).toEqual([
      { path: 'category', operator: '==', values: ['school', 'office'] },
      { path: 'constructionYear', operator: '>=', values: [1950] },
      { path: 'floorArea', operator: '<', values: [1200.5] },
    ]);
    expect(readQuery('address[addressLocality]=="Saint-Médard; en, Jalles"')).toEqual([
      { path: 'address[addressLocality]', operator: '==', values: ['Saint-Médard; en, Jalles'] },
    ]);
    expect(readQuery('refBuilding==urn:ngsi-ld:Building:b.1')).toEqual([
      { path: 'refBuilding', operator: '==', values: ['urn:ngsi-ld:Building:b.1'] },
    ]);
  });
  it.each([
    '',
    ';',
    'a',
    'a==',
    'a=="b',
    'a==b',
    'a!="b"',
    'a~="b"',
    '(a=="b")',
    'a=="b"|c=="d"',
    'a.b=="c"',
    'a>1,2',
    'a===1',
    'a==1..2',
  ])('%s is not of the subset', (text) => expect(readQuery(text)).toBeUndefined());
});

it('names of entities are ours or none', () => {
  expect(readUrn('urn:ngsi-ld:DeviceMeasurement:gas:1')).toEqual({ type: 'DeviceMeasurement', id: 'gas:1' });
  for (const urn of ['', 'b', 'urn:ngsi-ld:Building:', 'urn:ngsi-ld:Vehicle:b', 'URN:NGSI-LD:Building:b'])
    expect(readUrn(urn)).toBeUndefined();
});
