import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EnergyPrices,
  type Measure,
  parseMeasure,
  parsePrices,
  parseSubsidy,
  shippedCatalogue,
  shippedPrices,
  shippedSubsidies,
  type Subsidy,
} from '#simulate/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';

/** The measures, aids and prices that scenarios are computed with, and which of them are a user's own. */
export type Catalogue = {
  readonly measures: readonly Measure[];
  readonly subsidies: readonly Subsidy[];
  readonly prices: EnergyPrices;
  /** What a user's folder added or replaced, as `id version`; empty for the catalogue as shipped. */
  readonly own: readonly string[];
};

export const shipped: Catalogue = {
  measures: shippedCatalogue,
  subsidies: shippedSubsidies,
  prices: shippedPrices,
  own: [],
};

/** The catalogue that the program was opened with; the shipped one without. */
export const catalogueOf = ({ catalogue = shipped }: Pick<AppContext, 'catalogue'>): Catalogue => catalogue;

/** Line on which the last of nested keys stands, from 1; the first line where none is found. */
export const lineOfField = (text: string, field: string): number => {
  let at = 0;
  for (const key of field.split('.')) {
    const found = text.indexOf(`"${key}"`, at);
    if (found >= 0) at = found;
  }
  return text.slice(0, at).split('\n').length;
};

/** One JSON file read by `parse`; a refusal names the file and the line. */
const readOne = <T>(
  path: string,
  name: string,
  parse: (input: unknown, file: string) => Result<T>,
): Result<T> => {
  const text = readFileSync(path, 'utf8');
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    const offset = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    const line = text.slice(0, offset).split('\n').length;
    return failure(
      'invalid-json',
      `« ${name} », ligne ${line} : ce n’est pas du JSON. Corriger la ligne (virgule, guillemet ou accolade).`,
      `“${name}”, line ${line}: not JSON. Correct the line (comma, quote or brace).`,
      { file: name, line },
    );
  }
  const read = parse(input, name);
  if (read.ok) return read;
  const { where, ...error } = read.error;
  return { ok: false, error: { ...error, where: { ...where, line: lineOfField(text, where?.field ?? '') } } };
};

/** Every file of a folder in the order of their names; empty where there is no such folder. */
const readAll = <T>(
  folder: string,
  part: string,
  parse: (input: unknown, file: string) => Result<T>,
): Result<T[]> => {
  const inside = join(folder, part);
  if (!existsSync(inside)) return ok([]);
  const all: T[] = [];
  for (const file of readdirSync(inside)
    .filter((name) => name.endsWith('.json'))
    .toSorted()) {
    const read = readOne(join(inside, file), `${part}/${file}`, parse);
    if (!read.ok) return read;
    all.push(read.value);
  }
  return ok(all);
};

/** The shipped ones with a user's own in their place or after them. Fails with `duplicate-catalogue-id`. */
const merged = <T extends { readonly id: string }>(
  base: readonly T[],
  own: readonly T[],
): Result<readonly T[]> => {
  const byId = new Map<string, T>();
  for (const one of own) {
    if (byId.has(one.id))
      return failure(
        'duplicate-catalogue-id',
        `Deux fichiers du catalogue portent l’identifiant « ${one.id} » : en renommer un.`,
        `Two files of the catalogue have the id “${one.id}”: rename one of them.`,
        { field: one.id },
      );
    byId.set(one.id, one);
  }
  const kept = base.map((one) => byId.get(one.id) ?? one);
  return ok([...kept, ...own.filter(({ id }) => !base.some((one) => one.id === id))]);
};

/**
 * The shipped catalogue with a user's folder laid over it: `measures/*.json`, `subsidies/*.json` and `energy-prices.json`, of the shapes of
 * `models/`. A file with the id of a shipped one replaces it; a price replaces that of its carrier. The first wrong file refuses
 * the whole, with its name, line and field: `catalogue-not-found`, `invalid-json`, `invalid-measure`, `invalid-subsidy`,
 * `invalid-prices`, `duplicate-catalogue-id`.
 */
export const loadCatalogue = (folder: string): Result<Catalogue> => {
  if (!existsSync(folder))
    return failure(
      'catalogue-not-found',
      `Le dossier de catalogue « ${folder} » n’existe pas.`,
      `The catalogue folder “${folder}” does not exist.`,
      { field: 'catalogue' },
    );
  const measures = readAll(folder, 'measures', parseMeasure);
  if (!measures.ok) return measures;
  const subsidies = readAll(folder, 'subsidies', parseSubsidy);
  if (!subsidies.ok) return subsidies;
  const file = join(folder, 'energy-prices.json');
  const prices = existsSync(file) ? readOne(file, 'energy-prices.json', parsePrices) : ok(undefined);
  if (!prices.ok) return prices;
  const allMeasures = merged(shipped.measures, measures.value);
  if (!allMeasures.ok) return allMeasures;
  const allSubsidies = merged(shipped.subsidies, subsidies.value);
  if (!allSubsidies.ok) return allSubsidies;
  const own = prices.value;
  return ok({
    measures: allMeasures.value,
    subsidies: allSubsidies.value,
    prices:
      own === undefined
        ? shipped.prices
        : {
            version: `${shipped.prices.version}+${own.version}`,
            date: own.date,
            carriers: { ...shipped.prices.carriers, ...own.carriers },
          },
    own: [
      ...[...measures.value, ...subsidies.value].map(({ id, version }) => `${id} ${version}`),
      ...(own === undefined ? [] : [`energy-prices ${own.version}`]),
    ],
  });
};
