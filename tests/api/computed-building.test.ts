import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { loadStock } from '#app/load-stock.ts';
import type { Store } from '#store/index.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const sample = join(import.meta.dirname, '../../buildings');
const id = 'maison-commune-2008';

type Json = Record<string, unknown>;
const json = (...path: string[]): Json => JSON.parse(readFileSync(join(...path), 'utf8')) as Json;

/** One building of the sample stock in a folder of its own; `change` writes its meters anew. */
const stockOf = (change: (folder: string, building: Json) => Json): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stock-'));
  mkdirSync(join(folder, 'weather'));
  cpSync(join(sample, 'weather'), join(folder, 'weather'), { recursive: true });
  cpSync(join(sample, id), join(folder, id), { recursive: true });
  writeFileSync(
    join(folder, 'stock.json'),
    JSON.stringify({ ...json(sample, 'stock.json'), buildings: [id] }),
  );
  const building = json(sample, id, 'building.json');
  writeFileSync(
    join(folder, id, 'building.json'),
    JSON.stringify({ ...building, ...change(join(folder, id), building) }),
  );
  return folder;
};

const load = async (store: Store, folder: string): Promise<void> => {
  const loaded = await loadStock({ store, nowMs: () => Date.UTC(2026, 0, 1), startLedger }, folder, {
    progress: () => undefined,
  });
  rmSync(folder, { recursive: true });
  expect(loaded.ok && loaded.value.refused).toEqual([]);
};

/** What a fit took of the processor: another each time. */
const spent = new Set(['energyJ', 'cpuMs', 'wallMs', 'lowJ', 'highJ', 'carbonG', 'ledger']);

/**
 * The building as the stock has it, and the same with its heat counted in MWh, of two buildings together, in a file
 * that says nothing of itself: half of that meter is the building's.
 */
describe('a building whose meter is computed', () => {
  const open: (() => Promise<unknown>)[] = [];
  const api: Record<'plain' | 'shared', TestApi | undefined> = { plain: undefined, shared: undefined };

  beforeAll(async () => {
    const start = async (folder: string): Promise<TestApi> => {
      const database: TestDatabase = await openTestDatabase();
      open.push(database.close);
      await load(database.store, folder);
      const served = await openApi(database.store);
      open.push(served.close);
      return served;
    };
    api.plain = await start(stockOf(() => ({})));
    api.shared = await start(
      stockOf((folder) => {
        const rows = gunzipSync(readFileSync(join(folder, 'meter-district-heat.csv.gz')))
          .toString()
          .trim()
          .split('\n')
          .slice(1)
          .map((row) => row.split(','));
        const lines = rows.flatMap(([day, kwh]) => [
          `sous-station;${day};${kwh === '' ? '' : (Number(kwh) * 0.002).toFixed(6).replace('.', ',')}`,
          `pompe;${day};7,5`,
        ]);
        writeFileSync(join(folder, 'export.csv'), ['organe;quand;colonne 3', ...lines].join('\n'));
        const meter = { carrier: 'district-heat', use: 'heating', timezone: 'Europe/Paris' };
        return {
          meters: [
            {
              ...meter,
              id: 'substation',
              file: 'export.csv',
              unit: 'MWh',
              mapping: {
                timeColumn: 'quand',
                valueColumn: 'colonne 3',
                unit: 'MWh',
                where: { organe: 'sous-station' },
              },
            },
          ],
          computedMeters: [
            {
              ...meter,
              id: 'half',
              rule: {
                kind: 'share',
                of: 'substation',
                recipient: id,
                key: 'surface chauffée',
                rule: { kind: 'shares', shares: { [id]: 0.5, neighbour: 0.5 } },
              },
              by: 'A. Martin',
              reason: 'règlement de copropriété',
            },
          ],
        };
      }),
    );
  }, 240_000);

  afterAll(async () => {
    for (const close of open.toReversed()) await close();
  });

  const both = async (path: string): Promise<{ plain: Json; shared: Json }> => {
    const [plain, shared] = await Promise.all(
      [api.plain, api.shared].map(async (one) => {
        const answer = await call(`${one?.url}v1/${path}`);
        expect(answer.status).toBe(200);
        return answer.body as Json;
      }),
    );
    return { plain, shared };
  };

  it('shows its days and their number, and why the series is what it is', async () => {
    const { plain, shared } = await both(`buildings/${id}`);
    const [meter] = plain['meters'] as Json[];
    const computed = (shared['meters'] as Json[]).find((one) => one['id'] === 'half');
    expect(computed).toMatchObject({
      firstDay: meter['firstDay'],
      lastDay: meter['lastDay'],
      readings: meter['readings'],
    });
    expect(meter['readings']).toBeGreaterThan(300);
    expect(shared['carrier']).toBe('district-heat');
    expect((shared['warnings'] as Json[]).map(({ code }) => code)).toContain('derived-series');
  });

  it('has the signature, the savings and the line of the stock that its own meter would give', async () => {
    const signature = await both(`buildings/${id}/signature`);
    const savings = await both(`buildings/${id}/savings`);
    const stock = await both('stock');
    const close = (left: unknown, right: unknown, path: string): void => {
      if (typeof left === 'number' && typeof right === 'number') {
        const size = Math.max(1, Math.abs(left));
        expect(Math.abs(left - right) / size, path).toBeLessThan(1e-3);
      } else if (typeof left === 'object' && left !== null && typeof right === 'object' && right !== null)
        for (const [key, value] of Object.entries(left))
          if (!spent.has(key)) close(value, (right as Json)[key], `${path}.${key}`);
    };
    for (const { plain, shared } of [signature, savings]) {
      expect(Object.keys(shared)).toEqual(Object.keys(plain));
      close({ ...plain, warnings: [] }, { ...shared, warnings: [] }, '');
    }
    close(stock.plain['totalKwh'], stock.shared['totalKwh'], 'totalKwh');
    expect(stock.shared['totalKwh']).toMatchObject({ unit: 'kWh' });
  });
});
