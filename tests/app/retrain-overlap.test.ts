import { beforeAll, expect, it } from 'vitest';
import { type Retrained, retrain } from '#app/train.ts';
import { runNightly } from '#jobs/nightly.ts';
import { openStore, type Store } from '#store/index.ts';
import {
  contextAt,
  dayAt,
  heating,
  ripple,
  saveBuilding,
  saveStation,
  sendDays,
} from '../support/daily-stock.ts';
import { withStores } from '../support/database.ts';

const days = 900;
const worksAt = dayAt(2021, 3, 1);
const meterIds = ['a-1', 'a-2', 'a-3', 'b-1', 'b-2', 'b-3'];
const kwh = (meter: number, i: number): number =>
  (50 + 10 * meter + (1 + meter / 5) * heating(i) * (i >= worksAt ? 0.8 : 1)) * ripple(i + meter);

/** Identifiers are of the whole database: each organisation's begin with its own word. */
type Organisation = { readonly store: Store; readonly word: string };

/** Two buildings of three meters with works on one, and a meter that nobody has read. */
const fill = async ({ store, word }: Organisation): Promise<void> => {
  await saveStation(store, days, `${word}mto`);
  for (const building of ['a', 'b'])
    await saveBuilding(
      store,
      `${word}${building}`,
      meterIds.filter((id) => id.startsWith(building)).map((id) => ({ id: `${word}${id}` })),
    );
  await saveBuilding(store, `${word}c`, [{ id: `${word}c-unread` }]);
  await store.works.save({
    id: `${word}toit`,
    buildingId: `${word}a`,
    measures: ['roof-insulation'],
    startDay: '2021-03-01',
    endDay: '2021-03-01',
  });
};
const send = async ({ store, word }: Organisation, from: number, to: number): Promise<void> => {
  for (const [index, id] of meterIds.entries())
    await sendDays(store, `${word}${id}`, from, to, (i) => kwh(index, i));
};

/** What nights leave of meters, without what says when, at which cost and whose. */
const leftOf = async ({ store, word }: Organisation) => {
  const models = await Promise.all(meterIds.map((id) => store.models.history(`${word}${id}`)));
  const buildings = ['a', 'b', 'c'].map((id) => `${word}${id}`);
  const left = {
    models: models.map((history) =>
      history.map(({ status, role, dataHash, window, record }) => ({
        status,
        role,
        dataHash,
        window,
        model: record['model'],
      })),
    ),
    watches: await Promise.all(buildings.map((id) => store.alarms.watches(id))),
    alarms: (await Promise.all(buildings.map((id) => store.alarms.list(id)))).map((found) =>
      found.map(({ code, fromDay, toDay, message }) => ({ code, fromDay, toDay, message })),
    ),
    verdicts: (await store.audit.list()).map(({ action, reason }) => `${action} ${reason}`).toSorted(),
    ledger: (await store.ledger.list()).map(({ work, buildingId }) => `${work} ${buildingId}`).toSorted(),
  };
  return JSON.parse(JSON.stringify(left).replaceAll(word, '')) as typeof left;
};

withStores('a night that overlaps meters', ({ store, url }) => {
  const organisation = async (word: string, on = store()): Promise<Organisation> => {
    const own = { word, store: await on.forOrganisation(await on.identities.addOrganisation(word)) };
    await fill(own);
    return own;
  };
  /** First nights, more readings, second nights. */
  const twoNights = async (given: Organisation, atOnce: number): Promise<Retrained[][]> => {
    const nights: Retrained[][] = [];
    for (const today of [worksAt - 20, days]) {
      await send(given, today === days ? worksAt - 20 : 0, today);
      const night = await retrain(
        contextAt(given.store, () => today),
        undefined,
        atOnce,
      );
      nights.push(
        night.map(({ meterId, ...rest }) => ({ ...rest, meterId: meterId.replace(given.word, '') })),
      );
    }
    return nights;
  };

  it('leaves what one after the other leaves, in the order of the meters', async () => {
    const [one, three] = [await organisation('un_'), await organisation('trois_')];
    const inTurn = await twoNights(one, 1);
    expect(inTurn[0]?.map(({ meterId, outcome }) => `${meterId} ${outcome}`)).toEqual([
      ...meterIds.map((id) => `${id} promoted`),
      'c-unread failed',
    ]);
    expect(await twoNights(three, 3)).toEqual(inTurn);
    const left = await leftOf(one);
    expect(
      left.models.slice(0, 3).map((history) => history.filter(({ role }) => role === 'baseline').length),
    ).toEqual([1, 1, 1]);
    expect(await leftOf(three)).toEqual(left);
    expect((await three.store.audit.verify()).brokenAt).toBeUndefined();
  });

  it('needs no more connections than one, and counts the processor time of one meter at a time', async () => {
    const narrow = await openStore({ databaseUrl: url(), dataDir: '', connections: 1 });
    try {
      const own = await organisation('etroit_', narrow);
      await send(own, 0, days);
      let [open, most] = [0, 0];
      const base = contextAt(own.store, () => days);
      const counted = await retrain({
        ...base,
        startLedger: (work) => {
          const end = base.startLedger(work);
          open += 1;
          most = Math.max(most, open);
          return () => {
            open -= 1;
            return end();
          };
        },
      });
      expect(counted.map(({ outcome }) => outcome)).toEqual([...meterIds.map(() => 'promoted'), 'failed']);
      expect(most).toBe(1);
    } finally {
      await narrow.close();
    }
  });

  let stopped: Store;
  const word = 'arret_';
  beforeAll(async () => {
    const own = await organisation(word);
    await send(own, 0, worksAt - 20);
    stopped = own.store;
  });

  it('begins no other meter once it is told to stop, and keeps what was under way whole', async () => {
    const begun: string[] = [];
    const night = retrain(
      contextAt(stopped, () => worksAt - 20),
      (_done, _total, meterId) => {
        begun.push(meterId);
        return begun.length > 2 ? Promise.reject(new Error('stop')) : Promise.resolve();
      },
      2,
    );
    await expect(night).rejects.toThrow('stop');
    expect(begun).toEqual(['a-1', 'a-2', 'a-3'].map((id) => `${word}${id}`));
    for (const id of begun.slice(0, 2)) expect((await stopped.models.current(id))?.status).toBe('current');
    expect(await stopped.models.current(`${word}a-3`)).toBeUndefined();
  });

  it('cancelled, ends as one that was, and the next one goes on', async () => {
    const base = contextAt(stopped, () => worksAt - 20);
    let asked = false;
    const night = await runNightly(
      {
        ...base,
        startLedger: (work) => {
          // Each fit takes so long that the next look at the queue falls among the meters.
          const until = performance.now() + 300;
          while (performance.now() < until);
          return base.startLedger(work);
        },
      },
      () => {
        if (asked) return;
        asked = true;
        void stopped.jobs
          .list({ state: 'running', kind: 'retrain' })
          .then(([job]) => stopped.jobs.cancel(job?.id ?? 0));
      },
    );
    expect(night.ok ? 'ran' : night.error.code).toBe('retrain-cancelled');
    const next = await runNightly(base, () => undefined);
    const outcomes = next.ok ? next.value.meters.map(({ outcome }) => outcome) : [];
    expect(outcomes).toHaveLength(7);
    for (const id of meterIds) expect(await stopped.models.current(`${word}${id}`)).toBeDefined();
  });
});
