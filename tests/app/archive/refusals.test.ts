import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, expect, it } from 'vitest';
import { exportOrganisation } from '#app/archive/export.ts';
import { importOrganisation } from '#app/archive/import.ts';
import type { Manifest } from '#app/archive/manifest.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { bytesSource } from '#core/byte-source.ts';
import type { Store } from '#store/index.ts';
import { withStores } from '../../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../../support/samples.ts';
import { unzip, zipOf } from '../../support/zip.ts';

const who = { by: 'Ada', reason: 'test' };

withStores('an archive that is not as it was made', ({ store }) => {
  let empty: Store;
  let files = new Map<string, string>();
  const contextOf = (of: Store): AppContext => ({
    store: of,
    nowMs: () => Date.UTC(2026, 0, 1),
    startLedger,
  });

  beforeAll(async () => {
    const organisation = await store().identities.addOrganisation('from');
    const from = await store().forOrganisation(organisation);
    await from.buildings.save({ ...sampleBuilding('b'), name: { fr: 'École « Ü »\n"', en: 'School' } });
    await from.meters.save(sampleMeter('gas', 'b'));
    await from.readings.upsert(
      'gas',
      hours(Date.UTC(2022, 10, 1), 50, (hour) => hour / 3),
    );
    await from.readings.upsert(
      'gas',
      hours(Date.UTC(2022, 10, 1), 2, () => 7),
    );
    const out = new PassThrough();
    const [exported, bytes] = await Promise.all([
      exportOrganisation(contextOf(from), out, who).finally(() => out.end()),
      buffer(out),
    ]);
    if (!exported.ok) throw new Error(exported.error.message.en);
    files = new Map([...unzip(bytes)].map(([name, text]) => [name, Buffer.from(text).toString()]));
    // Its identifiers are free again.
    await from.buildings.erase('b', who);
    empty = await store().forOrganisation(await store().identities.addOrganisation('to'));
  });

  type Entries = { name: string; text: string; declaredSize?: number }[];
  const entries = (): Entries => [...files].map(([name, text]) => ({ name, text }));
  const withText = (name: string, text: string): Entries =>
    entries().map((one) => (one.name === name ? { name, text } : one));
  const manifest = (): Manifest => JSON.parse(files.get('manifest.json') ?? '') as Manifest;
  /** The archive with a file whose new text the manifest knows. */
  const rewritten = (name: string, text: string, records?: number): Entries => {
    const said = manifest();
    const listed = said.files.map((file) =>
      file.name === name
        ? {
            ...file,
            records: records ?? file.records,
            bytes: Buffer.byteLength(text),
            sha256: createHash('sha256').update(text).digest('hex'),
          }
        : file,
    );
    return withText(name, text).map((one) =>
      one.name === 'manifest.json' ? { ...one, text: JSON.stringify({ ...said, files: listed }) } : one,
    );
  };
  /** The archive as if another program had made it. */
  const ofProgram = (program: string, archive: Entries): Entries =>
    archive.map((one) =>
      one.name === 'manifest.json'
        ? { ...one, text: JSON.stringify({ ...(JSON.parse(one.text) as Manifest), program }) }
        : one,
    );
  const codeOf = async (archive: Uint8Array): Promise<string | undefined> => {
    const imported = await importOrganisation(contextOf(empty), bytesSource('a.zip', archive), who);
    return imported.ok ? undefined : imported.error.code;
  };

  const line = (name: string): string => files.get(name)?.split('\n')[0] ?? '';
  const cases: [string, string, () => Uint8Array][] = [
    ['text that is no ZIP', 'not-an-organisation-archive', () => Buffer.from('PK, or not')],
    ['a ZIP of something else', 'not-an-organisation-archive', () => zipOf([{ name: 'a.csv', text: 'a' }])],
    ['an archive cut short', 'not-an-organisation-archive', () => zipOf(entries()).subarray(0, 3000)],
    [
      'a path out of it',
      'archive-path-refused',
      () => zipOf([...entries(), { name: '../../etc/passwd', text: 'x' }]),
    ],
    [
      'an absolute path',
      'archive-path-refused',
      () => zipOf([...entries(), { name: '/etc/x.csv', text: 'x' }]),
    ],
    [
      'a file twice',
      'archive-path-refused',
      () => zipOf([...entries(), { name: 'meters.ndjson', text: '' }]),
    ],
    ['a file more', 'archive-changed', () => zipOf([...entries(), { name: 'more.csv', text: 'x' }])],
    ['a file less', 'archive-changed', () => zipOf(entries().filter(({ name }) => name !== 'works.ndjson'))],
    [
      'a reading of another value',
      'archive-changed',
      () => zipOf(withText('readings.csv', (files.get('readings.csv') ?? '').replace(',7,', ',8,'))),
    ],
    [
      'a later version',
      'archive-newer',
      () =>
        zipOf(
          withText('manifest.json', JSON.stringify({ ...manifest(), schema: 'stacoptim.organisation/2' })),
        ),
    ],
    [
      'a record with a field more, of a later program',
      'archive-newer',
      () =>
        zipOf(
          ofProgram(
            '99.0.0',
            rewritten('buildings.ndjson', `${line('buildings.ndjson').replace('{', '{"colour":1,')}\n`),
          ),
        ),
    ],
    [
      'a table under other headings, of a program of this version that knows later tables',
      'archive-newer',
      () =>
        zipOf(
          ofProgram(
            manifest().program.replace(/\d+$/, '9999999999999'),
            rewritten('readings.csv', (files.get('readings.csv') ?? '').replace('kwh', 'kwh,colour')),
          ),
        ),
    ],
    [
      'a kind of records more, of a later program',
      'archive-newer',
      () =>
        zipOf(
          withText(
            'manifest.json',
            JSON.stringify({ ...manifest(), program: '0.99.0', files: [{ kind: 'colours' }] }),
          ),
        ),
    ],
    [
      'a record with a field more, of an earlier program',
      'archive-record-invalid',
      () =>
        zipOf(
          ofProgram(
            '0.0.9',
            rewritten('buildings.ndjson', `${line('buildings.ndjson').replace('{', '{"colour":1,')}\n`),
          ),
        ),
    ],
    [
      'a manifest without files',
      'not-an-organisation-archive',
      () => zipOf(withText('manifest.json', JSON.stringify({ ...manifest(), files: 3 }))),
    ],
    [
      'a bomb',
      'archive-bomb',
      () => {
        const zeros = '0'.repeat(64 * 1024 * 1024);
        return zipOf(rewritten('programmes.ndjson', zeros));
      },
    ],
    [
      'a bomb that says it is small',
      'archive-changed',
      () =>
        zipOf(
          entries().map((one) =>
            one.name === 'readings.csv'
              ? { ...one, text: '0'.repeat(64 * 1024 * 1024), declaredSize: Buffer.byteLength(one.text) }
              : one,
          ),
        ),
    ],
    [
      'a record of another shape',
      'archive-record-invalid',
      () => zipOf(rewritten('meters.ndjson', `${line('meters.ndjson').replace('"gas"', '42')}\n`)),
    ],
    [
      'a record that is no JSON',
      'archive-record-invalid',
      () => zipOf(rewritten('buildings.ndjson', '{"id":\n')),
    ],
    [
      'a column more than its schema knows',
      'archive-record-invalid',
      () =>
        zipOf(
          rewritten('buildings.ndjson', `${line('buildings.ndjson').replace('{', '{"organisationId":1,')}\n`),
        ),
    ],
    [
      'a CSV under other headings',
      'archive-record-invalid',
      () => zipOf(rewritten('readings.csv', (files.get('readings.csv') ?? '').replace('kwh', 'mwh'))),
    ],
    [
      'a meter twice',
      'archive-id-taken',
      () => zipOf(rewritten('meters.ndjson', `${line('meters.ndjson')}\n${line('meters.ndjson')}\n`, 2)),
    ],
    ['readings of a meter that is not in it', 'not-found', () => zipOf(rewritten('meters.ndjson', '', 0))],
    [
      'a null character',
      'text-refused',
      () =>
        zipOf(
          rewritten(
            'buildings.ndjson',
            `${line('buildings.ndjson').replace('School', String.raw`a\u0000b`)}\n`,
          ),
        ),
    ],
  ];

  it.each(cases)('%s is refused by %s, and nothing of it is kept', async (_what, code, archive) => {
    expect(await codeOf(archive())).toBe(code);
    expect(await empty.archive.isEmpty()).toBe(true);
    expect((await empty.audit.verify()).lines).toBe(0);
  });

  it('as it was made, it is imported, and says so in the audit log', async () => {
    expect(await codeOf(zipOf(entries()))).toBeUndefined();
    expect((await empty.buildings.get('b'))?.name.fr).toBe('École « Ü »\n"');
    expect((await empty.readings.extent('gas'))?.count).toBe(50);
    expect((await empty.readings.replaced('gas')).map(({ energyKwh }) => energyKwh)).toEqual([0, 1 / 3]);
    expect((await empty.audit.list())[0]).toMatchObject({ by: 'Ada', action: 'import-organisation' });
    expect((await empty.archive.carriedChains())[0]?.brokenAt).toBeUndefined();
  });

  it('comes again into an organisation whose stock was erased since, its audit log once', async () => {
    await empty.buildings.erase('b', who);
    expect(await codeOf(zipOf(entries()))).toBeUndefined();
    expect((await empty.archive.carriedChains()).map(({ lines }) => lines)).toEqual([1]);
  });

  it('an audit log whose line was changed is told', async () => {
    const third = await store().forOrganisation(await store().identities.addOrganisation('third'));
    await empty.buildings.erase('b', who);
    const text = (files.get('audit.ndjson') ?? '').replace('"Ada"', '"Eve"');
    const archive = zipOf(rewritten('audit.ndjson', text));
    const imported = await importOrganisation(contextOf(third), bytesSource('a.zip', archive), who);
    expect(imported.ok ? imported.value.audit[0]?.brokenAt : imported.error).toBe(1);
  });
});
