import { describe, expect, it } from 'vitest';
import { envelopeFrom } from '../../src/create/envelope.ts';
import { type Answered, answered, describeForm, parseAnswers } from '../../src/create/describe.ts';
import { type Described, describeReading, siteOfModel } from '../../src/create/described.ts';
import { preflight } from '../../src/create/preflight.ts';
import { geometry, model } from './sample.ts';

const plan = { ...model, northStated: false };
const envelope = envelopeFrom(plan, geometry);
const read = describeReading({
  envelope,
  preflight: preflight(plan, envelope),
  northStated: false,
  buildingName: 'Mairie',
});
const form = describeForm({ id: 'r1', name: 'R1', use: 'housing', floorAreaM2: 1200, storeys: 4 });
if (!form.ok) throw new Error(form.error.message.en);

const told = (described: Described, input: unknown): Answered => {
  const answers = parseAnswers(input);
  if (!answers.ok) throw new Error(answers.error.message.en);
  const result = answered(described, answers.value, 'b1');
  if (!result.ok) throw new Error(result.error.message.en);
  return result.value;
};

/** An answer that a person could give to the question. */
const answerTo = (question: Answered['report']['questions'][number]): unknown => {
  const { field } = question;
  const value =
    field.kind === 'number'
      ? (question.current?.value ?? field.min)
      : field.kind === 'choice'
        ? field.choices[0]?.value
        : '1985';
  const [first = '', second] = field.path;
  return { [first]: second === undefined ? value : { [second]: value } };
};

describe('answers before a twin is confirmed', () => {
  it.each([
    ['a model', read],
    ['a form', form.value],
  ])('every question asked of %s can be answered, and is then asked no more', (_, described) => {
    let answers: Record<string, unknown> = {};
    for (let step = 0; step < 30; step++) {
      const [next] = told(described, answers).report.questions;
      if (next === undefined) break;
      const answer = answerTo(next) as Record<string, unknown>;
      for (const [key, value] of Object.entries(answer))
        answers = {
          ...answers,
          [key]: typeof value === 'object' ? { ...(answers[key] as object | undefined), ...value } : value,
        };
      expect(told(described, answers).report.questions.map((one) => one.code)).not.toContain(next.code);
    }
    const { report, envelope } = told(described, answers);
    expect(report.questions).toEqual([]);
    const width = (h: { low: number; high: number; value: number }): number => (h.high - h.low) / h.value;
    expect(width(envelope.heatLossCoefficient)).toBeLessThan(
      0.8 * width(described.envelope.heatLossCoefficient),
    );
  });

  it('an answer taken back leaves no trace', () => {
    const before = told(read, {});
    const after = told(read, { airChangePerH: 0.3, uByKind: { window: 1.4 }, northTurnDeg: 20 });
    expect(after.twin).not.toEqual(before.twin);
    expect(told(read, {})).toEqual(before);
  });

  it('answers are typed by a person, and what is still assumed is said', () => {
    const { twin, report } = told(read, { period: '1976', building: { heating: 'district-heat' } });
    expect(twin.constructionYear).toBe(1976);
    expect(twin.system.kind).toBe('district-heat');
    expect(twin.name).toBe('Mairie');
    expect(report.missing.map((one) => one.code)).not.toContain('period-missing');
    expect(report.assumed.map((one) => one.code)).toContain('use-assumed');
    const typed = told(read, { uByKind: { window: 1.4 } });
    expect(typed.twin.elements.find((one) => one.group === 'windows')?.u.provenance).toBe('typed');
  });

  it('a form is filled in again: its period and its fields change the whole box', () => {
    const later = told(form.value, { period: '2010', form: { storeys: 2 } });
    expect(later.envelope.period).toBe('2010');
    expect(later.envelope.heatedStoreys).toBe(2);
    expect(later.twin.heatLoss.value).not.toBe(told(form.value, {}).twin.heatLoss.value);
  });

  it('wrong answers are refused with their field', () => {
    const code = (input: unknown): string => {
      const parsed = parseAnswers(input);
      if (!parsed.ok) return `${parsed.error.code} ${parsed.error.where?.field ?? ''}`;
      const result = answered(read, parsed.value, 'b1');
      return result.ok ? 'ok' : result.error.code;
    };
    expect(code({ uByKind: { wall: 40 } })).toBe('answers-invalid uByKind.wall');
    expect(code({ airChange: 0.5 })).toBe('answers-invalid ');
    expect(code({ building: { use: 'castle' } })).toBe('answers-invalid building.use');
    expect(code({ period: 'jadis' })).toBe('period-invalid');
    expect(code(null)).toBe('answers-invalid ');
    const said = parseAnswers({ airChangePerH: 'beaucoup' });
    expect(said.ok ? '' : said.error.message.fr).toContain('nombre attendu');
  });
});

describe('where a building stands', () => {
  it('is what the model says, an elevation of 0 being none, until a person says otherwise', () => {
    expect(siteOfModel({ latitudeDeg: 44.84 })).toBeUndefined();
    const site = siteOfModel({ latitudeDeg: 44.84, longitudeDeg: -0.58, siteElevationM: 0 });
    if (site === undefined) throw new Error('the model has a place');
    expect(site).toEqual({ latitudeDeg: 44.84, longitudeDeg: -0.58 });
    const placed = describeReading({
      envelope,
      preflight: preflight(plan, envelope),
      northStated: true,
      site,
    });
    expect(told(placed, {}).facts.site).toEqual(site);
    const said = { latitudeDeg: 48.85, longitudeDeg: 2.35, altitudeM: 35 };
    expect(told(placed, { building: { site: said } }).facts.site).toEqual(said);
    expect(parseAnswers({ building: { site: { latitudeDeg: 95, longitudeDeg: 0 } } }).ok).toBe(false);
  });
});

it('says the air change that is taken now: an answered period moves its default', () => {
  const air = (answers: unknown) => {
    const { report, envelope } = told(read, answers);
    const sentence = report.assumed.find(({ code }) => code === 'air-assumed')?.message.en ?? '';
    return {
      said: Number(/default: ([\d,]+)/.exec(sentence)?.[1]?.replaceAll(',', '')),
      taken: envelope.air.value,
    };
  };
  const [unknown, old] = [air({}), air({ period: '1930' })];
  expect(old.taken).not.toBeCloseTo(unknown.taken);
  for (const { said, taken } of [unknown, old]) expect(Math.abs(said - taken)).toBeLessThan(0.1 * taken);
});
