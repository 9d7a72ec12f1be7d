import { expect, it } from 'vitest';
import { withStores } from '../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('decisions about readings', (database) => {
  const january = Date.UTC(2024, 0, 1);
  const hour = 3_600_000;
  const ada = { by: 'Ada', reason: 'the invoice says so' };

  const meter = async (name: string, personal = false): Promise<string> => {
    const store = database.store();
    await store.buildings.save(sampleBuilding(`b-${name}`));
    await store.meters.save({ ...sampleMeter(`m-${name}`, `b-${name}`), personal });
    return `m-${name}`;
  };

  const exclusion = (meterId: string) =>
    ({ meterId, finding: 'spike', fromDay: '2024-01-02', toDay: '2024-01-02', action: 'exclude' }) as const;

  it('keeps who, when and why, takes a decision back once, and writes both in the audit log', async () => {
    const store = database.store();
    const id = await meter('decided');
    const decision = await store.decisions.add(exclusion(id), ada);
    const [kept] = await store.decisions.list(id);
    expect(kept).toMatchObject({ ...exclusion(id), ...ada, id: decision });
    expect(kept?.decidedMs).toBeGreaterThan(january);
    expect(kept?.reversed).toBeUndefined();

    const grace = { by: 'Grace', reason: 'the meter was right' };
    await store.decisions.reverse(id, decision, grace);
    expect((await store.decisions.list(id))[0]?.reversed).toMatchObject(grace);
    await expect(store.decisions.reverse(id, decision, grace)).rejects.toThrow('decision-reversed');
    const lines = await store.audit.list({ subject: `meter:${id}` });
    expect(lines.map(({ action, by, reason }) => ({ action, by, reason }))).toEqual([
      { action: 'reverse-reading-decision', ...grace },
      { action: 'decide-readings', ...ada },
    ]);
  });

  it('refuses what means nothing: no factor to correct by, a factor to exclude by, days the wrong way round', async () => {
    const store = database.store();
    const id = await meter('senseless');
    const refused = [
      { ...exclusion(id), action: 'correct' },
      { ...exclusion(id), factor: 2 },
      { ...exclusion(id), action: 'correct', factor: -1 },
      { ...exclusion(id), fromDay: '2024-02-01' },
    ] as const;
    for (const one of refused) await expect(store.decisions.add(one, ada)).rejects.toThrow('value-refused');
    await expect(store.decisions.add(exclusion('nobody'), ada)).rejects.toThrow('not-found');
    expect(await store.decisions.list(id)).toEqual([]);
  });

  it('makes stale what used the days, when made and when taken back, and nothing else', async () => {
    const store = database.store();
    const id = await meter('restale');
    await store.readings.upsert(
      id,
      hours(january, 240, () => 1),
    );
    const model = (from: number, to: number) =>
      store.models.add({
        meterId: id,
        role: 'baseline',
        record: {},
        dataHash: 'abc',
        window: { fromMs: january + from * hour, toMs: january + to * hour },
      });
    const touched = await model(0, 48);
    const other = await model(120, 240);
    const decision = await store.decisions.add(exclusion(id), ada);
    expect((await store.models.get(touched))?.stale?.en).toContain(`no. ${decision}`);
    expect((await store.models.get(other))?.stale).toBeUndefined();
    const again = await model(0, 48);
    await store.decisions.reverse(id, decision, ada);
    expect((await store.models.get(again))?.stale?.fr).toContain('reprise');
  });

  it('leaves the words typed about a dwelling out of the log that cannot be erased', async () => {
    const store = database.store();
    const id = await meter('dwelling', true);
    await store.decisions.add(exclusion(id), { by: 'Ada', reason: 'Mme Xqv was in hospital' });
    await store.meters.erase(id, { by: 'Ada', reason: 'Mme Xqv asked' });
    const log = JSON.stringify(await store.audit.list());
    expect(log).not.toContain('Xqv');
    expect(log).not.toContain(id);
    expect(log).toContain('erase-meter');
  });
});
