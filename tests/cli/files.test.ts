import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFolder, stacoptim } from '../support/stacoptim.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacoptim-cli-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

type Refusal = { error: { code: string; message: string; where: string | null } };
type Answer = { warnings: { code: string; message: string }[] };

const school = join(sampleFolder, 'ecole-1958', 'model.ifc');

/** Two years of days of a heating meter, with a hand on each line. */
const days = (line: (day: string, i: number) => string): string => {
  const first = Date.UTC(2021, 0, 1);
  return Array.from({ length: 730 }, (_, i) =>
    line(new Date(first + i * 86_400_000).toISOString().slice(0, 10), i),
  ).join('\n');
};
const outdoorC = (i: number): number => 11 - 9 * Math.cos((2 * Math.PI * i) / 365);
const kwh = (i: number): number => Math.round(20 + 12 * Math.max(0, 16 - outdoorC(i)));
const header = 'date,kwh,T_out_C\n';
const goodLine = (day: string, i: number): string => `${day},${kwh(i)},${outdoorC(i).toFixed(2)}`;
const baseline = ['--baseline', '2021-01-01/2021-12-31'];
const reporting = ['--reporting', '2022-01-01/2022-12-31'];

describe('wrong use ends with 2 and data on stdout stays empty', () => {
  it.each([
    ['no verb', []],
    ['an unknown verb', ['polish']],
    ['an unknown option', ['create', school, '--colour', 'red']],
    ['a file too few', ['create']],
    ['a baseline that is none', ['fit', school, '--baseline', 'yesterday']],
    ['an unknown unit', ['fit', school, ...baseline, '--unit', 'furlong']],
    ['a year by a word', ['operat', 'vingt', '--out', 'o.csv']],
    ['a programme by a word', ['programme', 'douze']],
    ['a programme compared with a word', ['programme', '1', '--compare', 'hier']],
    ['instruments of a programme by a word', ['metering', 'douze', '--budget', '100']],
    ['an event by a word', ['events', 'x', '--accept', 'un', '--by', 'A', '--reason', 'B']],
    [
      'an altitude that is none',
      ['weather', '--service', 'open-meteo', '--latitude=48', '--longitude=2', '--altitude', 'haut'],
    ],
    ['an unknown language', ['create', school, '--lang', 'de']],
    ['a language that is left out', ['quality', school, '--lang=']],
  ])('%s', (_what, words) => {
    const called = stacoptim(...words);
    expect(called.code).toBe(2);
    if (words.length > 0) {
      expect(called.stdout).toBe('');
      expect(called.stderr).toMatch(/^stacoptim/);
    }
  });
});

describe('a file that is no building says what is read', () => {
  it.each<[string, string, string, string]>([
    [
      'a text that names no column',
      'notes.txt',
      'bonjour\n',
      'Columns missing from the sheet: id, floor area, storeys',
    ],
    ['a form that is not JSON', 'fiche.json', 'not json', 'is not readable JSON'],
    [
      'a PDF',
      'plan.pdf',
      '%PDF-1.4\n',
      'also read a certificate (.xml), a form (.json), a sheet (.csv, .xlsx)',
    ],
  ])('%s', (_what, name, content, sentence) => {
    const { code, stdout, stderr } = stacoptim('create', put(name, content), '--lang', 'en');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
  });
});

describe('words about options are ours, in the language of the person', () => {
  it.each<[string, readonly string[], string]>([
    ['unknown', ['fit', 'x.csv', '--frobnicate'], 'L’option --frobnicate n’existe pas ici.'],
    ['without its value', ['fit', 'x.csv', '--unit'], 'L’option --unit attend une valeur'],
    ['a value that looks like an option', ['target', '.', '--budget', '-5'], 'écrivez --budget=VALEUR'],
    [
      'with a value it does not take',
      ['fit', 'x.csv', '--json=yes'],
      'L’option --json ne prend pas de valeur.',
    ],
  ])('%s', (_, words, sentence) => {
    const { code, stderr } = stacoptim(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/Unknown|argument is/);
  });

  it('help of one verb', () => {
    const { code, stdout } = stacoptim('help', 'quality');
    expect(code).toBe(0);
    expect(stdout).toContain('stacoptim quality FILE');
    expect(stdout).not.toContain('stacoptim fit');
  });
});

describe('create refuses what is no building, and writes nothing', () => {
  const text = readFileSync(school, 'utf8');
  it.each([
    ['an empty file', '', 'ifc'],
    ['prose', 'Bonjour, voici ma maquette.', 'ifc'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'ifc'],
    ['a model cut before its first element', text.slice(0, 900), 'ifc'],
    ['a zip that is none', 'PK\u0003\u0004 nothing here', 'ifczip'],
  ])('%s', (what, content, extension) => {
    const before = readdirSync(folder).length;
    const path = put(`${what.replaceAll(' ', '-')}.${extension}`, content);
    const called = stacoptim('create', path, '--json');
    expect(called.code).toBe(1);
    const { error } = JSON.parse(called.stdout) as Refusal;
    expect(error.code).toMatch(/^[a-z0-9-]+$/);
    expect(error.message.length).toBeGreaterThan(20);
    expect(called.stderr).toContain(error.message);
    expect(readdirSync(folder).length).toBe(before + 1);
  });

  it('a file that is not there, by name', () => {
    const called = stacoptim('create', join(folder, 'nowhere.ifc'), '--json');
    expect(called.code).toBe(1);
    expect((JSON.parse(called.stdout) as Refusal).error.code).toBe('file-not-found');
  });

  it('a path that goes on behind a file, as one that is not there', () => {
    const called = stacoptim('create', join('package.json', 'nowhere.ifc'), '--json');
    expect(called.code).toBe(1);
    expect((JSON.parse(called.stdout) as Refusal).error.code).toBe('file-not-found');
  });

  it('reads what stands of a model cut in its middle, and says that it was cut', () => {
    const called = stacoptim('create', put('half.ifc', text.slice(0, text.length / 2)), '--json');
    if (called.code === 0) {
      const { warnings } = JSON.parse(called.stdout) as Answer;
      expect(warnings.map(({ code }) => code)).toContain('step-cut');
    } else expect(called.code).toBe(1);
  });
});

describe('readings', () => {
  const fit = (name: string, content: string | Uint8Array) => {
    const called = stacoptim('fit', put(name, content), ...baseline, '--json');
    return { ...called, json: JSON.parse(called.stdout) as Refusal & Answer };
  };

  it.each([
    ['an empty file', '', /vide|lisible|aucun/i],
    [
      'a header that names no date',
      `jour de lune,beaucoup\n${days((_d, i) => `nuit ${i},${kwh(i)}`)}`,
      /date|instant/i,
    ],
    ['no column of values', `date\n${days((day) => day)}`, /valeur|colonne/i],
    ['three days', `${header}2021-01-01,3,4\n2021-01-02,3,4\n2021-01-03,3,4\n`, /jours/],
    ['zeros only', header + days((day, i) => `${day},0,${outdoorC(i)}`), /zéro/],
  ])('refuses %s in a sentence', (_what, content, sentence) => {
    const { code, json } = fit('refused.csv', content);
    expect(code).toBe(1);
    expect(json.error.message).toMatch(sentence);
  });

  it('keeps the good rows and names each bad one by its line', () => {
    const { code, json } = fit(
      'bad-rows.csv',
      header +
        days((day, i) => {
          if (i === 10) return `31/02/2021,${kwh(i)},4`;
          if (i === 20) return `${day},beaucoup,4`;
          if (i === 30) return `${goodLine(day, i)}\n${goodLine(day, i)}`;
          return goodLine(day, i);
        }),
    );
    expect(code).toBe(0);
    const said = json.warnings.map(({ message }) => message).join(' ');
    expect(said).toMatch(/Ligne 12\b/);
    expect(said).toMatch(/Ligne 22\b/);
    expect(json.warnings.length).toBeGreaterThanOrEqual(3);
  });

  it('says what is missing', () => {
    const { code, json } = fit(
      'gap.csv',
      header + days((day, i) => (i > 60 && i < 120 ? '' : goodLine(day, i))),
    );
    expect(code).toBe(0);
    const quality = stacoptim('quality', join(folder, 'gap.csv'), '--json');
    const { findings } = JSON.parse(quality.stdout) as { findings: { code: string; from: string }[] };
    expect(findings.find(({ code: found }) => found === 'gap')?.from).toBe('2021-03-03');
    expect(json.warnings.every(({ code: warned }) => /^[a-z0-9-]+$/.test(warned))).toBe(true);
  });

  it('dates a meter that started again from zero', () => {
    let index = 40_000;
    const register = days((day, i) => {
      index = i === 400 ? 0 : index + kwh(i);
      return `${day},${index},${outdoorC(i).toFixed(2)}`;
    });
    const path = put('register.csv', `date,index_kwh,T_out_C\n${register}`);
    const quality = stacoptim('quality', path, '--json');
    expect(quality.code).toBe(0);
    const { findings } = JSON.parse(quality.stdout) as { findings: { code: string; from: string }[] };
    expect(findings.find(({ code }) => code === 'reset')?.from.slice(0, 7)).toBe('2022-02');
  });

  it('measures nothing where nothing was done', () => {
    const path = put('same.csv', header + days(goodLine));
    const called = stacoptim('measure', path, ...baseline, ...reporting, '--json');
    expect(called.code).toBe(0);
    const { savingsShare } = JSON.parse(called.stdout) as { savingsShare: { low: number; high: number } };
    expect(savingsShare.low).toBeLessThan(0);
    expect(savingsShare.high).toBeGreaterThan(0);
  });

  it('reads the sample meter as it is shipped, compressed, and as its plain text, alike', () => {
    const shipped = join(sampleFolder, 'ecole-1958', 'meter-gas.csv.gz');
    const weather = ['--weather', join(sampleFolder, 'weather', 'bordeaux-simule.csv.gz')];
    const period = ['--baseline', '2022-07-10/2023-07-09', '--timezone', 'Europe/Paris', '--json'];
    const plain = put('meter.csv', gunzipSync(readFileSync(shipped)));
    const [one, two] = [shipped, plain].map((path) => stacoptim('fit', path, ...period, ...weather));
    expect(one?.code).toBe(0);
    const rows = (called: typeof one) => (JSON.parse(called?.stdout ?? '') as { rows: unknown[] }).rows;
    expect(rows(one)).toEqual(rows(two));
  });

  it('answers in English when asked', () => {
    const called = stacoptim('fit', put('none.csv', ''), ...baseline, '--json', '--lang', 'en');
    expect((JSON.parse(called.stdout) as Refusal).error.message).toMatch(/\b(the|no|is)\b/);
  });
});

describe('any known format through the same door', () => {
  it('fits a gas flow of GRDF with weather of Open-Meteo', () => {
    const gas = days((day, i) => {
      const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
      return JSON.stringify({
        pce: { id_pce: '21546' },
        consommation: { date_debut_consommation: day, date_fin_consommation: next, energie: kwh(i) },
      });
    });
    const time = days((day) => day).split('\n');
    const weather = JSON.stringify({
      latitude: 44.8,
      longitude: -0.6,
      timezone: 'Europe/Paris',
      utc_offset_seconds: 3600,
      daily: { time, temperature_2m_mean: time.map((_, i) => outdoorC(i)) },
    });
    const measured = ['--weather', put('meteo.json', weather)];
    const called = stacoptim('fit', put('grdf.ndjson', gas), ...baseline, ...measured, '--json');
    expect(called.code).toBe(0);
    const answer = JSON.parse(called.stdout) as Answer & { metrics: { r2: number } };
    expect(answer.metrics.r2).toBeGreaterThan(0.95);
    expect(answer.warnings.map(({ code }) => code)).toContain('gas-pcs');
  });

  it('asks which of several bills, and reads columns a mapping names', () => {
    const bills = put('f.csv', 'PCE;Du;Au;kWh\nA;01/01/2021;31/01/2021;1\nB;01/01/2021;31/01/2021;2\n');
    const refused = JSON.parse(stacoptim('quality', bills, '--json').stdout) as Refusal;
    expect(refused.error.code).toBe('several-meters');
    expect(stacoptim('quality', bills, '--meter', 'B', '--json').code).toBe(0);
    const odd = put('odd.csv', `n,Qh\n${days((_, i) => `${i},${1000 * kwh(i)}`)}\n`);
    const mapping = put(
      'm.json',
      '{"timeColumn":"n","valueColumn":"Qh","unit":"Wh","timezone":"UTC","counter":{"origin":"2021-01-01","step":"day"}}',
    );
    const fit = stacoptim('fit', odd, ...baseline, '--mapping', mapping, '--json');
    expect(fit.code).toBe(0);
    const wrong = stacoptim('quality', odd, '--mapping', put('w.json', '{"unit":"furlong"}'), '--json');
    expect((JSON.parse(wrong.stdout) as Refusal).error.code).toBe('mapping-invalid');
  });
});

describe('a calendar of closures', () => {
  const closed = (closures: unknown): string =>
    put('closures.json', JSON.stringify({ schema: 'stacoptim.closures/1', closures }));
  const fit = (path: string) =>
    stacoptim('fit', put('school.csv', header + days(goodLine)), ...baseline, '--closures', path, '--json');

  it('is read; a range outside the readings is told', () => {
    const { code, stdout } = fit(
      closed([
        { from: '2021-02-08', to: '2021-02-21' },
        { from: '2030-02-08', to: '2030-02-21' },
      ]),
    );
    expect(code).toBe(0);
    const { warnings } = JSON.parse(stdout) as Answer;
    expect(warnings.map((one) => one.code)).toContain('closure-outside');
  });

  it('of other years is refused, and so is one that does not exist', () => {
    const other = fit(closed([{ from: '2030-02-08', to: '2030-02-21' }]));
    expect(other.code).toBe(1);
    expect((JSON.parse(other.stdout) as Refusal).error.code).toBe('closures-outside');
    expect(fit(join(folder, 'none.json')).code).toBe(1);
  });
});
