import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { EnergyUnit } from '#core/series.ts';
import { columnNamed, type Dialect, plainName } from '../csv/index.ts';
import type { ReadingsOptions } from '../readings/types.ts';

type ColumnChoice = Pick<
  ReadingsOptions,
  'timeColumn' | 'valueColumn' | 'temperatureColumn' | 'where' | 'stamps' | 'register'
>;

export type Columns = {
  readonly time: readonly number[];
  /** The instants are the ends of the intervals, not their starts. */
  readonly stampsEnd: boolean;
  readonly end?: number;
  readonly value: number;
  readonly temperature?: number;
  readonly fahrenheit: boolean;
  readonly unit?: EnergyUnit;
  readonly register: boolean;
  readonly filters: readonly { readonly column: number; readonly text: string }[];
  readonly warnings: readonly Warning[];
};

const startNames =
  /^(date|datetime|date_time|date_heure|dateheure|date_et_heure|timestamp|time|heure|horodate|horodatage|instant|start|start_date|start_time|from|debut|date_debut|date_de_debut|periode_debut|debut_periode|day|jour|dt|mois|month|periode|period|date_releve|date_de_releve|date_local|local_time|time_start|interval_start|begin)(_utc|_local|_locale)?$/;
const endNames =
  /^(end|end_date|end_time|to|fin|date_fin|date_de_fin|periode_fin|fin_periode|interval_end|time_end)$/;
const hourNames = /^(hour|heure|time|heures|hour_day)$/;
const temperatureNames =
  /^(t_?out.*|t_?ext.*|temperature.*|temp|temp_?[cf]|tempf|oat|outdoor.*|exterieure?|air_temperature.*|outside.*|drybulb.*|dry_bulb.*|to|te)$/;
const valueNames =
  /(kwh|mwh|wh$|energ|conso|consumption|usage|valeur|^value|eload|load$|puissance|power|_kw$|^kw$|gaz|^gas|electric|chaleur|^heat|index|releve|m3|volume|quantit|reading|meter)/;
const registerNames = /(^|_)(index|register|registre|cumul|cumulative)(_|$)/;

const unitPatterns: readonly (readonly [EnergyUnit, RegExp])[] = [
  ['MWh', /(^|_)mwh(_|$)/],
  ['kWh', /(^|_)kwh(_|$)/],
  ['Wh', /(^|_)wh(_|$)/],
  ['m3', /(^|_)m3(_|$)/],
  ['kW', /(^|_)kw(_|$)/],
  ['W', /(^|_)w(_|$)/],
];

const unitOf = (name: string): EnergyUnit | undefined =>
  unitPatterns.find(([, pattern]) => pattern.test(plainName(name)))?.[0];

/** The time column the name of which says so; `undefined` where none does. */
const findTime = (
  header: readonly string[],
): { time: number[]; stampsEnd: boolean; end?: number } | undefined => {
  const start = header.findIndex((one) => startNames.test(plainName(one)));
  const end = header.findIndex((one) => endNames.test(plainName(one)));
  if (start < 0) return end < 0 ? undefined : { time: [end], stampsEnd: true };
  const hour = header.findIndex((one, index) => index !== start && hourNames.test(plainName(one)));
  if (hour >= 0 && /^(date|day|jour)/.test(plainName(header[start])))
    return { time: [start, hour], stampsEnd: false };
  return end < 0 ? { time: [start], stampsEnd: false } : { time: [start], stampsEnd: false, end };
};

/** Whether a line can be the header: it names a time column, or holds the columns the caller asks for. */
export const isHeader =
  (choice: ColumnChoice) =>
  (cells: readonly string[]): boolean => {
    const has = (asked: string): boolean => cells.some((cell) => plainName(cell) === plainName(asked));
    if (choice.timeColumn !== undefined && !/^\d+$/.test(choice.timeColumn))
      return choice.timeColumn.split('+').some(has);
    return findTime(cells) !== undefined;
  };

const chooseTime = (
  name: string,
  header: readonly string[],
  choice: ColumnChoice,
): Result<{ time: readonly number[]; stampsEnd: boolean; end?: number }> => {
  if (choice.timeColumn !== undefined) {
    const time: number[] = [];
    const asked = header.includes(choice.timeColumn) ? [choice.timeColumn] : choice.timeColumn.split('+');
    for (const one of asked) {
      const found = columnNamed(name, header, one);
      if (!found.ok) return found;
      time.push(found.value);
    }
    return ok({
      time,
      stampsEnd: time.length === 1 && endNames.test(plainName(header[time[0]])),
    });
  }
  const found = findTime(header);
  return found === undefined ? ok({ time: [0], stampsEnd: false }) : ok(found);
};

const chooseValue = (
  name: string,
  dialect: Dialect,
  choice: ColumnChoice,
  taken: readonly number[],
): Result<{ value: number; warnings: Warning[] }> => {
  const { header } = dialect;
  if (choice.valueColumn !== undefined) {
    const found = columnNamed(name, header, choice.valueColumn);
    return found.ok ? ok({ value: found.value, warnings: [] }) : found;
  }
  const free = header
    .map((_, index) => index)
    .filter((index) => !taken.includes(index) && header[index] !== '');
  const named = free.filter(
    (index) =>
      (valueNames.test(plainName(header[index])) || unitOf(header[index]) !== undefined) &&
      !temperatureNames.test(plainName(header[index])),
  );
  const candidates = named.length > 0 ? named : free.length === 1 || dialect.headerless ? free : [];
  const [value] = candidates;
  if (value === undefined)
    return failure(
      'readings-header',
      `« ${name} » n’a pas de colonne d’énergie reconnue parmi ${header.join(', ')}. Nommez-la par --value-column (API : valueColumn).`,
      `“${name}” has no energy column that is known among ${header.join(', ')}. Name it by --value-column (API: valueColumn).`,
      { file: name, line: Math.max(1, dialect.dataLine - 1) },
    );
  const chosen = header[value];
  const others = candidates.slice(1).map((index) => header[index]);
  const warnings =
    others.length === 0 && named.length > 0
      ? []
      : [
          warning(
            'value-column-assumed',
            `Colonne « ${chosen} » prise pour l’énergie${others.length > 0 ? ` (il y a aussi ${others.join(', ')})` : ''}. Pour une autre : --value-column (API : valueColumn).`,
            `Column “${chosen}” taken as the energy${others.length > 0 ? ` (there is also ${others.join(', ')})` : ''}. For another: --value-column (API: valueColumn).`,
            { ref: chosen, place: { file: name } },
          ),
        ];
  return ok({ value, warnings });
};

/**
 * Finds the columns of time, energy and outdoor temperature by the names asked for, else by those in use in French and
 * English exports. Fails with `readings-column` (a name asked for is not there) or `readings-header`.
 */
export const chooseColumns = (name: string, dialect: Dialect, choice: ColumnChoice): Result<Columns> => {
  const { header } = dialect;
  const time = chooseTime(name, header, choice);
  if (!time.ok) return time;
  const filters: { column: number; text: string }[] = [];
  for (const [asked, text] of Object.entries(choice.where ?? {})) {
    const found = columnNamed(name, header, asked);
    if (!found.ok) return found;
    filters.push({ column: found.value, text });
  }
  const taken = [...time.value.time, ...(time.value.end === undefined ? [] : [time.value.end])];
  let temperature: number | undefined;
  if (choice.temperatureColumn !== undefined) {
    const found = columnNamed(name, header, choice.temperatureColumn);
    if (!found.ok) return found;
    temperature = found.value;
  } else {
    const asked =
      choice.valueColumn === undefined ? undefined : columnNamed(name, header, choice.valueColumn);
    const reserved = asked?.ok === true ? [...taken, asked.value] : taken;
    const found = header.findIndex(
      (one, index) => !reserved.includes(index) && temperatureNames.test(plainName(one)),
    );
    if (found >= 0) temperature = found;
  }
  const value = chooseValue(name, dialect, choice, [
    ...taken,
    ...filters.map((filter) => filter.column),
    ...(temperature === undefined ? [] : [temperature]),
  ]);
  if (!value.ok) return value;
  const valueName = header[value.value.value];
  const unit = unitOf(valueName);
  return ok({
    ...time.value,
    ...(choice.stamps === undefined ? {} : { stampsEnd: choice.stamps === 'end' }),
    value: value.value.value,
    ...(temperature === undefined ? {} : { temperature }),
    fahrenheit:
      temperature !== undefined && /(_|temp|deg)f$|fahrenheit|^oat$/.test(plainName(header[temperature])),
    ...(unit === undefined ? {} : { unit }),
    register: registerNames.test(plainName(valueName)),
    filters,
    warnings: value.value.warnings,
  });
};
