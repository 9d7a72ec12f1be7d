import type { Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAccess } from '#api/access.ts';
import { listen } from '#api/server.ts';
import { auditSchema } from '#app/audit-views.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { loadStock } from '#app/load-stock.ts';
import { failureSchema } from '#app/views.ts';
import { readXlsx } from '#formats/xlsx/index.ts';
import { administrator } from '../support/api.ts';
import { withStores } from '../support/database.ts';

withStores('the standard audit', ({ store }) => {
  let server: Server;
  let url = '';
  beforeAll(async () => {
    const context: AppContext = { store: store(), nowMs: () => Date.UTC(2026, 0, 15), startLedger };
    const loaded = await loadStock(context, join(import.meta.dirname, '../../buildings'), {
      progress: () => {},
    });
    if (!loaded.ok) throw new Error(loaded.error.message.en);
    ({ server, url } = await listen(context, '127.0.0.1', 0, openAccess(administrator)));
  }, 240_000);
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const report = (id: string, query: string) => fetch(`${url}v1/buildings/${id}/report?${query}`);

  it('of a residence holds its label as chances, the rental bans, options and what is not verified', async () => {
    const audit = auditSchema.parse(await (await report('residence-1972', 'format=json')).json());
    const chances = Object.values(audit.building.dpeLabel?.chances ?? {});
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
    expect(audit.law.map(({ text }) => text)).toEqual(['rental-ban', 'rental-ban', 'rental-ban']);
    expect(audit.law.every(({ sentence }) => sentence.fr.includes('estimation, pas un DPE'))).toBe(true);
    expect(audit.comparison?.scenarios.map(({ id }) => id)).toContain(audit.recommended?.option);
    expect(audit.unverified.length).toBeGreaterThan(0);
    expect(audit.signature?.points.length).toBeGreaterThan(365);
    const html = await (await report('residence-1972', 'format=html')).text();
    for (const part of ['Identité', 'Enveloppe', 'Étiquette', 'Plan recommandé', 'Incertitude'])
      expect(html).toContain(part);
    expect(html).toContain('estimation, pas un DPE');
  });

  it('of a school tells the tertiary decree as not evaluated, and no label', async () => {
    const audit = auditSchema.parse(await (await report('ecole-1958', 'format=json&lang=en')).json());
    expect(audit.building.dpeLabel).toBeUndefined();
    const [law] = audit.law;
    expect(law?.text).toBe('tertiary-decree');
    expect(law?.evaluated).toBe(false);
    // The use of 2025 is declared by 30 September 2026.
    expect(law?.sentence.fr).toContain('30 septembre 2026');
    const pdf = Buffer.from(await (await report('ecole-1958', 'format=pdf&lang=en')).arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('of the stock is a sheet with a row a building', async () => {
    const response = await fetch(`${url}v1/stock/report?lang=en`);
    const sheet = await readXlsx('stock.xlsx', Buffer.from(await response.arrayBuffer()));
    if (!sheet.ok) throw new Error(sheet.error.message.en);
    const rows = sheet.value[0]?.rows ?? [];
    expect(rows).toHaveLength(8);
    expect(rows[0]).toContain('Label (an estimate, not a DPE)');
    const residence = rows.find(([id]) => id === 'residence-1972');
    expect(residence?.[residence.length - 1]).not.toBeNull();
  });

  it.each([
    ['an unknown building', 'nowhere', 'format=pdf', 404, 'unknown-building'],
    ['an unknown format', 'ecole-1958', 'format=docx', 400, 'bad-request'],
    ['no format', 'ecole-1958', '', 400, 'bad-request'],
    ['another language', 'ecole-1958', 'format=pdf&lang=de', 400, 'bad-request'],
  ])('refuses %s', async (_what, id, query, status, code) => {
    const response = await report(id, query);
    expect(response.status).toBe(status);
    expect(failureSchema.parse(await response.json()).error.code).toBe(code);
  });
});
