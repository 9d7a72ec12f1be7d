import type { EnergyUnit } from '#core/series.ts';
import { columnNamed, plainName } from '../csv/index.ts';
import type { ReadingsOptions } from '../readings/types.ts';

export type Cell = string | number | boolean | null;
export type Row = readonly Cell[];

/** Where the parts of a bill stand. */
export type BillColumns = {
  readonly headerRow: number;
  readonly start: number;
  /** Absent where each bill runs until the date of the next. */
  readonly end?: number;
  readonly value: number;
  readonly unit?: EnergyUnit;
  readonly estimated?: number;
  readonly meter?: number;
  /** kWh per m3 of each bill. */
  readonly factor?: number;
};

const startNames =
  /^(du|facture_du|debut|date_debut|date_de_debut|debut_periode|periode_du|debut_de_periode|start|start_date|from|period_start|date_debut_periode|date_precedente|ancien_releve|date_ancien_index)$/;
const endNames =
  /^(au|fin|date_fin|date_de_fin|fin_periode|periode_au|fin_de_periode|end|end_date|to|period_end|date_fin_periode|date_actuelle|nouveau_releve|date_nouvel_index)$/;
const singleNames =
  /^(date|date_facture|date_de_facture|date_de_releve|date_releve|bill_date|invoice_date|mois|month|periode|period)$/;
const valueNames = /(^|_)(kwh|mwh|m3)(_|$)|consommation|consumption|energie|energy|quantite|volume|usage/;
const notValues =
  /(eur|euro|prix|price|cout|cost|montant|amount|tva|ttc|ht$|abonnement|coefficient|coeff|unite|unit$|numero|puissance)/;
const estimatedNames =
  /(estim|type_(de_)?releve|nature|qualite|quality|lecture|read_type|mode_(de_)?releve|statut)/;
const meterNames =
  /^(pdl|prm|pce|pdl_pce|point_de_livraison|compteur|numero_compteur|n_compteur|meter|meter_id|site)$/;
const factorNames = /(coefficient|coeff|pcs|kwh_m3|kwh_par_m3|conversion)/;

const unitPatterns: readonly (readonly [EnergyUnit, RegExp])[] = [
  ['MWh', /(^|_)mwh(_|$)/],
  ['kWh', /(^|_)kwh(_|$)/],
  ['m3', /(^|_)m3(_|$)/],
];

const headerRows = 30;

/** The columns of one row, when it is the header of a table of bills. */
const columnsOfRow = (
  row: Row,
  headerRow: number,
  name: string,
  options: ReadingsOptions,
): BillColumns | undefined => {
  const texts = row.map((cell) => (typeof cell === 'string' ? cell.trim() : ''));
  const names = texts.map(plainName);
  const asked = (column: string | undefined): number | undefined => {
    const found = column === undefined ? undefined : columnNamed(name, texts, column);
    return found?.ok === true ? found.value : undefined;
  };
  const find = (pattern: RegExp, taken: readonly (number | undefined)[] = []): number | undefined => {
    const at = names.findIndex((one, index) => one !== '' && pattern.test(one) && !taken.includes(index));
    return at < 0 ? undefined : at;
  };
  const paired = find(startNames);
  const start = asked(options.timeColumn) ?? paired ?? find(singleNames);
  const end = paired === undefined ? undefined : find(endNames, [start]);
  const estimated = find(estimatedNames, [start, end]);
  const factor = find(factorNames, [start, end, estimated]);
  const taken = [start, end, estimated, factor];
  const candidates = names
    .map((_, index) => index)
    .filter(
      (index) =>
        !taken.includes(index) && valueNames.test(names[index] ?? '') && !notValues.test(names[index] ?? ''),
    );
  const energy = candidates.find((index) => /(^|_)(kwh|mwh)(_|$)/.test(names[index] ?? ''));
  const value = asked(options.valueColumn) ?? energy ?? candidates[0];
  if (start === undefined || value === undefined) return undefined;
  const unit = unitPatterns.find(([, pattern]) => pattern.test(names[value] ?? ''))?.[0];
  const meter = find(meterNames, [start, end, value]);
  return {
    headerRow,
    start,
    value,
    ...(end === undefined ? {} : { end }),
    ...(unit === undefined ? {} : { unit }),
    ...(estimated === undefined ? {} : { estimated }),
    ...(meter === undefined ? {} : { meter }),
    ...(factor === undefined ? {} : { factor }),
  };
};

/** The header of a table of bills among the first rows: dates and an energy by the names in use on French and English bills. */
export const billColumns = (
  name: string,
  rows: readonly Row[],
  options: ReadingsOptions,
): BillColumns | undefined => {
  for (const [index, row] of rows.slice(0, headerRows).entries()) {
    const found = columnsOfRow(row, index, name, options);
    if (found !== undefined) return found;
  }
  return undefined;
};
