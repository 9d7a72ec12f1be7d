import { message, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { type EnergyUnit, energyUnits, type Readings } from '#core/series.ts';
import { openText, splitLine } from '../csv/index.ts';
import { readReadingsCsv } from '../readings-csv/read-readings.ts';
import type { ReadingsFormat, ReadingsOptions } from '../readings/types.ts';

const headerStart = /^\uFEFF?"?Identifiant PRM"?;/i;
const dataStart = /^"?Horodate"?;/i;
const LF = 10;

type Preamble = {
  readonly fields: ReadonlyMap<string, string>;
  readonly dataAt: number;
  readonly dataLine: number;
};

/** The metadata line with its values, and where the line `Horodate;…` begins. */
const preambleOf = (bytes: Uint8Array, encoding: string): Preamble | undefined => {
  const decoder = new TextDecoder(encoding);
  const lines: string[] = [];
  let at = 0;
  for (let line = 1; line <= 12 && at < bytes.length; line++) {
    const found = bytes.indexOf(LF, at);
    const end = found < 0 ? bytes.length : found;
    const text = decoder.decode(bytes.subarray(at, end)).trim();
    if (dataStart.test(text)) {
      const [names = [], values = []] = lines.filter((one) => one !== '').map((one) => splitLine(one, ';'));
      const fields = new Map(names.map((name, index) => [name.toLowerCase(), values[index] ?? '']));
      return { fields, dataAt: at, dataLine: line };
    }
    lines.push(text);
    at = end + 1;
  }
  return undefined;
};

/** Rows of an index file as instant and total: the totaliser where it is filled, else the sum of the filled registers. */
const totalsCsv = (text: string): string => {
  const lines = text.split(/\r?\n/);
  const header = splitLine(lines[0] ?? '', ';');
  const rows = lines.slice(1).map((line) => splitLine(line, ';'));
  const total = header.findIndex((name) => /^EA[SI] T$/i.test(name));
  const registers = header.flatMap((name, index) => (/^EA[SI] F\d+$/i.test(name) ? [index] : []));
  const filled = (cells: readonly string[], index: number): boolean => (cells[index] ?? '') !== '';
  const useTotal = total >= 0 && rows.some((cells) => filled(cells, total));
  const used = registers.filter((index) => rows.some((cells) => filled(cells, index)));
  const sum = (cells: readonly string[]): string => {
    if (useTotal) return cells[total] ?? '';
    // A row that lacks one of the registers in use has no total.
    if (used.length === 0 || !used.every((index) => filled(cells, index))) return '';
    return String(used.reduce((all, index) => all + Number((cells[index] ?? '').replace(',', '.')), 0));
  };
  return [
    'Horodate;Index',
    ...rows.map((cells) => (cells.length < 2 ? '' : `${cells[0]};${sum(cells)}`)),
  ].join('\n');
};

const unitOf = (text: string): EnergyUnit | undefined =>
  energyUnits.find((one) => one.toLowerCase() === text.trim().toLowerCase());

const read = (name: string, input: Uint8Array, options: ReadingsOptions): Result<readonly Readings[]> => {
  const opened = openText(name, input, options.maxBytes);
  if (!opened.ok) return opened;
  const { bytes, encoding } = opened.value;
  const preamble = preambleOf(bytes, encoding);
  if (preamble === undefined)
    return failure(
      'enedis-layout',
      `« ${name} » commence comme un export Enedis, mais sa ligne « Horodate;… » manque. Exportez-le de nouveau.`,
      `“${name}” begins as an Enedis export, but its line “Horodate;…” is missing. Export it again.`,
      { file: name, line: 3 },
    );
  const { fields, dataAt, dataLine } = preamble;
  const body = bytes.subarray(dataAt);
  const header = new TextDecoder(encoding).decode(
    body.subarray(0, body.indexOf(LF) < 0 ? undefined : body.indexOf(LF)),
  );
  const isIndex = /;\s*"?EA[SI] [FTD]/i.test(header);
  const meterId = fields.get('identifiant prm') ?? '';
  const stated = unitOf(fields.get('unite') ?? fields.get('unité') ?? '');
  const unit = options.unit ?? stated ?? (isIndex ? 'Wh' : 'W');
  // A load curve stamps the end of each interval; a date without an hour is the day itself.
  const second = new TextDecoder('latin1').decode(body.subarray(body.indexOf(LF) + 1, body.indexOf(LF) + 40));
  const timed = /^"?\d{4}-\d{2}-\d{2}[T ]\d|^"?\d{2}\/\d{2}\/\d{4} \d/.test(second);
  const csv = readReadingsCsv(
    name,
    isIndex ? new TextEncoder().encode(totalsCsv(new TextDecoder(encoding).decode(body))) : body,
    {
      timezone: options.timezone ?? 'Europe/Paris',
      timeColumn: 'Horodate',
      valueColumn: isIndex ? 'Index' : 'Valeur',
      unit,
      register: isIndex,
      stamps: options.stamps ?? (timed && !isIndex ? 'end' : 'start'),
      firstLine: dataLine,
    },
  );
  if (!csv.ok) return csv;
  const production = /prod|inj/i.test(fields.get('grandeur metier') ?? '');
  const warnings = [...csv.value.warnings];
  if (stated === undefined && options.unit === undefined)
    warnings.push(
      warning(
        'unit-assumed',
        `L’export ne dit pas son unité : ${unit} supposé. Donnez --unit pour une autre.`,
        `The export does not state its unit: ${unit} assumed. Give --unit for another.`,
        { place: { file: name, line: 2 } },
      ),
    );
  return ok([
    {
      ...csv.value,
      warnings,
      source: {
        format: 'enedis-csv',
        ...(meterId === '' ? {} : { meterId }),
        carrier: production ? 'solar' : 'electricity',
      },
    },
  ]);
};

/**
 * Enedis customer export (« mes données »): a metadata line, its values, then `Horodate;Valeur` (load curve in W or
 * energy, instants at the end of each interval) or `Horodate;…;EAS F1;…;EAS T` (registers). Layout: DOMAIN 7.1,
 * verified on public samples; the daily variant (dates without an hour, taken as the day itself) was not.
 */
export const enedisCustomerCsv: ReadingsFormat = {
  id: 'enedis-csv',
  title: message('export client Enedis (Linky)', 'Enedis customer export (Linky)'),
  detect: ({ head }) => headerStart.test(head),
  read,
};
