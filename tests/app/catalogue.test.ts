import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { shippedCatalogue, shippedPrices } from '#simulate/index.ts';
import { lineOfField, loadCatalogue } from '../../src/app/catalogue.ts';
import type { Failure } from '../../src/core/result.ts';

const folders: string[] = [];
/** A catalogue folder with the files given, deleted after the test. */
const folderOf = (files: Readonly<Record<string, unknown>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-catalogue-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
    );
  }
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const shippedMeasure = (id: string) => {
  const found = shippedCatalogue.find((measure) => measure.id === id);
  if (found === undefined) throw new Error(`No measure ${id}`);
  return found;
};
const refusal = (files: Readonly<Record<string, unknown>>): Failure => {
  const read = loadCatalogue(folderOf(files));
  if (read.ok) throw new Error('accepted');
  return read.error;
};

describe('a user’s own catalogue', () => {
  it('adds a measure, replaces one, and says which', () => {
    const windows = shippedMeasure('windows');
    const read = loadCatalogue(
      folderOf({
        'measures/hemp.json': {
          ...shippedMeasure('wall-insulation-inside'),
          id: 'hemp-inside',
          version: '3',
        },
        'measures/windows.json': { ...windows, version: '7', cost: null },
      }),
    );
    if (!read.ok) throw new Error(read.error.message.en);
    const { measures, own } = read.value;
    expect(measures).toHaveLength(shippedCatalogue.length + 1);
    expect(measures.find(({ id }) => id === 'windows')).toMatchObject({ version: '7', cost: null });
    expect(measures.at(-1)?.id).toBe('hemp-inside');
    expect(own).toEqual(['hemp-inside 3', 'windows 7']);
  });

  it('lays prices over the shipped ones, carrier by carrier, with both versions', () => {
    const gas = { eurPerKwh: 0.08, spread: 0.02, source: 'our contract of 2026' };
    const read = loadCatalogue(
      folderOf({
        'energy-prices.json': {
          schema: 'stacoptim.energy-prices/1',
          version: 'contract-2',
          date: '2026-06',
          carriers: { gas },
        },
      }),
    );
    if (!read.ok) throw new Error(read.error.message.en);
    expect(read.value.prices.carriers.gas).toEqual(gas);
    expect(read.value.prices.carriers.electricity).toEqual(shippedPrices.carriers.electricity);
    expect(read.value.prices.version).toBe(`${shippedPrices.version}+contract-2`);
  });

  it('an empty folder is the catalogue as shipped', () => {
    const read = loadCatalogue(folderOf({}));
    expect(read.ok ? read.value.own : undefined).toEqual([]);
  });

  it('names file, line and field of a wrong figure, and keeps nothing', () => {
    const wrong = { ...shippedMeasure('windows'), lifetimeYears: -1 };
    const error = refusal({ 'measures/windows.json': wrong });
    const lines = JSON.stringify(wrong, undefined, 2).split('\n');
    expect(error.code).toBe('invalid-measure');
    expect(error.where).toMatchObject({ file: 'measures/windows.json', field: 'lifetimeYears' });
    expect(lines[(error.where?.line ?? 0) - 1]).toContain('"lifetimeYears"');
  });

  it('names the line of what is not JSON', () => {
    const error = refusal({ 'measures/bad.json': '{\n  "id": "x",\n  "version" "1"\n}\n' });
    expect(error.code).toBe('invalid-json');
    expect(error.where).toMatchObject({ file: 'measures/bad.json', line: 3 });
    expect(error.message.fr).toContain('ligne 3');
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a negative cost',
      { 'measures/a.json': { ...shippedMeasure('windows'), cost: { fixedEur: -5 } } },
      'invalid-measure',
    ],
    [
      'an aid without measures',
      { 'subsidies/a.json': { schema: 'stacoptim.subsidy/1', id: 'a' } },
      'invalid-subsidy',
    ],
    [
      'a price of zero',
      {
        'energy-prices.json': {
          schema: 'stacoptim.energy-prices/1',
          version: '1',
          date: '2026',
          carriers: { gas: { eurPerKwh: 0, spread: 0, source: 'x' } },
        },
      },
      'invalid-prices',
    ],
    [
      'one id twice',
      { 'measures/a.json': shippedMeasure('windows'), 'measures/b.json': shippedMeasure('windows') },
      'duplicate-catalogue-id',
    ],
  ])('refuses %s', (_, files, code) => {
    expect(refusal(files).code).toBe(code);
  });

  it('refuses a folder that is not there', () => {
    const read = loadCatalogue('/nowhere/at/all');
    expect(read.ok ? undefined : read.error.code).toBe('catalogue-not-found');
  });

  it('finds the line of a nested key after its parents', () => {
    const text = '{\n "a": { "value": 1 },\n "b": {\n  "value": 2\n }\n}';
    expect([lineOfField(text, 'a.value'), lineOfField(text, 'b.value'), lineOfField(text, '')]).toEqual([
      2, 4, 1,
    ]);
  });
});
