import { expect, it } from 'vitest';
import { readTextFile, shown } from '../../support/readings.ts';

const record = (from: string, to: string, more: object): string =>
  JSON.stringify({
    pce: { id_pce: '21546000000000' },
    periode: { valeur: '2024' },
    releve_debut: null,
    consommation: { date_debut_consommation: from, date_fin_consommation: to, ...more },
    statut_restitution: null,
  });

it('reads daily records in gas days of 06:00, and flags estimates', async () => {
  const text = [
    record('2024-01-15T06:00:00+01:00', '2024-01-16T06:00:00+01:00', {
      energie: 120,
      type_qualif_conso: 'Mesuré',
    }),
    record('2024-01-16', '2024-01-17', { energie: 130, type_qualif_conso: 'Estimé' }),
  ].join('\n');
  const [series] = await readTextFile('conso.ndjson', text);
  expect(shown(series)).toEqual([
    '2024-01-15T05:00 → 2024-01-16T05:00: 120',
    '2024-01-16T05:00 → 2024-01-17T05:00: 130',
  ]);
  expect([...(series.flags ?? [])]).toEqual([0, 1]);
  expect(series.source).toEqual({ format: 'grdf-adict', meterId: '21546000000000', carrier: 'gas' });
  expect(series.warnings.map(({ code }) => code)).toContain('gas-pcs');
});

it('takes the volume with its own factor where the energy is missing, and tells the lines it cannot read', async () => {
  const text = [
    record('2024-01-01', '2024-02-01', {
      energie: null,
      volume_brut: 100,
      coeff_calcul: { coeff_conversion: 11.2 },
    }),
    '{"pce":{"id_pce":"21546000000000"},"consommation":{"energie":1}}',
    'not json',
    record('2024-02-01', '2024-03-01', { energie: 900 }),
  ].join('\n');
  const [series] = await readTextFile('conso.json', text);
  expect([...series.energyKwh]).toEqual([1120, 900]);
  const bad = series.warnings.find(({ code }) => code === 'bad-row');
  expect(bad?.place?.line).toBe(2);
  expect(series.rowsRejected).toBe(2);
});
