import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { preflightSheet, writeParts } from '#app/preflight-sheet.ts';
import { sheetCard } from '#app/sheet-card.ts';
import { twinsFromRows } from '#create/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = 100_000;
const BAD = 37;

/** A stock of a hundred thousand lines of which 37, spread over it, cannot be taken. */
const largeSheet = (): { readonly path: string; readonly badLines: readonly number[] } => {
  const lines = ['id;nom;usage;année;surface;niveaux'];
  for (let i = 0; i < LINES; i++)
    lines.push(`b-${i};Bâtiment ${i};logement;${1950 + (i % 60)};${300 + (i % 2000)};${2 + (i % 8)}`);
  const badLines: number[] = [];
  for (let k = 0; k < BAD; k++) {
    const at = 1 + 2_601 * (k + 1);
    const cells = (lines[at] ?? '').split(';');
    if (k % 3 === 0) cells[4] = '-5';
    else if (k % 3 === 1) cells[5] = 'deux';
    else cells[0] = 'b-7';
    lines[at] = cells.join(';');
    badLines.push(at + 1);
  }
  const path = join(folder, 'parc.csv');
  writeFileSync(path, `${lines.join('\r\n')}\r\n`);
  return { path, badLines };
};

it('of a hundred thousand lines names the 37 that cannot be taken, each with its reason; the good ones stand', async () => {
  const { path, badLines } = largeSheet();
  const checked = await preflightSheet(path);
  if (!checked.ok) throw new Error(checked.error.message.en);
  expect(checked.value.refused.map(({ line }) => line)).toEqual(badLines);
  expect(checked.value.good).toHaveLength(LINES - BAD);
  expect(checked.value.refused[0]?.message.fr).toContain('« surface » dit « -5 »');
  expect(checked.value.refused[1]?.message.fr).toContain('« niveaux » dit « deux »');
  expect(checked.value.refused[2]?.message.fr).toContain('« b-7 »');
  expect(checked.value.coverage['surface']).toBe(1);
  const written = writeParts(checked.value, folder, 'fr');
  expect(written.ok ? written.value : written.error.code).toEqual([
    ...[1, 2, 3, 4, 5].map((part) => `parc-${part}.csv`),
    'refusees.csv',
  ]);
  const parts = readdirSync(folder).filter((name) => name.startsWith('parc-'));
  const rows = parts.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').replace('\uFEFF', '').trimEnd().split('\r\n').slice(1),
  );
  expect(rows).toHaveLength(LINES - BAD);
  expect(new Set(rows).size).toBe(LINES - BAD);
  const refused = readFileSync(join(folder, 'refusees.csv'), 'utf8').trimEnd().split('\r\n');
  expect(refused).toHaveLength(BAD + 1);
}, 60_000);

it('takes and refuses the very lines that making the twins would', async () => {
  const rows = [
    ['id', 'surface', 'niveaux', 'année', 'inconnue'],
    ['a', '1200', '4', '1972', 'x'],
    ['b', '', '4', '', ''],
    ['c', '800', '3', 'avant-hier', ''],
    ['a', '500', '2', '', ''],
    ['d', '900', '2', '', ''],
  ];
  const path = join(folder, 'petit.csv');
  writeFileSync(path, rows.map((row) => row.join(';')).join('\n'));
  const [checked, made] = [await preflightSheet(path), twinsFromRows(rows, sheetCard)];
  if (!checked.ok || !made.ok) throw new Error('both read the sheet');
  expect(checked.value.good).toEqual(made.value.twins.map(({ line }) => line));
  expect(checked.value.refused).toEqual(made.value.refused);
  expect(checked.value.ignored).toEqual(['inconnue']);
  expect(checked.value.coverage['année']).toBe(0.5);
});

it('says of a sheet without the columns which are missing, and of no file that there is none', async () => {
  const path = join(folder, 'vide.csv');
  writeFileSync(path, 'nom;ville\nA;Bordeaux\n');
  const checked = await preflightSheet(path);
  expect(checked.ok ? '' : checked.error.code).toBe('columns-missing');
  const none = await preflightSheet(join(folder, 'absent.csv'));
  expect(none.ok ? '' : none.error.code).toBe('file-not-found');
});
