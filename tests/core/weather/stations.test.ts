import { describe, expect, it } from 'vitest';
import { dayOrigin, fillDays } from '#core/weather/fill-days.ts';
import { chooseStation, distanceKm, type StationCandidate } from '#core/weather/station-choice.ts';

const bordeaux = { latitudeDeg: 44.8378, longitudeDeg: -0.5792, altitudeM: 20 };

const station = (
  name: string,
  latitudeDeg: number,
  longitudeDeg: number,
  altitudeM: number,
  coverage: number,
): StationCandidate => ({
  id: name,
  name,
  latitudeDeg,
  longitudeDeg,
  altitudeM,
  coverage,
});

describe('the station of a site', () => {
  it('is Paris 499 km from Bordeaux (great circle between the two town halls)', () => {
    expect(distanceKm(bordeaux, { latitudeDeg: 48.8566, longitudeDeg: 2.3522 })).toBeCloseTo(499, 0);
  });

  it('is the nearest that knows the days, altitude counted', () => {
    const chosen = chooseStation(bordeaux, [
      station('near but silent', 44.84, -0.58, 20, 0.5),
      station('on a hill', 44.85, -0.6, 280, 1),
      station('Mérignac', 44.83, -0.69, 47, 0.99),
    ]);
    expect([chosen?.status, chosen?.station.name]).toEqual(['chosen', 'Mérignac']);
    expect(chosen?.reason.fr).toBe('Mérignac : à 9 km, 27 m d’écart d’altitude, 99 % des jours connus.');
    expect(chosen?.others.map(({ station: { name } }) => name)).toEqual(['on a hill']);
  });

  it('falls back on what knows most where none fits, and says what is wrong', () => {
    const chosen = chooseStation(bordeaux, [
      station('silent', 44.84, -0.58, 20, 0.2),
      station('far', 45.8, 0.5, 60, 0.95),
    ]);
    expect([chosen?.status, chosen?.station.name]).toEqual(['fallback', 'far']);
    expect(chosen?.reason.en).toContain('does not fit: it is');
    expect(chooseStation(bordeaux, [])).toBeUndefined();
  });

  it('takes a station whose altitude is unknown by its distance alone, and says so', () => {
    const chosen = chooseStation(bordeaux, [station('x', 44.84, -0.58, Number.NaN, 1)]);
    expect(chosen?.reason.en).toContain('difference of altitude unknown');
  });
});

describe('days filled', () => {
  const own = (hole: readonly number[]): Float64Array =>
    Float64Array.from({ length: 100 }, (_, day) => (hole.includes(day) ? Number.NaN : 10 + Math.sin(day)));
  const other = Float64Array.from({ length: 100 }, (_, day) => 13 + Math.sin(day));

  it('takes the middle of its neighbours for one day, and another station set right for more', () => {
    const filled = fillDays({ firstDay: 0, outdoorC: own([20, 50, 51, 52]) }, [
      { firstDay: 0, outdoorC: other },
    ]);
    expect(filled.weather.outdoorC[20]).toBeCloseTo(10 + (Math.sin(19) + Math.sin(21)) / 2, 12);
    for (const day of [50, 51, 52]) expect(filled.weather.outdoorC[day]).toBeCloseTo(10 + Math.sin(day), 9);
    expect([19, 20, 51].map((day) => filled.origin[day])).toEqual([
      dayOrigin.measured,
      dayOrigin.interpolated,
      dayOrigin.otherStation,
    ]);
  });

  it('leaves unknown what nothing tells, and a station with too few common days is not believed', () => {
    const short = Float64Array.from({ length: 100 }, (_, day) => (day >= 50 && day < 60 ? 13 : Number.NaN));
    const filled = fillDays({ firstDay: 0, outdoorC: own([50, 51]) }, [{ firstDay: 0, outdoorC: short }]);
    expect(filled.weather.outdoorC[50]).toBeNaN();
    expect(filled.origin[50]).toBe(dayOrigin.unknown);
  });
});
