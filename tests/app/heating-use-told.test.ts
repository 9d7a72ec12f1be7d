import { expect, it } from 'vitest';
import { auditBlocks } from '#app/audit-blocks.ts';
import { auditBuilding } from '#app/audit.ts';
import { startLedger } from '#app/clock.ts';
import { comparisonReport } from '#app/comparison-report.ts';
import { boundedQuantity } from '#core/quantity.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { sampleBuilding } from '../support/samples.ts';

withStores('the energy that options are compared on', ({ store }) => {
  const audited = async () => {
    await store().buildings.save(sampleBuilding('lilas'));
    await store().twins.save('lilas', sampleTwin('lilas'), {});
    const audit = await auditBuilding(
      { store: store(), nowMs: () => Date.UTC(2026, 0, 15), startLedger },
      'lilas',
    );
    if (!audit.ok) throw new Error(audit.error.message.en);
    const { comparison } = audit.value;
    if (comparison === null) throw new Error('no measure applies');
    return { audit: audit.value, comparison };
  };

  it('is no meter’s where the building has none, on paper and in the terminal', async () => {
    const { audit, comparison } = await audited();
    expect(comparison.usesMeter).toBe(false);
    const french = [JSON.stringify(auditBlocks(audit, 'fr')), ...comparisonReport(comparison, 'fr')].join(
      '\n',
    );
    expect(french).toContain('Chauffage estimé sans compteur utilisable, par an');
    expect(french).toContain('chauffage estimé sans compteur utilisable : ');
    expect(french).toContain('de l’énergie de chauffage estimée');
    expect(french).not.toMatch(/compteurs? de chauffage|autres compteurs/i);
    const english = [JSON.stringify(auditBlocks(audit, 'en')), ...comparisonReport(comparison, 'en')].join(
      '\n',
    );
    expect(english).toContain('Heating estimated without a usable meter, a year');
    expect(english).not.toMatch(/heating meter|other .*meters/i);
  });

  it('and what they cost and avoid are written in one unit a row', async () => {
    const { audit, comparison } = await audited();
    const [first] = comparison.scenarios;
    if (first === undefined) throw new Error('no option');
    const carbonKgYear = boundedQuantity(2200, 2000, 2400, 'kgCO2e/yr', 'computed', 'test');
    const large = boundedQuantity(40_000, 39_000, 41_000, 'kgCO2e/yr', 'computed', 'test');
    const scenarios = [
      { ...first, carbonKgYear },
      { ...first, id: 'B', carbonKgYear: large },
    ];
    const blocks = auditBlocks({ ...audit, comparison: { ...comparison, scenarios } }, 'fr');
    const rows = blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
    expect(rows.find(([name]) => name === 'CO₂ évité par an')).toEqual([
      'CO₂ évité par an',
      '—',
      '2,2 t CO₂e\n(2 à 2,4)',
      '40 t CO₂e\n(39 à 41)',
    ]);
  });

  it('is the meter’s where it calibrates the twin', async () => {
    const { audit, comparison } = await audited();
    const metered = { ...comparison, usesMeter: true };
    expect(JSON.stringify(auditBlocks({ ...audit, comparison: metered }, 'fr'))).toContain(
      'Compteur de chauffage, par an',
    );
    expect(comparisonReport(metered, 'fr').join('\n')).toContain(
      'de la consommation du compteur de chauffage',
    );
  });
});
