import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readAllReadings, readWeather } from '../../src/formats/registry.ts';
import { errorOf, utf8 } from '../support/readings.ts';

const million = 'x'.repeat(1_000_000);

it.each<[string, string, Uint8Array, string]>([
  [
    'a gzip that grows a thousand times',
    'a.csv.gz',
    gzipSync(Buffer.alloc(60_000_000, 'a,1\n')),
    'file-too-large',
  ],
  [
    'a damaged gzip',
    'a.csv.gz',
    gzipSync(`date,kwh\n${'2024-01-01,1\n'.repeat(9999)}`).subarray(0, 150),
    'file-corrupt',
  ],
  ['one line without end', 'a.csv', utf8(`date;${million.repeat(20)}`), 'csv-header'],
  ['a million columns', 'a.csv', utf8(`date${',kwh'.repeat(1_000_000)}\n`), 'csv-header'],
  ['rows without a date', 'a.csv', utf8(`date;kwh\n${'nothing;1\n'.repeat(200_000)}`), 'readings-none'],
  [
    'quotes that never close',
    'a.csv',
    utf8(`date;kwh\n${'"2024-01-01;"1\n'.repeat(100_000)}`),
    'readings-none',
  ],
  ['a nest of arrays', 'a.json', utf8(`{"mesures":[{"idPrm":${'['.repeat(5_000_000)}`), 'json-malformed'],
  ['a page', 'a.xml', utf8(`<html>${million}</html>`), 'format-unknown'],
])('%s is refused', async (_, name, bytes, code) => {
  expect(errorOf(await readAllReadings(name, bytes)).code).toBe(code);
});

it('weather that is none is refused', () => {
  expect(errorOf(readWeather('a.json', utf8('{"a":1}'))).code).toBe('format-unknown');
  expect(errorOf(readWeather('a.epw', utf8(`LOCATION,x,,,,,a,b,c,d\n${million}`))).code).toBe(
    'epw-malformed',
  );
});
