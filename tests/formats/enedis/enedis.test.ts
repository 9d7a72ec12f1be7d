import { describe, expect, it } from 'vitest';
import { readAllReadings } from '../../../src/formats/registry.ts';
import { errorOf, readTextFile, shown, utf8 } from '../../support/readings.ts';

const preamble = (metric: string, unit: string): string =>
  `Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n12345678901234;Courbe de charge;26/10/2024;28/10/2024;${metric};Consommation;Comptage Brut;${unit};30\n`;

describe('the Enedis customer export', () => {
  it('reads mean power at the end of each half-hour, in kWh of the half-hour before', async () => {
    const [series] = await readTextFile(
      'conso.csv',
      `\uFEFF${preamble('Energie active', 'W')}Horodate;Valeur\n2024-01-15T00:30:00+01:00;1000\n2024-01-15T01:00:00+01:00;500\n2024-01-15T01:30:00+01:00;\n`,
    );
    expect(shown(series)).toEqual([
      '2024-01-14T23:00 → 2024-01-14T23:30: 0.5',
      '2024-01-14T23:30 → 2024-01-15T00:00: 0.25',
      '2024-01-15T00:00 → 2024-01-15T00:30: NaN',
    ]);
    expect(series.source).toEqual({
      format: 'enedis-csv',
      meterId: '12345678901234',
      carrier: 'electricity',
    });
  });

  it('keeps both passages of 02:00 in autumn, and the short night of spring', async () => {
    const autumn = ['01:30', '02:00', '02:30', '03:00'].map((hour) => `2024-10-27T${hour}:00+02:00;2000`);
    const after = ['02:30', '03:00', '03:30'].map((hour) => `2024-10-27T${hour}:00+01:00;2000`);
    const [series] = await readTextFile(
      'a.csv',
      `${preamble('EA', 'W')}Horodate;Valeur\n${[...autumn, ...after].join('\n')}\n`,
    );
    expect(series.energyKwh).toEqual(Float64Array.from({ length: 7 }, () => 1));
    expect(series.endMs.at(-1)).toBe(Date.UTC(2024, 9, 27, 2, 30));
    const [spring] = await readTextFile(
      'b.csv',
      `${preamble('EA', 'W')}Horodate;Valeur\n2024-03-31T01:30:00+01:00;10\n2024-03-31T02:00:00+01:00;10\n2024-03-31T03:30:00+02:00;10\n2024-03-31T04:00:00+02:00;10\n`,
    );
    expect(shown(spring).map((one) => one.slice(0, 16))).toEqual([
      '2024-03-31T00:00',
      '2024-03-31T00:30',
      '2024-03-31T01:00',
      '2024-03-31T01:30',
    ]);
  });

  it('differences registers, summing those in use where the totaliser is empty', async () => {
    const rows = [
      '2024-01-01T00:00:00+01:00;Arrêté;100000;50000;;',
      '2024-01-02T00:00:00+01:00;Arrêté;104000;51000;;',
    ];
    const [series] = await readTextFile(
      'index.csv',
      `${preamble('EA', 'Wh')}Horodate;Type de releve;EAS F1;EAS F2;EAS F3;EAS T\n${rows.join('\n')}\n2024-01-03T00:00:00+01:00;Arrêté;105000;;;\n`,
    );
    expect(shown(series)).toEqual(['2023-12-31T23:00 → 2024-01-01T23:00: 5']);
  });

  it('says which line of the file is bad', async () => {
    const [series] = await readTextFile(
      'a.csv',
      `${preamble('EA', 'W')}Horodate;Valeur\n2024-01-15T00:30:00+01:00;1000\n2024-01-15T01:00:00+01:00;abc\n2024-01-15T01:30:00+01:00;10\n`,
    );
    expect(series.warnings.find(({ code }) => code === 'bad-value')?.place?.line).toBe(5);
  });
});

describe('Enedis flows', () => {
  const flow = (points: readonly object[]): string =>
    JSON.stringify({
      header: { codeFlux: 'R63', idDemande: '1' },
      mesures: [
        {
          idPrm: '12345678901234',
          etapeMetier: 'BRUT',
          periode: { dateDebut: '2024-01-15', dateFin: '2024-01-16' },
          grandeur: [{ grandeurMetier: 'CONS', grandeurPhysique: 'EA', unite: 'W', points }],
        },
      ],
    });

  it('reads R63: strings, 10-minute steps, estimates flagged', async () => {
    const [series] = await readTextFile(
      'r63.json',
      flow([
        { v: '600', d: '2024-01-15T00:10:00+01:00', p: 'PT10M', n: 'B' },
        { v: '1200', d: '2024-01-15T00:20:00+01:00', p: 'PT10M', n: 'E' },
      ]),
    );
    expect(shown(series)).toEqual([
      '2024-01-14T23:00 → 2024-01-14T23:10: 0.1',
      '2024-01-14T23:10 → 2024-01-14T23:20: 0.2',
    ]);
    expect([...(series.flags ?? [])]).toEqual([0, 1]);
  });

  it('reads R64 registers across a change of meter without inventing the energy between', async () => {
    const text = JSON.stringify({
      header: { codeFlux: 'R64' },
      mesures: [
        {
          idPrm: '12345678901234',
          contexte: [
            {
              etapeMetier: 'BRUT',
              typeReleve: 'AQ',
              grandeur: [
                {
                  grandeurMetier: 'CONS',
                  grandeurPhysique: 'EA',
                  unite: 'Wh',
                  calendrier: [],
                  cadranTotalisateur: {
                    codeCadran: 'T',
                    valeur: [
                      { d: '2024-01-03T00:00:00+01:00', v: 2000, iv: 0 },
                      { d: '2024-01-01T00:00:00+01:00', v: 900_000, iv: 0 },
                      { d: '2024-01-02T00:00:00+01:00', v: 912_000, iv: 0 },
                      { d: '2024-01-04T00:00:00+01:00', v: 9000, iv: 0 },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    });
    const [series] = await readTextFile('r64.json', text);
    expect([...series.energyKwh]).toEqual([12, Number.NaN, 7]);
    expect(series.warnings.map(({ code }) => code)).toContain('meter-reset');
  });

  it('reads Data Connect: power at the end of its interval, daily energy on its day', async () => {
    const answer = (unit: string, readings: readonly object[]): string =>
      JSON.stringify({
        meter_reading: {
          usage_point_id: '12345678901234',
          start: '2024-01-15',
          end: '2024-01-16',
          quality: 'BRUT',
          reading_type: { measurement_kind: unit === 'W' ? 'power' : 'energy', unit },
          interval_reading: readings,
        },
      });
    const [power] = await readTextFile(
      'a.json',
      answer('W', [
        { value: '540', date: '2024-01-15 00:30:00', interval_length: 'PT30M', measure_type: 'B' },
      ]),
    );
    expect(shown(power)).toEqual(['2024-01-14T23:00 → 2024-01-14T23:30: 0.27']);
    const [energy] = await readTextFile('b.json', answer('Wh', [{ value: '9000', date: '2024-03-31' }]));
    expect(shown(energy)).toEqual(['2024-03-30T23:00 → 2024-03-31T22:00: 9']);
  });

  it('refuses a flow whose inside is not that of a flow, naming the field', async () => {
    const failed = errorOf(
      await readAllReadings('x.json', utf8('{"mesures":[{"idPrm":12,"grandeur":[]}],"codeFlux":"R63"}')),
    );
    expect(failed.code).toBe('enedis-layout');
    expect(failed.where?.field).toBe('mesures.0.idPrm');
  });
});
