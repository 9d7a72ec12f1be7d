import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { hoursOfYear, type TypicalYear } from '#core/weather/typical-year.ts';
import { openText } from '../csv/index.ts';

type Field<Key> = {
  readonly key: Key;
  readonly column: number;
  readonly missingFrom: number;
};

/** Columns (from 0) and the figure from which a value is the mark of a missing one: EnergyPlus Auxiliary Programs, EPW data dictionary. */
const fields = [
  { key: 'outdoorC', column: 6, missingFrom: 99.9 },
  { key: 'dewPointC', column: 7, missingFrom: 99.9 },
  { key: 'relativeHumidityPct', column: 8, missingFrom: 999 },
  { key: 'pressurePa', column: 9, missingFrom: 999_999 },
  { key: 'infraredWm2', column: 12, missingFrom: 9999 },
  { key: 'ghiWm2', column: 13, missingFrom: 9999 },
  { key: 'dniWm2', column: 14, missingFrom: 9999 },
  { key: 'dhiWm2', column: 15, missingFrom: 9999 },
  { key: 'windDirectionDeg', column: 20, missingFrom: 999 },
  { key: 'windMs', column: 21, missingFrom: 999 },
] as const satisfies readonly Field<keyof TypicalYear>[];

/** The other figures of a row (same source): Wh/m2 in the hour, lux, cd/m2, tenths of the sky, km, m, mm, cm, days, h. */
const otherFields = [
  { key: 'extraterrestrialHorizontalWhM2', column: 10, missingFrom: 9999 },
  { key: 'extraterrestrialNormalWhM2', column: 11, missingFrom: 9999 },
  { key: 'globalIlluminanceLux', column: 16, missingFrom: 999_900 },
  { key: 'directIlluminanceLux', column: 17, missingFrom: 999_900 },
  { key: 'diffuseIlluminanceLux', column: 18, missingFrom: 999_900 },
  { key: 'zenithLuminanceCdM2', column: 19, missingFrom: 9999 },
  { key: 'totalSkyCoverTenths', column: 22, missingFrom: 99 },
  { key: 'opaqueSkyCoverTenths', column: 23, missingFrom: 99 },
  { key: 'visibilityKm', column: 24, missingFrom: 9999 },
  { key: 'ceilingM', column: 25, missingFrom: 99_999 },
  { key: 'presentWeatherObservation', column: 26, missingFrom: 9 },
  { key: 'presentWeatherCodes', column: 27, missingFrom: Number.POSITIVE_INFINITY },
  { key: 'precipitableWaterMm', column: 28, missingFrom: 999 },
  { key: 'aerosolOpticalDepth', column: 29, missingFrom: 0.999 },
  { key: 'snowDepthCm', column: 30, missingFrom: 999 },
  { key: 'daysSinceSnow', column: 31, missingFrom: 99 },
  { key: 'albedo', column: 32, missingFrom: 999 },
  { key: 'precipitationMm', column: 33, missingFrom: 999 },
  { key: 'precipitationHours', column: 34, missingFrom: 99 },
] as const satisfies readonly Field<string>[];

export type EpwOtherField = (typeof otherFields)[number]['key'];

export type EpwFile = {
  readonly year: TypicalYear;
  /** The figures of the file that a `TypicalYear` has no place for; NaN where missing or beyond the columns of a row. */
  readonly others: Readonly<Record<EpwOtherField, Float64Array>>;
  readonly warnings: readonly Warning[];
};

/** Whether text begins as an EPW. */
export const isEpw = (head: string): boolean => /^\uFEFF?LOCATION,/i.test(head);

const leastColumns = 22;
const monthStarts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

const bad = (name: string, line: number, fr: string, en: string): Result<never> =>
  failure('epw-malformed', `« ${name} », ligne ${line} : ${fr}`, `“${name}”, line ${line}: ${en}`, {
    file: name,
    line,
  });

/**
 * Reads an EPW file (EnergyPlus weather: eight header lines, then 35 fields an hour; hour h covers h − 1 to h of
 * standard time), gzip or not. Temperatures °C, irradiances W/m2 (Wh/m2 in the hour), wind m/s. A 29 February is left
 * out and said. Fails with `epw-malformed` and as `openText` does.
 */
export const readEpw = (name: string, bytes: Uint8Array): Result<EpwFile> => {
  const text = openText(name, bytes, 50_000_000);
  if (!text.ok) return text;
  const lines = new TextDecoder(text.value.encoding).decode(text.value.bytes).split(/\r?\n/);
  const location = (lines[0] ?? '').split(',');
  if (location[0]?.trim().toUpperCase() !== 'LOCATION')
    return bad(
      name,
      1,
      'elle devrait commencer par LOCATION ; est-ce un EPW ?',
      'it should begin with LOCATION; is this an EPW?',
    );
  const [latitudeDeg, longitudeDeg, utcOffsetH, altitudeM] = location.slice(6, 10).map(Number);
  if (![latitudeDeg, longitudeDeg, utcOffsetH, altitudeM].every(Number.isFinite))
    return bad(
      name,
      1,
      'latitude, longitude, fuseau ou altitude illisible.',
      'latitude, longitude, time zone or altitude is not a number.',
    );
  const hours = (): Float64Array => new Float64Array(hoursOfYear).fill(Number.NaN);
  const columns = new Map(fields.map(({ key }) => [key, hours()]));
  const others = Object.fromEntries(otherFields.map(({ key }) => [key, hours()])) as Record<
    EpwOtherField,
    Float64Array
  >;
  const seen = new Uint8Array(hoursOfYear);
  let [leapRows, missing] = [0, 0];
  for (let index = 8; index < lines.length; index++) {
    const line = lines[index];
    if (line === '' || line === '\u001a') continue;
    const cells = line.split(',');
    if (cells.length < leastColumns)
      return bad(
        name,
        index + 1,
        `${cells.length} champs au lieu de 35.`,
        `${cells.length} fields instead of 35.`,
      );
    const [month, day, hour] = [Number(cells[1]), Number(cells[2]), Number(cells[3])];
    if (month === 2 && day === 29) {
      leapRows++;
      continue;
    }
    const slot = (monthStarts[month - 1] + day - 1) * 24 + hour - 1;
    if (!(slot >= 0 && slot < hoursOfYear) || !(hour >= 1 && hour <= 24))
      return bad(
        name,
        index + 1,
        `date ${cells[1]}/${cells[2]} heure ${cells[3]} impossible.`,
        `impossible date ${cells[1]}/${cells[2]} hour ${cells[3]}.`,
      );
    seen[slot] = 1;
    for (const { key, column, missingFrom } of fields) {
      const value = cells[column].trim() === '' ? Number.NaN : Number(cells[column]);
      if (value < missingFrom) (columns.get(key) as Float64Array)[slot] = value;
      else if (key === 'outdoorC' || key === 'ghiWm2') missing++;
    }
    for (const { key, column, missingFrom } of otherFields) {
      const text = cells[column]?.trim() ?? '';
      const value = text === '' ? Number.NaN : Number(text);
      if (value < missingFrom) others[key][slot] = value;
    }
  }
  const seenHours = seen.reduce((sum, one) => sum + one, 0);
  if (seenHours < hoursOfYear)
    return bad(
      name,
      lines.length,
      `${seenHours} heures sur ${hoursOfYear}. Reprenez un fichier entier.`,
      `${seenHours} hours of ${hoursOfYear}. Take a whole file.`,
    );
  const warnings: Warning[] = [];
  if (leapRows > 0)
    warnings.push(
      warning(
        'epw-leap-day',
        'Le 29 février du fichier est laissé de côté.',
        'The 29 February of the file is left out.',
        { place: { file: name } },
      ),
    );
  if (missing > 0)
    warnings.push(
      warning(
        'epw-missing',
        `${missing} températures ou rayonnements absents.`,
        `${missing} temperatures or irradiances are missing.`,
        { place: { file: name } },
      ),
    );
  const column = (key: (typeof fields)[number]['key']): Float64Array => columns.get(key) as Float64Array;
  return ok({
    year: {
      name: (location[1] ?? '').trim() || name,
      latitudeDeg,
      longitudeDeg,
      altitudeM,
      utcOffsetH,
      outdoorC: column('outdoorC'),
      dewPointC: column('dewPointC'),
      relativeHumidityPct: column('relativeHumidityPct'),
      pressurePa: column('pressurePa'),
      infraredWm2: column('infraredWm2'),
      ghiWm2: column('ghiWm2'),
      dniWm2: column('dniWm2'),
      dhiWm2: column('dhiWm2'),
      windMs: column('windMs'),
      windDirectionDeg: column('windDirectionDeg'),
    },
    others,
    warnings,
  });
};
