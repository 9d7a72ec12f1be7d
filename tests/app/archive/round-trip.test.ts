import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportOrganisation, type Exported } from '#app/archive/export.ts';
import { importOrganisation, type Imported } from '#app/archive/import.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { openFileSource } from '#app/files.ts';
import { listProgrammes, programmeOf } from '#app/programme-record.ts';
import { viewSavings } from '#app/view-savings.ts';
import { viewStock } from '#app/view-stock.ts';
import { unpackEntry, zipEntries } from '#formats/zip/index.ts';
import { archiveKinds, archiveRecords, type Store } from '#store/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const who = { by: 'Ada', reason: 'moves elsewhere' };

const contextOf = (store: Store): AppContext => ({ store, nowMs: () => Date.UTC(2026, 0, 1), startLedger });

const valueOf = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const exportTo = async (context: AppContext, path: string): Promise<Exported> => {
  const out = createWriteStream(path);
  const exported = await exportOrganisation(context, out, who);
  out.end();
  await finished(out);
  return valueOf(exported);
};

const importFrom = async (context: AppContext, path: string): Promise<Imported> => {
  const source = valueOf(openFileSource(path));
  try {
    return valueOf(await importOrganisation(context, source, who));
  } finally {
    source.close();
  }
};

/** The text of each file of an archive. */
const textsOf = (path: string): Map<string, string> => {
  const source = valueOf(openFileSource(path));
  const texts = (zipEntries(source) ?? []).map((entry): [string, string] => [
    entry.name,
    Buffer.from(valueOf(unpackEntry(entry, 2 ** 30))).toString(),
  ]);
  source.close();
  return new Map(texts);
};

describe('an organisation that moves to another installation', () => {
  let folder = '';
  let [here, there]: TestDatabase[] = [];
  let first = new Map<string, string>();
  let second = new Map<string, string>();
  let exported: Exported;
  let imported: Imported;
  const secrets: string[] = [];
  const contexts = (): [AppContext, AppContext] => {
    if (here === undefined || there === undefined) throw new Error('not open');
    return [contextOf(here.store), contextOf(there.store)];
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stacoptim-archive-'));
    here = await openTestDatabase('sample-stock');
    there = await openTestDatabase();
    const [own, other] = contexts();
    // Numbers that a sequence gave to what is gone, and another organisation's rows: the archive knows neither.
    const guest = await there.store.forOrganisation(await there.store.identities.addOrganisation('guest'));
    for (let at = 0; at < 3; at += 1) await guest.programmes.add({});
    const added = { organisationId: 1, role: 'viewer', name: 'gmao', createdBy: 'Ada' };
    secrets.push((await own.store.identities.addKey(added)).key);
    secrets.push('whsec_of_a_receiver');
    await own.store.webhooks.add({
      url: 'https://gmao.example/hook',
      secret: 'whsec_of_a_receiver',
      sentTo: 0,
      createdBy: 'Ada',
    });
    exported = await exportTo(own, join(folder, 'first.zip'));
    imported = await importFrom(other, join(folder, 'first.zip'));
    await exportTo(other, join(folder, 'second.zip'));
    first = textsOf(join(folder, 'first.zip'));
    second = textsOf(join(folder, 'second.zip'));
  }, 400_000);
  afterAll(async () => {
    await here?.close();
    await there?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('brings every kind of record, and each follows its published schema', () => {
    for (const kind of [
      'buildings',
      'twins',
      'envelopes',
      'meters',
      'readings',
      'weather-days',
      'works',
      'models',
      'baseline-evidence',
      'savings',
      'programmes',
      'rates',
      'ledger',
      'audit',
    ])
      expect(exported.records[kind], kind).toBeGreaterThan(0);
    expect(imported.records).toEqual(
      Object.fromEntries(Object.entries(exported.records).filter(([, count]) => count > 0)),
    );
    for (const kind of archiveKinds) {
      const text = first.get(`${kind}.ndjson`);
      for (const line of text?.split('\n').filter((one) => one !== '') ?? [])
        expect(archiveRecords[kind].safeParse(JSON.parse(line)).error?.issues).toBeUndefined();
    }
  });

  it('is the same when it is exported again, but for the audit log, which goes on', () => {
    expect([...second.keys()]).toEqual([...first.keys()]);
    for (const [name, text] of first) {
      if (name === 'manifest.json') continue;
      if (name === 'audit.ndjson') expect(second.get(name)?.startsWith(text)).toBe(true);
      else expect(second.get(name) === text, name).toBe(true);
    }
    expect(imported.audit).toEqual([{ origin: exported.auditHead, lines: exported.records['audit'] }]);
  });

  it('reads the same: stock, savings, programmes', async () => {
    const [own, other] = contexts();
    const stock = valueOf(await viewStock(own));
    expect(valueOf(await viewStock(other))).toEqual(stock);
    let compared = 0;
    for (const { id } of stock.buildings) {
      const [mine, theirs] = [valueOf(await viewSavings(own, id)), valueOf(await viewSavings(other, id))];
      compared += mine.length;
      // The number of a frozen baseline is the database's own.
      const plain = (views: typeof mine): unknown =>
        views.map((view) => ({ ...view, frozenModel: null, events: [] }));
      expect(plain(theirs)).toEqual(plain(mine));
      for (const [at, { frozenModel }] of mine.entries()) {
        const baseline = frozenModel === null ? undefined : await own.store.models.get(frozenModel);
        const moved = await other.store.models.get(theirs[at]?.frozenModel ?? 0);
        expect(moved?.dataHash).toBe(baseline?.dataHash);
      }
    }
    expect(compared).toBeGreaterThan(0);
    const [mine] = valueOf(await listProgrammes(own));
    const [theirs] = valueOf(await listProgrammes(other));
    const planOf = async (context: AppContext, id = ''): Promise<object> => {
      return { ...valueOf(await programmeOf(context, Number(id))), id: '' };
    };
    expect(await planOf(other, theirs?.id)).toEqual(await planOf(own, mine?.id));
  });

  it('holds no secret', () => {
    const all = [...first.values()].join('\n');
    expect(all).toContain('export-organisation');
    for (const secret of secrets) expect(all).not.toContain(secret);
    expect(all).not.toMatch(/stk_|gmao\.example/);
  });

  it('is refused by an organisation that has a stock, which stays as it was', async () => {
    const [own] = contexts();
    const before = await own.store.audit.verify();
    const source = valueOf(openFileSource(join(folder, 'first.zip')));
    const again = await importOrganisation(own, source, who);
    source.close();
    expect(again.ok ? undefined : again.error.code).toBe('organisation-not-empty');
    expect(await own.store.audit.verify()).toEqual(before);
  });

  it('is refused whole where another organisation of the installation has one of its identifiers', async () => {
    const [own] = contexts();
    const empty = await own.store.forOrganisation(await own.store.identities.addOrganisation('empty'));
    const source = valueOf(openFileSource(join(folder, 'first.zip')));
    const taken = await importOrganisation(contextOf(empty), source, who);
    source.close();
    expect(taken.ok ? undefined : taken.error.code).toBe('archive-id-taken');
    expect(await empty.archive.isEmpty()).toBe(true);
  });
});
