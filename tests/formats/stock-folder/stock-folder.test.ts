import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseBuildingFile, parseStockFile, parseWorksFile } from '#formats/stock-folder/index.ts';

const stock = join(dirname(fileURLToPath(import.meta.url)), '../../../buildings');
const text = (...path: string[]): string => readFileSync(join(stock, ...path), 'utf8');

describe('the sample stock on disk', () => {
  const listed = parseStockFile('stock.json', text('stock.json'));

  it('lists every folder that stands beside it, and says that all is simulated', () => {
    const folders = readdirSync(stock, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'weather')
      .map(({ name }) => name);
    expect(listed.ok && [...listed.value.buildings].sort()).toEqual(folders.sort());
    expect(listed.ok && listed.value.data).toBe('simulated');
  });

  it('has readable buildings and works', () => {
    for (const id of listed.ok ? listed.value.buildings : []) {
      expect(parseBuildingFile('building.json', text(id, 'building.json')).ok).toBe(true);
      expect(parseWorksFile('works.json', text(id, 'works.json')).ok).toBe(true);
    }
  });
});

describe('a stock file that cannot be read', () => {
  it.each([
    ['{', 'stock-json'],
    ['[]', 'stock-field'],
    ['{"schema":"stacoptim.stock/9"}', 'stock-field'],
    [text('stock.json').replace('weather/', '../../'), 'stock-field'],
  ])('case %# is refused with its field', (content, code) => {
    const parsed = parseStockFile('stock.json', content);
    expect(parsed.ok ? 'accepted' : parsed.error.code).toBe(code);
  });
});
