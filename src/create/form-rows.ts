import { message } from '#core/message.ts';
import { failure, ok, type Failure, type Result } from '#core/result.ts';
import table from '../../models/form-words.json' with { type: 'json' };
import { checkForm, type FormTwin, twinFromForm } from './form.ts';
import { wordsOf } from './materials.ts';

const plain = (text: string): string => wordsOf(text).join(' ');

type Field = keyof typeof table.columns;

const fields = Object.keys(table.columns) as Field[];
const columnWords = new Map(
  fields.flatMap((field) =>
    [plain(field), ...table.columns[field]].map((word): [string, Field] => [word, field]),
  ),
);
const numbers = new Set<string>(table.numbers);
const vocabularies: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = table.values;

/** A number as French and English spreadsheets write it: "1 250,5", "1250.5"; NaN for anything else. */
const numberOf = (text: string): number => {
  const bare = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^-?\d+(?:\.\d+)?$/.test(bare) ? Number(bare) : Number.NaN;
};

const valueOf = (field: Field, text: string): string | number => {
  if (numbers.has(field)) return numberOf(text);
  const vocabulary = vocabularies[field];
  if (vocabulary === undefined) return text.trim();
  const said = plain(text);
  const known = Object.entries(vocabulary).find(
    ([name, words]) => plain(name) === said || words.includes(said),
  );
  return known?.[0] ?? text.trim();
};

const cardFields = ['commune', 'department', 'rnb', 'bdnb', 'cadastre'] as const satisfies readonly Field[];
type CardField = (typeof cardFields)[number];
const isCard = (field: Field): field is CardField => (cardFields as readonly Field[]).includes(field);

/** What the cells of a row say of where a building stands and by what registers know it, as they are written. */
export type CardCells = Partial<Record<CardField, string>>;

/** The same once checked. Identifiers as `building_identifiers` keeps them: RNB, BDNB, parcels. */
export type SheetCard = {
  readonly commune?: string | undefined;
  readonly department?: string | undefined;
  readonly identifiers?: Partial<Record<'rnb' | 'bdnb' | 'cadastre', string[]>> | undefined;
};

/** Checks the cells of a card; a refusal names its column in `where.field`. */
export type CheckCard = (cells: CardCells) => Result<SheetCard>;

export type FormRows = {
  /** For each column of the sheet, the field it was read as; columns nobody knows are named apart. */
  readonly columns: Readonly<Record<string, string>>;
  readonly ignored: readonly string[];
  readonly twins: readonly (FormTwin & { readonly line: number; readonly card: SheetCard })[];
  readonly refused: readonly (Failure & { readonly line: number })[];
};

const needed = ['id', 'floorAreaM2', 'storeys'] as const;
/** A name of each column that is needed, as a person may write it. */
const neededNames = {
  id: message('identifiant', 'id'),
  floorAreaM2: message('surface', 'floor area'),
  storeys: message('niveaux', 'storeys'),
} as const;
/** Titles, logos and notes that people put above their tables. */
const MOST_TITLE_LINES = 20;

const fieldsOf = (row: readonly string[]): (Field | undefined)[] =>
  row.map((cell) => columnWords.get(plain(cell)));

/** The row that names the columns: the first one that names all that is needed, else the first one. */
const headerAt = (rows: readonly (readonly string[])[]): number =>
  Math.max(
    0,
    rows.slice(0, MOST_TITLE_LINES).findIndex((row) => {
      const fields = fieldsOf(row);
      return needed.every((field) => fields.includes(field));
    }),
  );

const works = {
  worksWalls: 'walls',
  worksRoof: 'roof',
  worksFloor: 'floor',
  worksWindows: 'windows',
} as const satisfies Partial<Record<Field, string>>;

const isWorks = (field: Field): field is keyof typeof works => Object.hasOwn(works, field);

type FormCells = Record<string, unknown>;

/** The form and the card that a row of the sheet is; empty cells are left out. */
const cellsOf = (
  row: readonly string[],
  read: readonly (Field | undefined)[],
): { readonly form: FormCells; readonly card: CardCells } => {
  const form: FormCells = {};
  const card: CardCells = {};
  const done: object[] = [];
  for (const [column, field] of read.entries()) {
    const text = row[column]?.trim() ?? '';
    if (field === undefined || text === '') continue;
    if (isCard(field)) card[field] = text;
    else if (isWorks(field)) done.push({ element: works[field], year: valueOf(field, text) });
    else form[field] = valueOf(field, text);
  }
  return { form: done.length === 0 ? form : { ...form, works: done }, card };
};

/** A refusal in the words of the sheet: its column and what the cell says, not the form's field. */
const inSheetWords = (
  error: Failure,
  row: readonly string[],
  header: readonly string[],
  read: readonly (Field | undefined)[],
): Failure => {
  const field = error.where?.field ?? '';
  const column = read.findIndex(
    (one) => one !== undefined && (one === field || (field.startsWith('works') && isWorks(one))),
  );
  const name = header[column];
  if (error.code !== 'form-invalid' || name === undefined) return error;
  const cell = row[column]?.trim() ?? '';
  const said =
    cell === '' ? { fr: 'est vide', en: 'is empty' } : { fr: `dit « ${cell} »`, en: `says “${cell}”` };
  return {
    ...error,
    message: message(
      `La colonne « ${name.trim()} » ${said.fr} : ce n’est pas une valeur possible. Corrigez cette cellule.`,
      `Column “${name.trim()}” ${said.en}: not a possible value. Correct that cell.`,
    ),
  };
};

type RowsRead<Kept> = Pick<FormRows, 'columns' | 'ignored' | 'refused'> & {
  /** Line of the header, from 1. */
  readonly headerLine: number;
  readonly fields: readonly (Field | undefined)[];
  readonly kept: readonly (Kept & { readonly line: number; readonly card: SheetCard })[];
};

/** Every row made into something, or told by its line. */
const eachRow = <Kept extends object>(
  rows: readonly (readonly string[])[],
  make: (form: FormCells) => Result<Kept>,
  checkCard: CheckCard,
): Result<RowsRead<Kept>> => {
  const at = headerAt(rows);
  const header = rows[at] ?? [];
  const body = rows.slice(at + 1);
  const read = fieldsOf(header);
  const missing = needed.filter((field) => !read.includes(field));
  if (missing.length > 0) {
    const wanted = (language: 'fr' | 'en'): string =>
      missing.map((field) => neededNames[field][language]).join(', ');
    return failure(
      'columns-missing',
      `Colonnes absentes du tableau : ${wanted('fr')}. Une ligne doit nommer les colonnes.`,
      `Columns missing from the sheet: ${wanted('en')}. A row must name the columns.`,
      { line: at + 1 },
    );
  }
  const kept: (Kept & { line: number; card: SheetCard })[] = [];
  const refused: (Failure & { line: number })[] = [];
  const lineOfId = new Map<string, number>();
  for (const [index, row] of body.entries()) {
    const line = at + index + 2;
    const cells = cellsOf(row, read);
    if (Object.keys(cells.form).length === 0) continue;
    const form: FormCells = { use: 'housing', ...cells.form };
    form['name'] ??= form['id'] ?? '';
    const id = typeof form['id'] === 'string' ? form['id'] : '';
    const taken = lineOfId.get(id);
    const result: Result<Kept> =
      taken === undefined
        ? make(form)
        : failure(
            'id-taken',
            `L’identifiant « ${id} » est déjà celui de la ligne ${taken}.`,
            `The id “${id}” is already that of line ${taken}.`,
          );
    const card = checkCard(cells.card);
    if (result.ok && card.ok) {
      lineOfId.set(id, line);
      kept.push({ ...result.value, line, card: card.value });
      continue;
    }
    const failed = result.ok ? card : result;
    if (failed.ok) continue;
    refused.push({
      ...inSheetWords(failed.error, row, header, read),
      line,
      where: { ...failed.error.where, line },
    });
  }
  const named = header.flatMap((cell, column): [string, string][] => {
    const field = read[column];
    return field === undefined ? [] : [[cell, field]];
  });
  return ok({
    columns: Object.fromEntries(named),
    ignored: header.filter((cell, column) => read[column] === undefined && cell.trim() !== ''),
    headerLine: at + 1,
    fields: read,
    kept,
    refused,
  });
};

/**
 * Twins from the rows of a spreadsheet, its header first (titles above it are passed over); one short form a row. Good rows stand whatever the others
 * are; each bad one is told by its line (from 1, header included), and so is an id already taken.
 * @returns `columns-missing` when no column says the floor area, the storeys or the id.
 */
export const twinsFromRows = (
  rows: readonly (readonly string[])[],
  checkCard: CheckCard,
): Result<FormRows> => {
  const read = eachRow(rows, twinFromForm, checkCard);
  if (!read.ok) return read;
  const { columns, ignored, kept, refused } = read.value;
  return ok({ columns, ignored, twins: kept, refused });
};

/** What a sheet holds before anything is made of it. */
export type SheetPreflight = Pick<FormRows, 'columns' | 'ignored' | 'refused'> & {
  readonly headerLine: number;
  /** Lines that can be taken in, from 1. */
  readonly good: readonly number[];
  /** Share of the good lines that fill each known column, 0 to 1, by its name in the sheet. */
  readonly coverage: Readonly<Record<string, number>>;
};

/** The rows of a sheet checked as `twinsFromRows` would, with no twin made: a hundred thousand lines in seconds. Fails as it does. */
export const preflightRows = (
  rows: readonly (readonly string[])[],
  checkCard: CheckCard,
): Result<SheetPreflight> => {
  const read = eachRow(rows, checkForm, checkCard);
  if (!read.ok) return read;
  const { columns, ignored, kept, refused, headerLine, fields } = read.value;
  const header = rows[headerLine - 1] ?? [];
  const coverage = fields.flatMap((field, column): [string, number][] => {
    if (field === undefined || kept.length === 0) return [];
    const filled = kept.reduce(
      (count, { line }) => count + ((rows[line - 1]?.[column]?.trim() ?? '') === '' ? 0 : 1),
      0,
    );
    return [[header[column] ?? field, filled / kept.length]];
  });
  return ok({
    columns,
    ignored,
    refused,
    headerLine,
    good: kept.map(({ line }) => line),
    coverage: Object.fromEntries(coverage),
  });
};
