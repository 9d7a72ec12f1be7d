import { failure, ok, type Result } from '#core/result.ts';
import { sunsOfHour } from '#core/weather/plane-irradiance.ts';
import { hoursOfYear, type TypicalYear } from '#core/weather/typical-year.ts';
import { openText } from '../csv/index.ts';

const stefanBoltzmann = 5.670374e-8;
const kelvin = 273.15;
const columns = 12;

/** Whether text is one of the French regulatory years as Modelica tables: `double data(8760,12)` with FDIRN and FDIFH. */
export const isRt2012 = (head: string): boolean => /double\s+\w+\(8760\s*,\s*12\)[^\n]*FDIRN/i.test(head);

/**
 * Reads a French regulatory typical year (RT2012, eight climate zones) in the table of EDF BuildSysPro: 8,760 rows of
 * time (s, middle of the hour), direct normal and diffuse horizontal irradiance (W/m2), dry bulb, dew point (printed
 * as W/m2), sky temperature (°C), pressure (Pa), humidity (0 to 1), wind (m/s, °), latitude and longitude. Solar time,
 * altitude 0. Global irradiance is the direct one on the horizontal and the diffuse. Fails with `rt2012-malformed`.
 */
export const readRt2012 = (name: string, bytes: Uint8Array): Result<TypicalYear> => {
  const text = openText(name, bytes, 20_000_000);
  if (!text.ok) return text;
  const lines = new TextDecoder(text.value.encoding).decode(text.value.bytes).split(/\r?\n/);
  const bad = (line: number, fr: string, en: string): Result<never> =>
    failure('rt2012-malformed', `« ${name} », ligne ${line} : ${fr}`, `“${name}”, line ${line}: ${en}`, {
      file: name,
      line,
    });
  const header = lines.findIndex((line) => isRt2012(line));
  if (header < 0) return bad(2, 'double data(8760,12) était attendu.', 'double data(8760,12) was expected.');
  const column = (): Float64Array => new Float64Array(hoursOfYear).fill(Number.NaN);
  const [dni, dhi, outdoorC, dewPointC, skyC] = [column(), column(), column(), column(), column()];
  const [pressurePa, humidity, windMs, windDirectionDeg] = [column(), column(), column(), column()];
  let [latitudeDeg, longitudeDeg] = [Number.NaN, Number.NaN];
  let rows = 0;
  for (let index = header + 1; index < lines.length; index++) {
    const line = lines[index].trim();
    if (line === '') continue;
    const cells = line.split(/\s+/).map(Number);
    const slot = Math.floor(cells[0] / 3600);
    if (cells.length !== columns || cells.some(Number.isNaN) || !(slot >= 0 && slot < hoursOfYear))
      return bad(index + 1, `${columns} nombres étaient attendus.`, `${columns} numbers were expected.`);
    [dni[slot], dhi[slot], outdoorC[slot], dewPointC[slot], skyC[slot]] = cells.slice(1, 6);
    [pressurePa[slot], humidity[slot], windMs[slot], windDirectionDeg[slot]] = cells.slice(6, 10);
    [latitudeDeg, longitudeDeg] = cells.slice(10, 12);
    rows++;
  }
  if (rows !== hoursOfYear || outdoorC.some(Number.isNaN))
    return bad(lines.length, `${rows} heures sur ${hoursOfYear}.`, `${rows} hours of ${hoursOfYear}.`);
  const utcOffsetH = longitudeDeg / 15;
  const ghiWm2 = Float64Array.from({ length: hoursOfYear }, (_, slot) => {
    const suns = sunsOfHour(Math.floor(slot / 24) + 1, slot % 24, latitudeDeg, longitudeDeg, utcOffsetH);
    const height = suns.reduce((sum, { cosZenith }) => sum + Math.max(0, cosZenith), 0);
    return dhi[slot] + (suns.length === 0 ? 0 : (dni[slot] * height) / suns.length);
  });
  return ok({
    name: name.replace(/^.*[\\/]/, '').replace(/\.txt(\.gz)?$/i, ''),
    latitudeDeg,
    longitudeDeg,
    altitudeM: 0,
    utcOffsetH,
    outdoorC,
    dewPointC,
    relativeHumidityPct: humidity.map((share) => share * 100),
    pressurePa,
    infraredWm2: skyC.map((degrees) => stefanBoltzmann * (degrees + kelvin) ** 4),
    ghiWm2,
    dniWm2: dni,
    dhiWm2: dhi,
    windMs,
    windDirectionDeg,
  });
};
