import { afterAll, beforeAll, expect, it } from 'vitest';
import { changesSchema, type ChangesView } from '#app/changes-views.ts';
import { type Answer, call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding } from '../support/samples.ts';

withStores('GET /v1/changes', ({ store }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(store());
    for (const id of ['a', 'b', 'c', 'd', 'e']) await store().buildings.save(sampleBuilding(id));
    await store().programmes.add({});
  });
  afterAll(() => api.close());
  const get = (query: string): Promise<Answer> => call(`${api.url}v1/changes${query}`);
  const page = async (query: string): Promise<ChangesView> => changesSchema.parse((await get(query)).body);

  it('is read to its end a page at a time, and goes on from there', async () => {
    const seen: string[] = [];
    let since = 0;
    for (let more = true; more; ) {
      const { changes, next, more: further } = await page(`?since=${since}&limit=2`);
      seen.push(...changes.map(({ kind, subject }) => `${kind} ${subject}`));
      since = next;
      more = further;
    }
    expect(seen).toEqual([
      'building a',
      'building b',
      'building c',
      'building d',
      'building e',
      'programme 1',
    ]);
    expect(await page(`?since=${since}`)).toEqual({ changes: [], next: since, latest: since, more: false });
    await store().buildings.save(sampleBuilding('f'));
    const { changes, next } = await page(`?since=${since}`);
    expect(changes).toMatchObject([
      { kind: 'building', action: 'created', subject: 'f', buildingId: 'f', position: since + 1 },
    ]);
    expect(next).toBe(since + 1);
  });

  it('gives the kinds asked, and goes past the others', async () => {
    const { changes, next, latest } = await page('?kinds=programme,works');
    expect(changes.map(({ kind }) => kind)).toEqual(['programme']);
    expect(next).toBe(latest);
  });

  it.each([
    '?since=-1',
    '?since=x',
    '?since=1.5',
    '?limit=0',
    '?limit=1001',
    '?kinds=secrets',
    '?since=1e300',
  ])('refuses %s', async (query) => {
    expect((await get(query)).status).toBe(400);
  });

  it('says when a position is of another database, and when what follows it was forgotten', async () => {
    const { latest } = await page('');
    const ahead = await get(`?since=${latest + 1}`);
    expect([ahead.status, ahead.body]).toMatchObject([409, { error: { code: 'changes-ahead' } }]);
    await store().changes.forget(Date.now() + 60_000);
    const gone = await get('?since=1');
    expect([gone.status, gone.body]).toMatchObject([410, { error: { code: 'changes-forgotten' } }]);
    expect(await page(`?since=${latest}`)).toMatchObject({ changes: [], next: latest });
  });
});
