import { beforeAll, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { correctStock } from '#app/correct-stock.ts';
import { listEvents } from '#app/non-routine.ts';
import { retrain } from '#app/train.ts';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2022, 0, 1) / dayMs;
const days = 1100;
const worksAt = Date.UTC(2023, 2, 1) / dayMs - firstDay;
const outdoorC = (i: number): number => 11 - 8 * Math.cos((2 * Math.PI * i) / 365.25) + (i % 7) - 3;
/** Works that save 25 % of heating; a closure of 50 days in the autumn of the first year after them. */
const closed = (i: number): boolean => i >= 640 && i < 690;
const heating = (i: number): number => 20 * Math.max(0, 16 - outdoorC(i));
const kwh = (i: number): number =>
  (50 + heating(i) * (i >= worksAt ? 0.75 : 1)) * (closed(i) ? 0.3 : 1) * (1 + 0.02 * ((i % 5) - 2));
/** Percent that the works save over a year, the closure apart. */
const truePercent = (from: number, to: number): number => {
  let [saved, without] = [0, 0];
  for (let i = from; i < to; i++) {
    if (closed(i)) continue;
    saved += 0.25 * heating(i);
    without += 50 + heating(i);
  }
  return (100 * saved) / without;
};

type Savings = {
  savings: { value: number };
  savingsPercent: { value: number; low: number; high: number };
  frozenModel: number | null;
  events: number[];
  withoutEvents: { savingsPercent: { value: number } } | null;
  months: {
    from: string;
    actualKwh: number;
    savings: { value: number; low: number; high: number };
    cumulated: { value: number; low: number; high: number } | null;
  }[];
  years: { from: string; to: string; savingsPercent: { value: number } }[];
  sinceWorks: { to: string; savingsPercent: { value: number } };
  normalised: { savings: { value: number; low: number; high: number }; beforeKwh: { value: number } } | null;
  status: string;
  warnings: { code: string }[];
};
type Event = {
  id: number;
  from: string;
  to: string;
  state: string;
  decided: { by: string } | null;
  message: { fr: string };
};

withStores('non-routine events', ({ store }) => {
  let api: TestApi;
  const context = () => ({ store: store(), nowMs: () => (firstDay + days) * dayMs, startLedger });
  const at = (path: string): string => `${api.url}v1/buildings/ecole/${path}`;
  const events = async () => (await call(at('events'))).body as Event[];
  const savings = async (): Promise<Savings> => ((await call(at('savings'))).body as [Savings])[0];
  const decide = (id: number, body: object) =>
    postJson(at(`events/${id}/decision`), { reason: 'école fermée pour désamiantage', ...body });
  const send = (from: number, to: number, of: (i: number) => number) => {
    const startMs = Float64Array.from({ length: to - from }, (_, i) => (firstDay + from + i) * dayMs);
    return store().readings.upsert('gaz', {
      startMs,
      endMs: startMs.map((start) => start + dayMs),
      energyKwh: Float64Array.from({ length: to - from }, (_, i) => of(from + i)),
    });
  };

  beforeAll(async () => {
    await store().buildings.save(sampleBuilding('ecole'));
    await store().twins.save('ecole', sampleTwin('ecole'), {});
    await store().meters.save({ ...sampleMeter('gaz', 'ecole'), timezone: 'UTC' });
    await store().weather.saveStation({
      id: 'mto',
      name: 'Station',
      latitudeDeg: 45,
      longitudeDeg: 0,
      altitudeM: 50,
      source: 'test',
      simulated: true,
    });
    await store().weather.saveDaily('mto', {
      firstDay: firstDay - 2,
      meanC: Float64Array.from({ length: days + 4 }, (_, i) => outdoorC(i - 2)),
      ghiWm2: new Float64Array(days + 4).fill(Number.NaN),
    });
    await send(0, days, kwh);
    await store().works.save({
      id: 'toit',
      buildingId: 'ecole',
      measures: ['wall-insulation-outside'],
      startDay: '2023-03-01',
      endDay: '2023-03-01',
    });
    await retrain(context());
    await correctStock(context());
    api = await openApi(store(), context().nowMs);
    return () => api.close();
  });

  it('proposes the closure in words with its false-alarm rate, and leaves the figure alone until someone decides', async () => {
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ state: 'proposed', decided: null });
    expect(Math.abs(Date.parse(event?.from ?? '') / dayMs - firstDay - 640)).toBeLessThanOrEqual(7);
    expect(event?.message.fr).toMatch(/inférieure de \d+ %.*une fausse alerte en vingt années/);
    expect(await savings()).toMatchObject({ events: [], withoutEvents: null, status: 'provisional' });
  });

  it('sets the days aside once accepted with edited dates, by the caller’s own name, and tells both figures', async () => {
    const [event] = await events();
    const forged = await decide(event?.id ?? 0, { action: 'accept', by: 'someone else' });
    expect(forged.body).toMatchObject({ error: { code: 'signed-by-another' } });
    const accepted = await decide(event?.id ?? 0, {
      action: 'accept',
      from: '2023-10-03',
      to: '2023-11-21',
    });
    expect(accepted.body).toMatchObject({ state: 'accepted', from: '2023-10-03', decided: { by: 'test' } });
    const after = await savings();
    expect(after.events).toEqual([event?.id]);
    expect(Math.abs(after.savingsPercent.value - truePercent(worksAt + 1, worksAt + 366))).toBeLessThan(1);
    expect(after.withoutEvents).not.toBeNull();
    const [line] = await store().audit.list({ subject: 'works:toit', limit: 1 });
    expect(line).toMatchObject({
      by: 'test',
      action: 'accept-event',
      detail: { before: { state: 'proposed' } },
    });
  });

  it('tells months that add up, whole years, all since the works, and a typical year', async () => {
    const { months, years, sinceWorks, normalised } = await savings();
    expect(months[0]?.from).toBe('2023-03-02');
    // The month wholly set aside is closed on all but two of its days; two years less a day are 24 months or 25.
    expect(months.length).toBeGreaterThan(20);
    expect(years.map(({ from }) => from)).toEqual(['2023-03-02', '2024-03-01']);
    const [first, second] = years.map(({ savingsPercent }) => savingsPercent.value);
    expect(Math.abs((first ?? 0) - truePercent(worksAt + 1, worksAt + 366))).toBeLessThan(1);
    expect(Math.abs((second ?? 0) - truePercent(worksAt + 366, days))).toBeLessThan(1);
    expect(Math.abs(sinceWorks.savingsPercent.value - truePercent(worksAt + 1, days))).toBeLessThan(1);
    const share = (normalised?.savings.value ?? 0) / (normalised?.beforeKwh.value ?? 1);
    expect(Math.abs(100 * share - truePercent(0, 365))).toBeLessThan(1);
  });

  it('adds the months up, with an interval of their sum that is no sum of intervals', async () => {
    const { months } = await savings();
    let sofar = 0;
    for (const { savings: own, cumulated } of months) {
      sofar += own.value;
      expect(cumulated?.value).toBeCloseTo(sofar, 6);
      expect(cumulated?.low).toBeLessThan(sofar);
      expect(cumulated?.high).toBeGreaterThan(sofar);
    }
    const width = (one: { low: number; high: number } | null): number => (one?.high ?? 0) - (one?.low ?? 0);
    expect(width(months.at(-1)?.cumulated ?? null)).toBeGreaterThan(width(months[0]?.cumulated ?? null));
  });

  it('flags an adjustment of 40 %', async () => {
    const withoutKnowing = (await savings()).savingsPercent.value;
    const declared = await postJson(at('events'), {
      worksId: 'toit',
      from: '2023-12-01',
      to: '2024-02-29',
      adjustmentPercent: 40,
      reason: 'extension',
    });
    expect(declared.status).toBe(200);
    const flagged = await savings();
    expect(flagged.warnings.map(({ code }) => code)).toContain('large-adjustment');
    expect(flagged.status).not.toBe('final');
    expect(flagged.savingsPercent.value).toBeGreaterThan(withoutKnowing + 2);
    const { id } = declared.body as Event;
    expect((await decide(id, { action: 'refuse' })).body).toMatchObject({ state: 'refused' });
    expect((await savings()).warnings.map(({ code }) => code)).not.toContain('large-adjustment');
  });

  it('takes a decision back', async () => {
    const accepted = (await events()).find(({ state }) => state === 'accepted');
    expect((await decide(accepted?.id ?? 0, { action: 'reopen' })).body).toMatchObject({ state: 'proposed' });
    expect(await savings()).toMatchObject({ events: [], withoutEvents: null });
  });

  it.each([
    [
      'a correction of the frozen baseline',
      { worksId: 'toit', from: '2022-06-01', to: '2022-07-01', adjustmentPercent: 20 },
      'event-in-baseline',
    ],
    [
      'days that end before they begin',
      { worksId: 'toit', from: '2023-07-02', to: '2023-07-01' },
      'bad-range',
    ],
    ['works that are none', { worksId: 'x', from: '2023-07-01', to: '2023-07-02' }, 'unknown-works'],
  ])('refuses %s', async (_name, body, code) => {
    const refused = await postJson(at('events'), { reason: 'test', ...body });
    expect(refused.body).toMatchObject({ error: { code } });
  });

  it('refuses an event that is none, or another building’s', async () => {
    expect((await decide(999, { action: 'accept' })).status).toBe(404);
    await store().buildings.save(sampleBuilding('mairie'));
    const [one] = await events();
    const other = await postJson(`${api.url}v1/buildings/mairie/events/${one?.id}/decision`, {
      action: 'accept',
      reason: 'x',
    });
    expect(other.status).toBe(404);
    const listed = await listEvents(context(), 'nowhere');
    expect(listed.ok).toBe(false);
  });

  it('judges by the frozen days: readings of the baseline changed since move nothing', async () => {
    const before = await savings();
    expect(before.frozenModel).not.toBeNull();
    await send(200, 400, (i) => 3 * kwh(i));
    await correctStock(context());
    const after = await savings();
    expect(after.savings.value).toBe(before.savings.value);
    expect(after.frozenModel).toBe(before.frozenModel);
  });

  it('keeps the interval of a month without heating near what it takes: its errors add, they do not multiply', async () => {
    for (const { savings: own, actualKwh } of (await savings()).months) {
      const width = own.high - own.low;
      expect(width).toBeLessThan(3 * Math.max(actualKwh, 1000));
    }
  });

  it('measures works at once when they are declared, and keeps who said so', async () => {
    const declared = await postJson(at('works'), {
      id: 'fenetres',
      measures: ['windows'],
      start: '2024-06-01',
      end: '2024-06-02',
      by: 'A. Martin',
      reason: 'procès-verbal',
    });
    expect(declared.body).toMatchObject({
      declared: { by: 'A. Martin', reason: 'procès-verbal' },
      baselines: [{ meterId: 'gaz', to: '2024-05-31' }],
    });
    const all = (await call(at('savings'))).body as { worksId: string }[];
    expect(all.map(({ worksId }) => worksId)).toEqual(['toit', 'fenetres']);
    const works = (await call(at('works'))).body as { id: string; declared: unknown }[];
    expect(works[0]).toMatchObject({ id: 'toit', declared: null });
  });
});
