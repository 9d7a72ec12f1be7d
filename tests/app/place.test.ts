import { describe, expect, it } from 'vitest';
import { zoneOfDepartment } from '#simulate/index.ts';
import { placeAsked, placeOf, placeTold } from '../../src/app/place.ts';
import { sampleBuilding } from '../support/samples.ts';

const building = sampleBuilding('b');
const inDepartment = (department: string) => ({ ...building, facts: { ...building.facts, department } });

describe('climate zone of a building', () => {
  it('every department of metropolitan France lies in one zone', () => {
    const numbers = Array.from({ length: 95 }, (_, index) => String(index + 1).padStart(2, '0'));
    const departments = [...numbers.filter((one) => one !== '20'), '2A', '2B'];
    expect(departments).toHaveLength(96);
    expect(departments.filter((one) => zoneOfDepartment(one) === undefined)).toEqual([]);
  });

  it('follows the published table, however the department is written', () => {
    expect(['59', '67', '69', '35', '44', '33', '84', '13'].map(zoneOfDepartment)).toEqual([
      'H1a',
      'H1b',
      'H1c',
      'H2a',
      'H2b',
      'H2c',
      'H2d',
      'H3',
    ]);
    expect([zoneOfDepartment('2a'), zoneOfDepartment('1')]).toEqual(['H3', 'H1c']);
    expect(['20', '97', '974', '', 'Gironde'].map(zoneOfDepartment)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is taken from the facts, from a postcode, or assumed and said so', () => {
    expect(placeOf(inDepartment('67'))).toMatchObject({ zone: 'H1b', ceeZone: 'H1', department: '67' });
    expect(placeOf({ ...building, commune: '13001 Marseille' })).toMatchObject({ zone: 'H3', ceeZone: 'H3' });
    const unknown = placeOf(building);
    expect(unknown.zone).toBe('H2c');
    expect(unknown.ceeZone).toBeUndefined();
    expect(unknown.said.en).toContain('not known');
    expect(placeOf({ ...building, commune: '20000 Ajaccio' }).department).toBeUndefined();
  });

  it('takes the altitude of the site', () => {
    const high = {
      ...building,
      facts: { department: '73', site: { latitudeDeg: 45, longitudeDeg: 6, altitudeM: 900 } },
    };
    expect(placeOf(high)).toMatchObject({ zone: 'H1c', altitudeM: 900 });
  });

  it('refuses a department that no zone holds, and names it', () => {
    const asked = placeAsked(building, '974');
    expect(asked.ok ? undefined : asked.error.code).toBe('unknown-department');
    expect(asked.ok ? '' : asked.error.message.fr).toContain('974');
  });

  it('says that the typical year is elsewhere, and only then', () => {
    const codes = (department: string | undefined, typical: boolean): string[] =>
      placeTold(
        department === undefined ? placeOf(building) : placeOf(inDepartment(department)),
        typical,
      ).map(({ code }) => code);
    expect(codes(undefined, true)).toEqual(['place-unknown']);
    expect(codes('67', true)).toEqual(['weather-elsewhere']);
    expect(codes('67', false)).toEqual([]);
    expect(codes('33', true)).toEqual([]);
  });
});
