import { describe, expect, it } from 'vitest';
import { looksLikeReadings, mayBeReadings, meterInName } from '../../src/web/stock/import-item.ts';

describe('a file on its way into the stock', () => {
  it('is of readings where its first bytes say so', async () => {
    const of = (text: string): Promise<boolean> => looksLikeReadings(new Blob([text]));
    expect(await of('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">')).toBe(true);
    expect(await of('{"meter_reading": {"usage_point_id": "1"}}')).toBe(true);
    expect(await of('ISO-10303-21;\nHEADER;')).toBe(false);
    expect(await of('code;nom;surface')).toBe(false);
    expect(await of('{"id": "a", "floorAreaM2": 100}')).toBe(false);
  });

  it('may be of readings where it is a table, never where it is a model', () => {
    expect(mayBeReadings('releves.csv')).toBe(true);
    expect(mayBeReadings('maquette.ifc')).toBe(false);
  });

  it('proposes the meter that its name holds, the longest first', () => {
    expect(meterInName('Releves_ECOLE-gaz_2025.csv', ['ecole', 'ecole-gaz', 'musee'])).toBe('ecole-gaz');
    expect(meterInName('releves.csv', ['ecole'])).toBeUndefined();
  });
});
