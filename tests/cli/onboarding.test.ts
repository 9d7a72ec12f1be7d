import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { envelopeJsonSchema } from '../../src/create/schema.ts';
import { smallHouse } from '../formats/ifc/small-house.ts';
import { stacoptim } from '../support/stacoptim.ts';
import { workbookOf } from '../support/workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'stacoptim-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const house = file('maison.ifc', smallHouse());
type Json = Record<string, unknown>;
const json = (...words: string[]): Json => {
  const called = stacoptim(...words, '--json');
  expect(called.code).toBe(0);
  return JSON.parse(called.stdout) as Json;
};

describe('before anything is computed', () => {
  it('the pre-flight report says what was found and asks, the most useful first', () => {
    const { stdout, code } = stacoptim('create', house, '--preflight');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Trouvé :[\s\S]*Supposé :[\s\S]*Manquant :[\s\S]*resserre l’intervalle/);
    const report = json('create', house, '--preflight') as { questions: { narrowsShare?: number }[] };
    const shares = report.questions.flatMap(({ narrowsShare }) => narrowsShare ?? []);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  });

  it('an answers file is applied, kept as typed, and goes when it is left out', () => {
    const answers = file(
      'answers.json',
      '{"period":"1976","uByKind":{"window":1.3},"building":{"use":"housing"}}',
    );
    const before = json('create', house);
    const after = envelopeJsonSchema.parse(json('create', house, '--answers', answers));
    expect(after.elements.find((one) => one.kind === 'window')?.u).toMatchObject({
      value: 1.3,
      provenance: 'typed',
    });
    expect(json('create', house)['heatLossCoefficient']).toEqual(before['heatLossCoefficient']);
    const report = json('create', house, '--preflight', '--answers', answers) as {
      questions: { code: string }[];
    };
    expect(report.questions.map((one) => one.code)).not.toContain('ask-period');
    const wrong = stacoptim(
      'create',
      house,
      '--answers',
      file('wrong.json', '{"uByKind":{"window":40}}'),
      '--json',
    );
    expect([wrong.code, (JSON.parse(wrong.stdout) as { error: { code: string } }).error.code]).toEqual([
      1,
      'answers-invalid',
    ]);
  });
});

describe('other ways to describe buildings', () => {
  it('a form gives an envelope in the published shape', () => {
    const form = file(
      'fiche.json',
      '{"id":"r1","name":"R1","use":"housing","floorAreaM2":1200,"storeys":4,"period":"1968"}',
    );
    const envelope = envelopeJsonSchema.parse(json('create', form));
    expect(envelope.heatLossCoefficient.high / envelope.heatLossCoefficient.low).toBeGreaterThan(1.5);
  });

  it('a workbook gives a twin a line and names the bad ones', () => {
    const sheet = file(
      'parc.xlsx',
      workbookOf('Parc', [
        ['Code', 'Surface', 'Niveaux'],
        ['A', 900, 3],
        ['B', 'x', 3],
      ]),
    );
    const report = json('create', sheet) as { twins: { line: number }[]; refused: { line: number }[] };
    expect(report.twins.map(({ line }) => line)).toEqual([2]);
    expect(report.refused.map(({ line }) => line)).toEqual([3]);
  });
});

describe('exports', () => {
  it('JSON, gbXML, and the model with its U-values, which reads again as declared', () => {
    for (const format of ['json', 'gbxml', 'ifc']) {
      const out = join(folder, `out.${format}`);
      expect(stacoptim('export', house, '--format', format, '--out', out, '--period', '1976').code).toBe(0);
      expect(readFileSync(out).length).toBeGreaterThan(1000);
    }
    const first = envelopeJsonSchema.parse(json('create', house, '--period', '1976'));
    const again = envelopeJsonSchema.parse(json('create', join(folder, 'out.ifc')));
    for (const element of first.elements.filter((one) => one.exposure !== 'internal')) {
      const same = again.elements.find((one) => one.globalId === element.globalId);
      expect(same?.u.provenance).toBe('declared');
      expect(same?.u.value).toBeCloseTo(element.u.value, 3);
    }
    const form = file('f.json', '{"id":"r1","name":"R1","use":"housing","floorAreaM2":1200,"storeys":4}');
    const refused = stacoptim('export', form, '--format', 'ifc', '--out', join(folder, 'x.ifc'), '--json');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('export-needs-ifc');
    expect(stacoptim('export', house, '--format', 'dwg', '--out', 'x').code).toBe(2);
  });
});
