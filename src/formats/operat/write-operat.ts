import type { MeterCarrier } from '#core/series.ts';

/** One functional entity (EFA) and year; what is not known stays out, and its cell blank. */
export type OperatRow = {
  readonly efa?: string;
  readonly name: string;
  readonly commune?: string;
  readonly activity?: string;
  readonly areaM2?: number;
  readonly year: number;
  /** kWh of final energy of the year. */
  readonly kwh: Readonly<Partial<Record<MeterCarrier, number>>>;
  readonly indicators?: Readonly<Record<string, number>>;
  /** What a person must complete or check before declaring. */
  readonly reserves: readonly string[];
};

const energies: readonly (readonly [MeterCarrier, string])[] = [
  ['electricity', 'Conso_electricite_kWh'],
  ['gas', 'Conso_gaz_kWh'],
  ['district-heat', 'Conso_reseau_chaleur_kWh'],
  ['oil', 'Conso_fioul_kWh'],
  ['wood', 'Conso_bois_kWh'],
];

/** RFC 4180; a text that a spreadsheet would run as a formula is kept a text by an apostrophe, a number has a decimal comma. */
const cellOf = (value: string | number | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value).replace('.', ',');
  return `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll(/[\r\n]+/g, ' ').replaceAll('"', '""')}"`;
};

/**
 * Yearly consumption by entity and carrier as the CSV that `operatExport` reads back. Its columns are ours: those of the official import
 * were not found (DOMAIN 7.4). Whole kWh, semicolons, UTF-8 with its mark.
 */
export const writeOperat = (rows: readonly OperatRow[]): string => {
  const indicators = [...new Set(rows.flatMap((row) => Object.keys(row.indicators ?? {})))].toSorted();
  const header = [
    'N_EFA',
    'Nom_EFA',
    'Commune',
    'Activite',
    'Surface_m2',
    'Annee',
    ...energies.map(([, title]) => title),
    ...indicators.map((name) => `Indicateur_${name}`),
    'Reserves',
  ];
  const lines = rows.map((row) => [
    row.efa,
    row.name,
    row.commune,
    row.activity,
    row.areaM2,
    row.year,
    ...energies.map(([carrier]) => {
      const kwh = row.kwh[carrier];
      return kwh === undefined ? undefined : Math.round(kwh);
    }),
    ...indicators.map((name) => row.indicators?.[name]),
    row.reserves.join(' '),
  ]);
  return `\uFEFF${[header, ...lines].map((cells) => cells.map(cellOf).join(';')).join('\r\n')}\r\n`;
};
