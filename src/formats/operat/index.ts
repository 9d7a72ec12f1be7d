import { dayNumber } from '#core/calendar.ts';
import { message, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { MeterCarrier, Readings } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';
import { columnNamed, openText, plainName, splitLine } from '../csv/index.ts';
import { numberInText } from '../csv/number.ts';
import { tellRows, type ToldRow } from '../readings-csv/tell.ts';
import { assemble, type StatedReading } from '../readings/assemble.ts';
import type { ReadingsFormat, ReadingsOptions } from '../readings/types.ts';

const DAY_MS = 86_400_000;

const entityNames = /^(n_efa|num_efa|numero_efa|id_efa|identifiant_efa|efa|reference_efa)$/;
const yearNames =
  /^(annee|annee_declaration|annee_de_declaration|annee_consommation|annee_reference|year|exercice)$/;

const carriers: readonly (readonly [MeterCarrier, RegExp])[] = [
  ['electricity', /(elec|electricite)/],
  ['gas', /(gaz|gas)/],
  ['district-heat', /(reseau|rcu|chaleur)/],
  ['oil', /(fioul|fuel|oil)/],
  ['wood', /(bois|biomasse|wood|granule)/],
];
const consumption = /(conso|kwh|energie)/;

type Column = { readonly at: number; readonly carrier: MeterCarrier; readonly name: string };

type Layout = { readonly entity: number; readonly year: number; readonly energies: readonly Column[] };

const layoutOf = (name: string, header: readonly string[], options: ReadingsOptions): Layout | undefined => {
  const names = header.map(plainName);
  const year = options.timeColumn === undefined ? undefined : columnNamed(name, header, options.timeColumn);
  const entity = names.findIndex((one) => entityNames.test(one));
  const yearAt = year?.ok === true ? year.value : names.findIndex((one) => yearNames.test(one));
  const energies = names.flatMap((one, at): Column[] => {
    const carrier = carriers.find(([, pattern]) => pattern.test(one))?.[0];
    return carrier === undefined || !consumption.test(one) ? [] : [{ at, carrier, name: header[at] ?? one }];
  });
  return entity < 0 || yearAt < 0 || energies.length === 0 ? undefined : { entity, year: yearAt, energies };
};

const headerOf = (head: string): string[] => splitLine(head.split(/\r?\n/)[0] ?? '', ';');

const read = (name: string, bytes: Uint8Array, options: ReadingsOptions): Result<readonly Readings[]> => {
  const text = openText(name, bytes, options.maxBytes ?? 60_000_000);
  if (!text.ok) return text;
  const zone = openZone(options.timezone ?? 'Europe/Paris');
  if (!zone.ok) return zone;
  const lines = new TextDecoder(text.value.encoding).decode(text.value.bytes).split(/\r?\n/);
  const layout = layoutOf(name, splitLine(lines[0] ?? '', ';'), options);
  if (layout === undefined)
    return failure(
      'operat-header',
      `« ${name} » n’a pas les colonnes attendues d’un export OPERAT : numéro d’EFA, année, consommations par énergie. Nommez la colonne de l’année.`,
      `“${name}” has not the expected columns of an OPERAT export: EFA number, year, consumption by carrier. Name the column of the year.`,
      { file: name, line: 1 },
    );
  const midnight = (year: number): number => {
    const local = dayNumber(year, 1, 1) * DAY_MS;
    return zone.value.instantsOf(local)[0] ?? local;
  };
  const series = new Map<string, { carrier: MeterCarrier; readings: StatedReading[] }>();
  let rows = 0;
  const bad: ToldRow[] = [];
  for (const [index, line] of lines.slice(1).entries()) {
    if (line.trim() === '') continue;
    rows++;
    const cells = splitLine(line, ';');
    const year = Number(cells[layout.year]);
    if (!Number.isInteger(year) || year < 1990 || year > 2100) {
      bad.push({
        code: 'bad-date',
        line: index + 2,
        fr: `l’année « ${(cells[layout.year] ?? '').slice(0, 40)} » n’est pas comprise ; laissée de côté.`,
        en: `the year “${(cells[layout.year] ?? '').slice(0, 40)}” is not understood; left out.`,
      });
      continue;
    }
    // Without its number, the energies of one entity would be added to those of another.
    const entity = (cells[layout.entity] ?? '').trim();
    if (entity === '') {
      bad.push({
        code: 'operat-no-entity',
        line: index + 2,
        fr: 'pas de numéro d’EFA ; laissée de côté.',
        en: 'no EFA number; left out.',
      });
      continue;
    }
    for (const { at, carrier } of layout.energies) {
      const kwh = numberInText(cells[at] ?? '');
      if (Number.isNaN(kwh)) continue;
      const id = `${entity}/${carrier}`;
      const one = series.get(id) ?? { carrier, readings: [] };
      one.readings.push({ startMs: midnight(year), endMs: midnight(year + 1), kwh, flags: 0 });
      series.set(id, one);
    }
  }
  const warnings = [
    warning(
      'operat-layout-unverified',
      `Les colonnes officielles d’OPERAT ne sont pas publiées : vérifiez que ${layout.energies.map((one) => one.name).join(', ')} sont bien des kWh d’énergie finale par an.`,
      `The official columns of OPERAT are not published: check that ${layout.energies.map((one) => one.name).join(', ')} are indeed kWh of final energy a year.`,
      { place: { file: name, line: 1 } },
    ),
    ...tellRows(name, bad, bad.length),
  ];
  const made: Readings[] = [];
  for (const [meterId, { carrier, readings }] of series) {
    const one = assemble({
      name,
      timezone: zone.value.name,
      source: { format: 'operat', meterId, carrier },
      readings,
      rowsRead: rows,
      rowsRejected: bad.length,
      warnings,
      bills: true,
    });
    if (one.ok) made.push(one.value);
  }
  return made.length > 0
    ? ok(made)
    : failure(
        'readings-none',
        `Aucune consommation annuelle dans « ${name} » (${rows} lignes, ${bad.length} sans année).`,
        `No yearly consumption in “${name}” (${rows} lines, ${bad.length} without a year).`,
        { file: name },
      );
};

/**
 * An OPERAT export (tertiary decree): one row an entity (EFA) and year, final kWh by carrier, read as yearly readings,
 * one series an EFA and carrier. The official list of columns was not found (DOMAIN 7.4): columns are known by their
 * words, and `timeColumn` names the year where they do not.
 */
export const operatExport: ReadingsFormat = {
  id: 'operat',
  title: message('export OPERAT', 'OPERAT export'),
  detect: ({ head }) => layoutOf('', headerOf(head), {}) !== undefined,
  read,
};

export { type OperatRow, writeOperat } from './write-operat.ts';
