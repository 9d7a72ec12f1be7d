import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message } from '#core/message.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';
import { type Answer, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';

type Item = Record<string, unknown> & { readonly id: string | number };

withStores('lists', ({ store }) => {
  let api: TestApi;
  let v1 = '';
  const years: readonly (number | undefined)[] = [1972, undefined, 1948, 1972, 2001, undefined, 1880];
  beforeAll(async () => {
    api = await openApi(store());
    v1 = `${api.url}v1`;
    for (const [index, constructionYear] of years.entries()) {
      const { constructionYear: _, ...building } = sampleBuilding(`b${index}`);
      await store().buildings.save({
        ...building,
        commune: index % 2 === 0 ? 'Vitré' : 'Rennes',
        name: message(`Tour ${6 - index}`, `Tower ${6 - index}`),
        ...(constructionYear === undefined ? {} : { constructionYear }),
      });
      if (index < 3) await store().twins.save(`b${index}`, sampleTwin(`b${index}`));
    }
    await store().buildings.identify('b1', {
      own: ['RES-0042'],
      rnb: ['1ABC2DEF3GHJ'],
      cadastre: ['353600000A0123'],
    });
    await store().buildings.identify('b2', { cadastre: ['353600000A0123'] });
    await store().meters.save(sampleMeter('gas', 'b0'));
    await store().meters.save({ ...sampleMeter('flat', 'b0'), personal: true });
    await store().readings.upsert(
      'gas',
      hours(Date.UTC(2024, 0, 1), 10, (hour) => hour),
    );
    const other = await store().forOrganisation(await store().identities.addOrganisation('other'));
    await other.buildings.save(sampleBuilding('theirs'));
  });
  afterAll(() => api.close());

  const nextOf = ({ headers }: Answer): string | undefined =>
    /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
  /** Every page of a list, as a client that follows the links sees it. */
  const walk = async (path: string, itemsOf = (body: unknown) => body as Item[]): Promise<Item[][]> => {
    const pages: Item[][] = [];
    for (let next: string | undefined = `/v1/${path}`; next !== undefined; ) {
      const answer = await call(api.url.replace(/\/$/, '') + next);
      expect(answer.status).toBe(200);
      pages.push(itemsOf(answer.body));
      next = nextOf(answer);
      expect(pages.length).toBeLessThan(20);
    }
    return pages;
  };
  const ids = async (path: string): Promise<unknown[]> => (await walk(path)).flat().map(({ id }) => id);
  const codeOf = async (path: string): Promise<[number, string]> => {
    const { status, headers, body } = await call(`${v1}/${path}`);
    expect(headers.get('content-type')).toMatch(/problem\+json/);
    return [status, (body as { error: { code: string } }).error.code];
  };

  it.each([
    ['', ['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6']],
    ['&sort=-id', ['b6', 'b5', 'b4', 'b3', 'b2', 'b1', 'b0']],
    ['&sort=name', ['b6', 'b5', 'b4', 'b3', 'b2', 'b1', 'b0']],
    // Rows without a year come last both ways; equal years go by id, the way of the order.
    ['&sort=constructionYear', ['b6', 'b2', 'b0', 'b3', 'b4', 'b1', 'b5']],
    ['&sort=-constructionYear', ['b4', 'b3', 'b0', 'b2', 'b6', 'b5', 'b1']],
    ['&sort=commune', ['b1', 'b3', 'b5', 'b0', 'b2', 'b4', 'b6']],
    ['&sort=floorAreaM2', ['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6']],
  ])('gives each building once, in pages of any size, ordered by %s', async (sort, expected) => {
    for (const limit of [1, 2, 3, 7, 100]) {
      const pages = await walk(`buildings?limit=${limit}${sort}`);
      expect(pages.flat().map(({ id }) => id)).toEqual(expected);
      expect(pages.map((page) => page.length).slice(0, -1)).toEqual(Array(pages.length - 1).fill(limit));
    }
  });

  it('neither skips nor repeats where rows come and go between two pages', async () => {
    const first = await call(`${v1}/buildings?limit=2&sort=-id`);
    await store().buildings.save(sampleBuilding('b9'));
    await store().buildings.erase('b9', { by: 'Ada', reason: 'test' });
    await store().buildings.save(sampleBuilding('b45'));
    const second = await call(api.url.replace(/\/$/, '') + nextOf(first));
    expect((second.body as Item[]).map(({ id }) => id)).toEqual(['b45', 'b4']);
    await store().buildings.erase('b45', { by: 'Ada', reason: 'test' });
  });

  it.each([
    ['commune=Vitr%C3%A9', ['b0', 'b2', 'b4', 'b6']],
    ['commune=Vitr%C3%A9&commune=Rennes&constructionYearFrom=1972', ['b0', 'b3', 'b4']],
    ['constructionYearTo=1950', ['b2', 'b6']],
    ['use=school', []],
    ['search=tower%202', ['b4']],
    ['floorAreaM2From=1', ['b0', 'b1', 'b2']],
    ['own=RES-0042', ['b1']],
    ['rnb=1abc-2def-3ghj', ['b1']],
    ['cadastre=353600000A0123', ['b1', 'b2']],
    ['cadastre=353600000A0123&own=RES-0042', ['b1']],
    ['id=b3&id=theirs&id=nowhere', ['b3']],
  ])('filters in the database by %s', async (filter, expected) => {
    expect(await ids(`buildings?limit=1&${filter}`)).toEqual(expected);
  });

  it('shows identifiers and the figures of the twin, and only the fields asked for', async () => {
    const { body } = await call(`${v1}/buildings?id=b1`);
    expect(body).toEqual([
      {
        id: 'b1',
        // No figure is computed by a list: those kept are told, and none are kept here.
        place: null,
        carrier: null,
        annualKwh: null,
        annualEur: null,
        annualKgCo2e: null,
        intensityKwhM2: null,
        label: null,
        legalUntil: null,
        legal: null,
        urgency: 'unknown',
        dataCoverage: null,
        computedDay: null,
        name: { fr: 'Tour 5', en: 'Tower 5' },
        use: 'housing',
        commune: 'Rennes',
        department: null,
        constructionYear: null,
        data: 'simulated',
        identifiers: { own: ['RES-0042'], rnb: ['1ABC2DEF3GHJ'], bdnb: [], cadastre: ['353600000A0123'] },
        floorAreaM2: sampleTwin('b1').floorAreaM2,
        heatLossWK: sampleTwin('b1').heatLoss,
      },
    ]);
    const few = await call(`${v1}/buildings?id=b1&fields=commune,use`);
    expect(few.body).toEqual([{ id: 'b1', use: 'housing', commune: 'Rennes' }]);
  });

  it.each([
    ['buildings?comune=Rennes', 'parameter-unknown'],
    ['buildings?limit=0', 'parameter-invalid'],
    ['buildings?limit=9999', 'parameter-invalid'],
    ['buildings?sort=colour', 'parameter-invalid'],
    ['buildings?use=castle', 'parameter-invalid'],
    ['buildings?rnb=0000', 'parameter-invalid'],
    ['buildings?fields=secret', 'fields-unknown'],
    ['buildings?cursor=x', 'cursor-invalid'],
    [`buildings?cursor=${Buffer.from('["a",1,"b"]').toString('base64url')}`, 'cursor-invalid'],
    ['works?startFrom=2024-02-30', 'parameter-invalid'],
    ['meters/gas/readings?cursor=x', 'cursor-invalid'],
  ])('refuses %s in words', async (path, code) => {
    expect(await codeOf(path)).toEqual([400, code]);
  });

  it('takes a cursor only for the list, the order and the filters it came from', async () => {
    const next = new URL(nextOf(await call(`${v1}/buildings?limit=1&use=housing`)) ?? '', api.url);
    const cursor = next.searchParams.get('cursor');
    for (const other of ['', 'use=school&', 'use=housing&sort=-id&'])
      expect(await codeOf(`buildings?${other}limit=1&cursor=${cursor}`)).toEqual([400, 'cursor-invalid']);
    expect(await codeOf(`meters?cursor=${cursor}`)).toEqual([400, 'cursor-invalid']);
  });

  it('pages readings without losing one', async () => {
    const readings = (body: unknown) => (body as { readings: (Item & { kwh: number })[] }).readings;
    const pages = await walk('meters/gas/readings?limit=3&from=2024-01-01T01:00:00Z', readings);
    expect(pages.map((page) => page.map((one) => one['kwh']))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
  });

  describe('of what hangs on a building', () => {
    it('shows the meters a caller may see', async () => {
      expect(await ids('meters?building=b0')).toEqual(['flat', 'gas']);
      const reader = await openApi(store(), undefined, {
        entryOf: () =>
          Promise.resolve({ ok: true, value: { organisationId: 1, role: 'viewer', name: 'reader' } }),
      });
      expect((await call(`${reader.url}v1/meters?fields=id`)).body).toEqual([{ id: 'gas' }]);
      expect((await call(`${reader.url}v1/meters/flat`)).status).toBe(403);
      await reader.close();
    });

    it('pages works and scenarios of a building and of the stock', async () => {
      for (const [index, start] of ['2024-05-01', '2022-05-01', '2023-05-01'].entries()) {
        const works = {
          id: `w${index}`,
          measures: ['balancing'],
          start,
          end: start,
          by: 'test',
          reason: 'x',
        };
        expect((await postJson(`${v1}/buildings/b${index % 2}/works`, works)).status).toBe(200);
      }
      expect(await ids('works?limit=1')).toEqual(['w1', 'w2', 'w0']);
      expect(await ids('works?limit=1&sort=-start&startFrom=2023-01-01')).toEqual(['w0', 'w2']);
      expect(await ids('buildings/b0/works?limit=1&measure=balancing')).toEqual(['w2', 'w0']);
      expect(await codeOf('buildings/b0/works?building=b1')).toEqual([400, 'parameter-unknown']);
      expect(await codeOf('buildings/nowhere/works')).toEqual([404, 'unknown-building']);
      for (const name of ['un', 'deux'])
        await store().scenarios.add('b0', {
          schema: 'stacoptim.scenario/1',
          name,
          measures: [{ measure: 'balancing', year: 2027 }],
          versions: {},
        });
      const names = (await walk('buildings/b0/scenarios?limit=1&fields=name')).flat();
      expect(names.map(({ name }) => name)).toEqual(['deux', 'un']);
      expect(await ids('events')).toEqual([]);
      expect(await ids('programmes?accepted=true')).toEqual([]);
      const models = (await call(`${v1}/meters/gas/models?status=current`)).body;
      expect(models).toEqual({ meterId: 'gas', models: [] });
    });
  });
});
