import { expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { frugalitySheet } from '#app/frugality-sheet.ts';
import { requestLedger } from '#app/request-ledger.ts';
import { viewFrugality } from '#app/view-ledger.ts';
import { cpuEnergyJ, energyCarbonG } from '#core/ledger.ts';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Store } from '#store/index.ts';
import { counted } from '../support/counted.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const contextOf = (store: () => Store) => () => ({
  store: store(),
  nowMs: () => Date.UTC(2026, 0, 1),
  startLedger,
});

withStores('the energy of the tool', ({ store }) => {
  const context = contextOf(store);

  it('makes grams of joules by the dated grid factor', () => {
    // 3.6 MJ is 1 kWh; France 2023 is 56.039 g/kWh.
    const carbon = energyCarbonG(cpuEnergyJ(360_000_000));
    expect(carbon.value).toBeCloseTo(56.039, 6);
    expect(carbon.basis).toContain('2023');
  });

  it('the sheet shows each kind of work with its method, and what it does not verify', async () => {
    const { ledger } = context().store;
    for (const work of ['fit', 'fit', 'calibrate'])
      await ledger.add({ work, wallMs: 10, cpuMs: 100, peakRssMb: 80, energyJ: cpuEnergyJ(100) });
    const view = await viewFrugality(context());
    if (!view.ok) throw new Error(view.error.code);
    const french = frugalitySheet(view.value, 'fr');
    expect(french).toContain('calage d’un modèle | 2 | 100 ms | 1 J');
    expect(french).toContain('no power counter read');
    expect(french).toContain('AFNOR SPEC 2314 n’a pas été lu');
    expect(frugalitySheet(view.value, 'en')).toContain('no conformity is claimed');
  });

  it('counts the readings of all meters without asking for each', async () => {
    const { buildings, meters, readings } = context().store;
    await buildings.save(sampleBuilding('b'));
    for (const id of ['one', 'two', 'three']) {
      await meters.save(sampleMeter(id, 'b'));
      const startMs = Float64Array.of(0, 3_600_000);
      const endMs = startMs.map((start) => start + 3_600_000);
      await readings.upsert(id, { startMs, endMs, energyKwh: Float64Array.of(1, 2) });
    }
    const { store: watched, calls } = counted(context().store);
    const view = await viewFrugality({ ...context(), store: watched });
    expect(view.ok && [view.value.meters, view.value.readings]).toEqual([3, 6]);
    expect(Math.max(...calls.values())).toBe(1);
  });

  it('counts requests apart from the work that counts itself', async () => {
    const requests = requestLedger(context());
    const server = createServer((_request, response) => {
      const end = requests.context.startLedger('simulate');
      for (let k = 0, x = 0; k < 2e7; k++) x += Math.sqrt(k + x);
      end();
      response.end('done');
    });
    requests.watch(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    server.closeAllConnections();
    server.close();
    await requests.stop();
    const [entry] = await context().store.ledger.list({ limit: 1 });
    expect(entry?.work).toBe('request');
    expect(entry?.cpuMs).toBeGreaterThanOrEqual(0);
    expect(entry?.cpuMs).toBeLessThan(entry?.wallMs ?? 0);
  });
});
