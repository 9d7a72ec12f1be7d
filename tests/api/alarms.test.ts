import { afterAll, beforeAll, expect, it } from 'vitest';
import { retrain } from '#app/train.ts';
import { openApi, type TestApi } from '../support/api.ts';
import {
  contextAt,
  dayAt,
  firstDay,
  heating,
  ripple,
  saveBuilding,
  saveStation,
  sendDays,
} from '../support/daily-stock.ts';
import { withStores } from '../support/database.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Alarm = {
  id: number;
  code: string;
  state: string;
  decided: { by: string; reason: string } | null;
};
type Watch = { meterId: string; watched: boolean; nights: boolean; reason: { en: string } };

withStores('alarms and the watch', ({ store }) => {
  let today = dayAt(2021, 7, 1);
  let api: TestApi;
  const context = () => contextAt(store(), () => today);
  const fault = dayAt(2021, 11, 1);
  /** Heating takes half as much again from the fault to the repair. */
  let repaired = Number.POSITIVE_INFINITY;
  const kwh = (day: number): number =>
    (60 + heating(day) * (day >= fault && day < repaired ? 1.5 : 1)) * ripple(day);
  let sent = 0;
  const nightAt = async (day: number): Promise<void> => {
    today = day;
    await sendDays(store(), 'mairie-gaz', sent, day, kwh);
    sent = day;
    await retrain(context());
  };

  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${api.url}v1/${path}`)).json()) as T;
  const decide = async (id: number, action: string, reason = 'why'): Promise<Response> =>
    fetch(`${api.url}v1/buildings/mairie/alarms/${id}/decision`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action, reason }),
    });
  const alarms = () => get<Alarm[]>('buildings/mairie/alarms');
  const watch = () => get<Watch[]>('buildings/mairie/watch');

  beforeAll(async () => {
    api = await openApi(store(), () => context().nowMs());
    await saveStation(store(), dayAt(2022, 12, 31));
    await saveBuilding(store(), 'mairie', [{ id: 'mairie-gaz' }]);
  });
  afterAll(() => api.close());

  it('tells a meter nobody watches yet from a quiet one', async () => {
    expect(await watch()).toMatchObject([
      { watched: false, reason: { en: expect.stringMatching(/no night/) } },
    ]);
    await nightAt(dayAt(2021, 7, 1));
    expect(await watch()).toMatchObject([
      { watched: false, reason: { en: expect.stringMatching(/91 days/) } },
    ]);
    await nightAt(dayAt(2021, 10, 20));
    expect(await alarms()).toEqual([]);
    expect(await watch()).toMatchObject([
      {
        watched: true,
        nights: false,
        reason: {
          fr: expect.stringMatching(
            /^veillé jusqu’au \d+(er)? \p{L}+ \d{4} par un modèle appris jusqu’au \d+(er)? \p{L}+ \d{4} : rien/u,
          ),
          en: expect.stringMatching(/nothing unusual/),
        },
      },
    ]);
  });

  it('keeps what people decide while the alarm goes on, and tells who is told', async () => {
    await nightAt(fault + 20);
    const [opened] = await alarms();
    expect(opened).toMatchObject({ code: 'heating-drift', state: 'open', decided: null });
    if (opened === undefined) throw new Error('an alarm was found');
    expect((await decide(opened.id, 'acknowledge', 'the plumber comes on Monday')).status).toBe(200);
    await nightAt(fault + 24);
    expect(await alarms()).toMatchObject([
      { id: opened.id, state: 'acknowledged', decided: { reason: 'the plumber comes on Monday' } },
    ]);
    for (const [action, state] of [
      ['refuse', 'refused'],
      ['reopen', 'open'],
      ['close', 'closed'],
      ['reopen', 'open'],
    ] as const) {
      await decide(opened.id, action);
      expect((await get<Alarm>(`buildings/mairie/alarms/${opened.id}`)).state).toBe(state);
    }
    const { changes } = await get<{ changes: { action: string; detail: { state: string } }[] }>(
      'changes?kinds=alarm&limit=100',
    );
    expect(changes.map(({ action, detail }) => `${action} ${detail.state}`)).toEqual([
      'created open',
      'updated acknowledged',
      'updated refused',
      'updated open',
      'updated closed',
      'updated open',
    ]);
    const log = (await store().audit.list({ subject: `alarm:${opened.id}` })).map(({ action }) => action);
    expect(log).toContain('refuse-alarm');
    expect(log.filter((action) => action === 'reopen-alarm')).toHaveLength(2);
  });

  it('pages, filters, and refuses what it does not know', async () => {
    expect(await get<Alarm[]>('alarms?state=open')).toHaveLength(1);
    expect(await get<Alarm[]>('alarms?state=refused')).toEqual([]);
    const page = await fetch(`${api.url}v1/alarms?limit=1&fields=id,state`);
    expect(Object.keys(((await page.json()) as object[])[0] ?? {})).toEqual(['id', 'state']);
    expect((await decide(999_999, 'close')).status).toBe(404);
    expect((await decide(1, 'forget')).status).toBe(400);
    expect((await fetch(`${api.url}v1/buildings/nobody/alarms`)).status).toBe(404);
    expect((await fetch(`${api.url}v1/buildings/nobody/watch`)).status).toBe(404);
  });

  it('closes by itself what it has not seen for four weeks', async () => {
    repaired = fault + 25;
    for (const night of [40, 60, 85, 110, 135]) await nightAt(fault + night);
    expect(await alarms()).toMatchObject([
      { state: 'closed', decided: { by: 'stacoptim retrain', reason: 'not seen for 28 days' } },
    ]);
  });

  it('watches days, weekends and nights of a meter read by the hour', async () => {
    await saveBuilding(store(), 'college', [{ id: 'college-gaz' }]);
    // Nights at a third of the power of the day until the set-back fails.
    const failing = dayAt(2021, 12, 10);
    const hourly = (to: number, from: number): Promise<unknown> => {
      const count = (to - from) * 24;
      const startMs = Float64Array.from({ length: count }, (_, i) => (firstDay + from) * dayMs + i * hourMs);
      return store().readings.upsert('college-gaz', {
        startMs,
        endMs: startMs.map((start) => start + hourMs),
        energyKwh: Float64Array.from({ length: count }, (_, i) => {
          const [day, hour] = [from + Math.floor(i / 24), i % 24];
          const night = hour < 6 && day < failing;
          return ((10 + heating(day)) / 24) * (night ? 0.4 : 1.2) * ripple(day + hour);
        }),
      });
    };
    today = dayAt(2021, 8, 1);
    await hourly(today, 0);
    await retrain(context());
    const from = today;
    today = dayAt(2021, 12, 9);
    await hourly(today, from);
    await retrain(context());
    const own = async () => (await get<Alarm[]>('buildings/college/alarms')).map(({ code }) => code);
    expect(await get<Watch[]>('buildings/college/watch')).toMatchObject([{ watched: true, nights: true }]);
    expect(await own()).toEqual([]);
    await hourly(dayAt(2021, 12, 30), today);
    today = dayAt(2021, 12, 30);
    await retrain(context());
    expect(await own()).toContain('night-heating');
  });
});
