import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { pushBuildings } from '#app/create-buildings.ts';
import { type Answer, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding } from '../support/samples.ts';

withStores('buildings pushed in bulk', ({ store, url }) => {
  let api: TestApi;
  let v1 = '';
  beforeAll(async () => {
    api = await openApi(store());
    v1 = `${api.url}v1`;
  });
  afterAll(() => api.close());

  type Result = {
    index: number;
    status: string;
    id: string | null;
    error: { code: string; field?: string | null } | null;
  };
  type Pushed = { created: number; exists: number; refused: number; results: Result[] };
  const push = async (buildings: readonly unknown[], headers = {}): Promise<Pushed> => {
    const { status, body } = await postJson(`${v1}/buildings`, { buildings, reason: 'reprise' }, headers);
    expect(status).toBe(200);
    return body as Pushed;
  };
  const residence = (number: number) => ({
    name: `Résidence ${number}`,
    use: 'housing',
    commune: 'Rennes',
    constructionYear: 1960 + (number % 40),
    floorAreaM2: 1000 + number,
    storeys: 5,
    identifiers: { own: [`RES-${number}`], cadastre: ['35238000AB0123'] },
  });
  const get = (path: string): Promise<Answer> => call(`${v1}/${path}`);
  const codeOf = ({ status, body }: Answer): [number, string] => [
    status,
    (body as { error: { code: string } }).error.code,
  ];

  it('keeps the department it is told, which places the label and the aids, and refuses one that there is none of', async () => {
    const lozere = { ...residence(900), department: '5' };
    const made = await push([lozere, { ...residence(901), department: '975' }, residence(902)]);
    expect(made.results).toMatchObject([
      { status: 'created', id: 'res-900' },
      { status: 'refused', error: { code: 'unknown-department', field: 'department' } },
      { status: 'created', id: 'res-902' },
    ]);
    const departmentOf = async (id: string): Promise<unknown> =>
      ((await get(`buildings/${id}/identity`)).body as { department: unknown }).department;
    expect([await departmentOf('res-900'), await departmentOf('res-902')]).toEqual(['05', null]);
    const compared = await postJson(`${v1}/buildings/res-900/comparisons`, {
      options: [{ measures: ['roof-insulation'] }],
      summer: false,
    });
    expect(compared.body).toMatchObject({ place: { department: '05', zone: 'H1c', ceeZone: 'H1' } });
    const patch = (body: object): Promise<Answer> =>
      call(`${v1}/buildings/res-902/identity`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await patch({ department: '2a' })).body).toMatchObject({ department: '2A', commune: 'Rennes' });
    expect(codeOf(await patch({ department: '99' }))).toEqual([422, 'unknown-department']);
    expect((await patch({ name: 'Autre' })).body).toMatchObject({ department: '2A' });
    expect((await patch({ department: null })).body).toMatchObject({ department: null });
    for (const id of ['res-900', 'res-902']) {
      const { status } = await call(`${v1}/buildings/${id}`, {
        method: 'DELETE',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'essai' }),
      });
      expect(status).toBe(200);
    }
  });

  it('adds a hundred at once, each with a twin and its identifiers; pushing them again changes nothing', async () => {
    const hundred = Array.from({ length: 100 }, (_, number) => residence(number));
    const first = await push(hundred);
    expect(first).toMatchObject({ created: 100, exists: 0, refused: 0 });
    expect(first.results[7]).toEqual({ index: 7, status: 'created', id: 'res-7', error: null });
    const again = await push([...hundred].reverse());
    expect(again).toMatchObject({ created: 0, exists: 100, refused: 0 });
    expect(again.results[0]).toEqual({ index: 0, status: 'exists', id: 'res-99', error: null });
    expect(await store().buildings.count()).toBe(100);
    expect(await store().twins.history('res-7')).toHaveLength(1);
    const [found] = (await get('buildings?own=RES-7')).body as Record<string, unknown>[];
    expect(found).toMatchObject({
      id: 'res-7',
      name: { fr: 'Résidence 7' },
      commune: 'Rennes',
      constructionYear: 1967,
      data: 'metered',
      identifiers: { own: ['RES-7'], rnb: [], bdnb: [], cadastre: ['35238000AB0123'] },
      floorAreaM2: { value: 1007, provenance: 'typed' },
    });
    expect((await get('buildings/res-7')).status).toBe(200);
    expect(await store().audit.list({ subject: 'building:res-7' })).toMatchObject([
      { by: 'test', action: 'add-building', reason: 'reprise' },
    ]);
  });

  it('tells each bad one apart, and keeps nothing of it, while the good ones stand', async () => {
    const other = await store().forOrganisation(await store().identities.addOrganisation('other'));
    await other.buildings.save(sampleBuilding('theirs'));
    const { results, ...counts } = await push([
      { name: 'Bonne', use: 'school' },
      { name: 'Sans usage' },
      { name: 'Château', use: 'castle' },
      { name: 'À moitié', use: 'housing', floorAreaM2: 900 },
      { name: 'Faux RNB', use: 'housing', identifiers: { rnb: ['0000'] } },
      { name: 'Prise', use: 'housing', id: 'theirs' },
      { name: '???', use: 'housing' },
      'not a building',
      { name: 'Même', use: 'school', id: 'meme', identifiers: { own: ['RES-1'] } },
      { name: 'Deux noms', use: 'school', identifiers: { own: ['N-1'] } },
      { name: 'Autre', use: 'school', id: 'autre', identifiers: { own: ['N-2', 'N-1'] } },
      { name: 'Époque', use: 'school', floorAreaM2: 900, storeys: 2, period: 'jadis' },
    ]);
    expect(results.map(({ status, id, error }) => [status, id ?? error?.code])).toEqual([
      ['created', 'bonne'],
      ['refused', 'building-invalid'],
      ['refused', 'building-invalid'],
      ['refused', 'form-invalid'],
      ['refused', 'building-invalid'],
      ['refused', 'id-taken'],
      ['refused', 'building-invalid'],
      ['refused', 'building-invalid'],
      ['exists', 'res-1'],
      ['created', 'n-1'],
      ['exists', 'n-1'],
      ['refused', 'period-invalid'],
    ]);
    expect(counts).toEqual({ created: 2, exists: 2, refused: 8 });
    expect(await store().buildings.get('a-moitie')).toBeUndefined();
    expect(await store().buildings.get('epoque')).toBeUndefined();
    expect((await get('buildings/bonne/identity')).body).toMatchObject({ floorAreaM2: null });
  });

  it('refuses a field that it does not know, by its name: nothing is lost in silence', async () => {
    const { results } = await push([
      { name: 'Faute', use: 'housing', floorArea: 900, storeys: 3 },
      { name: 'Faute', use: 'housing', identifiers: { propre: ['F-1'] } },
    ]);
    expect(results.map(({ error }) => [error?.code, error?.field])).toEqual([
      ['building-invalid', 'floorArea'],
      ['building-invalid', 'identifiers.propre'],
    ]);
    expect(await store().buildings.get('faute')).toBeUndefined();
    const whole = await postJson(`${v1}/buildings`, {
      buildings: [{ name: 'A', use: 'school' }],
      dryRun: true,
    });
    expect([whole.status, whole.body]).toMatchObject([400, { error: { where: 'dryRun' } }]);
    const changed = await call(`${v1}/buildings/res-1/identity`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ commune: 'Nantes', floorAreaM2: 1500 }),
    });
    expect([changed.status, changed.body]).toMatchObject([400, { error: { where: 'floorAreaM2' } }]);
    expect((await get('buildings/res-1/identity')).body).not.toMatchObject({ commune: 'Nantes' });
  });

  it('is done once under an idempotency key, a refused one among them', async () => {
    const other = await store().forOrganisation(await store().identities.addOrganisation('third'));
    await other.buildings.save(sampleBuilding('taken'));
    const two = [
      { name: 'Prise', use: 'housing', id: 'taken' },
      { name: 'Clé', use: 'housing', identifiers: { own: ['K-1'] } },
    ];
    const key = { 'idempotency-key': 'push-1' };
    const first = await push(two, key);
    expect(first).toMatchObject({ created: 1, refused: 1 });
    expect(await push(two, key)).toEqual(first);
    expect(await store().buildings.get('k-1')).toBeDefined();
  });

  it.each([[{}], [{ buildings: [] }], [{ buildings: Array.from({ length: 501 }, () => ({})) }]])(
    'refuses a call without buildings or with too many',
    async (body) => {
      expect(codeOf(await postJson(`${v1}/buildings`, body))).toEqual([400, 'bad-request']);
    },
  );

  it('changes what a building is called and known by, on the version that was read', async () => {
    const patch = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
      call(`${v1}/buildings/res-2/identity`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const tag = (await get('buildings/res-2/identity')).headers.get('etag') ?? '';
    const change = { commune: null, identifiers: { rnb: ['1ABC-2DEF-3GHJ'], cadastre: [] } };
    const done = await patch(change, { 'if-match': tag });
    expect([done.status, done.body]).toEqual([
      200,
      expect.objectContaining({
        commune: null,
        constructionYear: 1962,
        identifiers: { own: ['RES-2'], rnb: ['1ABC2DEF3GHJ'], bdnb: [], cadastre: [] },
      }),
    ]);
    expect(codeOf(await patch({ name: 'Autre' }, { 'if-match': tag }))).toEqual([412, 'precondition-failed']);
    expect(codeOf(await patch({ name: 'Autre', identifiers: { own: ['RES-3'] } }))).toEqual([
      409,
      'identifier-taken',
    ]);
    expect((await get('buildings/res-2/identity')).body).toMatchObject({ name: { fr: 'Résidence 2' } });
    expect(codeOf(await get('buildings/nowhere/identity'))).toEqual([404, 'unknown-building']);
  });

  it('pushed by several at once is made once, and the others find it there', async () => {
    const twins = ['Un', 'Deux', 'Trois', 'Quatre'].map((name) => ({
      name,
      use: 'school',
      identifiers: { own: ['JUMEAU-1'] },
    }));
    const answers = await Promise.all(twins.map((one) => push([one])));
    const statuses = answers.map(({ results }) => results[0]?.status);
    expect(statuses.filter((status) => status === 'created')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'exists')).toHaveLength(3);
    const made = twins[statuses.indexOf('created')]?.name;
    expect((await get('buildings/jumeau-1/identity')).body).toMatchObject({ name: { fr: made } });
  });

  it('waits for who adds the same one, under its id or one of its identifiers, and for no other', async () => {
    const told: string[] = [];
    const add = (name: string, id: string, own: readonly string[]): Promise<void> =>
      store().transaction(async (into) => {
        await into.buildings.addAlone(id, own);
        told.push(name);
      });
    const waiting: Promise<void>[] = [];
    await store().transaction(async (into) => {
      await into.buildings.addAlone('tour', ['T-1', 'T-2']);
      waiting.push(add('same id', 'tour', []), add('same identifier', 'autre', ['T-2', 'T-3']));
      // Comes to its end while the first still holds its own.
      await add('another', 'barre', ['B-1']);
      expect(told).toEqual(['another']);
      told.push('the first');
    });
    await Promise.all(waiting);
    expect(told.slice(0, 2)).toEqual(['another', 'the first']);
    expect(told).toHaveLength(4);
  });

  it('in one transaction holds no more locks for many than for two, and waits for nobody who waits for it', async () => {
    const own = (order: readonly number[]) => order.map((n) => ({ ...residence(n), name: `Ensemble ${n}` }));
    const locks = async (): Promise<number> => {
      const client = new pg.Client({ connectionString: url() });
      await client.connect();
      const { rows } = await client
        .query<{ held: number }>(
          `select count(*)::int as held from pg_locks l join pg_database d on d.oid = l.database
           where locktype = 'advisory' and d.datname = current_database()`,
        )
        .finally(() => client.end());
      return rows[0]?.held ?? 0;
    };
    await store().within(async (inside) => {
      const context = { store: inside, nowMs: () => Date.now(), startLedger };
      const held = async (numbers: readonly number[]): Promise<number> => {
        const pushed = await pushBuildings(context, own(numbers), { by: 'Ada', reason: 'test' });
        expect(pushed).toMatchObject({ value: { created: numbers.length } });
        return locks();
      };
      const two = await held([700, 701]);
      expect(await held([702, 703, 704, 705])).toBe(two);
    });
    const numbers = Array.from({ length: 12 }, (_, n) => 710 + n);
    const both = await Promise.all([
      push(own(numbers), { 'idempotency-key': 'one-way' }),
      push(own(numbers.toReversed()), { 'idempotency-key': 'other-way' }),
    ]);
    expect(both.map(({ created }) => created).toSorted((a, b) => a - b)).toEqual([0, 12]);
  });

  it('of many names in any order is made once, and nobody waits for ever', async () => {
    const own = Array.from({ length: 10 }, (_, n) => `NOM-${n}`);
    const orders = Array.from({ length: 8 }, (_, n) => [...own.slice(n), ...own.slice(0, n)]);
    const answers = await Promise.all(
      orders.map((names) => push([{ name: 'Tour', use: 'housing', identifiers: { own: names } }])),
    );
    expect(answers.map(({ created }) => created).toSorted((a, b) => b - a)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    expect(answers.map(({ refused }) => refused)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
