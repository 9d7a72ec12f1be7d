import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '#api/openapi.ts';
import { readWorkedExamples, type WorkedExample, type WorkedExamples } from '#api/worked-examples.ts';
import { walkApi } from '../../scripts/worked-examples/walk.ts';
import { withStores } from '../support/database.ts';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
type Media = Readonly<
  Record<string, { schema: JsonSchema; examples?: { worked: { value?: unknown; externalValue?: string } } }>
>;
type Described = {
  readonly parameters?: readonly { name: string; in: string; required?: boolean; example?: unknown }[];
  readonly requestBody?: { readonly content: Media };
  readonly responses: Readonly<Record<string, { readonly content?: Media }>>;
};

const { paths } = openApiDocument() as { paths: Record<string, Record<string, Described>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]): [string, Described] => [
    `${method.toUpperCase()} ${path}`,
    described,
  ]),
);
const examples = readWorkedExamples();

const checks = new Map<JsonSchema, z.ZodType>();

const complaints = (schema: JsonSchema, value: unknown): string[] => {
  const check = checks.get(schema) ?? z.fromJSONSchema(schema);
  checks.set(schema, check);
  return (check.safeParse(value).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
};

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;

/** A word of the program, as a state or a code: it says what happened, so it must be the same. */
const isWord = (value: unknown): boolean => typeof value === 'string' && /^[a-z]+(-[a-z]+)*$/.test(value);

/** Where an answer is not of the shape of its example, whose lists are shorter. */
const unlike = (example: unknown, answer: unknown, at = ''): string[] => {
  const [told, came] = [kindOf(example), kindOf(answer)];
  if (told !== came) return [`${at}: ${came} in place of ${told}`];
  if (Array.isArray(example) && Array.isArray(answer)) {
    if (answer.length > 0 !== example.length > 0)
      return [`${at}: ${answer.length} in place of ${example.length}`];
    return example.flatMap((one, index) => unlike(one, answer[index], `${at}[${index}]`));
  }
  if (typeof example === 'object' && example !== null && typeof answer === 'object' && answer !== null) {
    const given = Object.entries(example);
    const others = Object.keys(answer).filter((name) => !Object.hasOwn(example, name));
    return [
      ...others.map((name) => `${at}.${name}: not in the example`),
      ...given.flatMap(([name, one]) =>
        unlike(one, (answer as Record<string, unknown>)[name], `${at}.${name}`),
      ),
    ];
  }
  const same = typeof example === 'boolean' || isWord(example) ? example === answer : true;
  return same ? [] : [`${at}: ${String(answer)} in place of ${String(example)}`];
};

describe('the comparison of an answer with its example', () => {
  it('tells other members, kinds, words and lists that came empty, and takes other numbers', () => {
    const example = { id: 1, state: 'done', at: '2025-01-01', items: [{ a: 1 }], none: null };
    expect(
      unlike(example, { id: 2, state: 'done', at: '2026-02-02', items: [{ a: 3 }, 4], none: null }),
    ).toEqual([]);
    expect(unlike(example, { id: '2', state: 'failed', items: [], none: 1, more: 1 })).toEqual([
      '.more: not in the example',
      '.id: string in place of number',
      '.state: failed in place of done',
      '.at: undefined in place of string',
      '.items: 0 in place of 1',
      '.none: number in place of null',
    ]);
  });
});

describe('the worked examples of the document', () => {
  it('are there for every operation, and for no other', () => {
    expect(Object.keys(examples).toSorted()).toEqual(operations.map(([name]) => name).toSorted());
  });

  it.each(operations)('%s: shown where it belongs, as its schemas want it', (name, described) => {
    const example = examples[name];
    const { parameters = [], requestBody, responses } = described;
    for (const one of parameters.filter(({ required }) => required === true))
      expect(one.example, one.name).toBeDefined();
    const [body] = Object.values(requestBody?.content ?? {});
    if (body !== undefined) {
      const { value, externalValue } = body.examples?.worked ?? {};
      expect(value ?? externalValue).toBeDefined();
      if (value !== undefined) expect(complaints(body.schema, value)).toEqual([]);
    }
    const media = responses[String(example?.status)]?.content?.[example?.type ?? ''];
    // Nothing is answered, or a file that is no text.
    if (example?.answer === undefined) return expect(example?.type ?? '').not.toContain('json');
    expect(media?.examples?.worked.value).toEqual(example.answer);
    if (example.type?.endsWith('json') === true)
      expect(complaints(media?.schema ?? {}, example.answer)).toEqual([]);
    return undefined;
  });

  it('hold no secret', () => {
    expect(JSON.stringify(examples)).not.toMatch(/\b(stk_|whsec_|lien=)[\w+/=-]{20}/);
  });
});

withStores('the worked examples on the sample stock', ({ store }) => {
  let made: WorkedExamples = {};
  beforeAll(async () => {
    made = await walkApi(store());
  }, 300_000);

  it.each(operations)('%s', (name, { responses }) => {
    const { status, type, answer } = made[name] ?? ({} as Partial<WorkedExample>);
    const example = examples[name];
    expect([status, type]).toEqual([example?.status, example?.type]);
    if (type?.endsWith('json') !== true) return;
    const schema = responses[String(status)]?.content?.[type]?.schema;
    expect(complaints(schema ?? {}, answer)).toEqual([]);
    // What a process has computed before is not computed again, so that kinds of work come and go in the ledger.
    const came = unlike(example?.answer, answer).filter((line) => !/^\.byWork\[\d+\]\.work: /.test(line));
    expect(came).toEqual([]);
  });
});
