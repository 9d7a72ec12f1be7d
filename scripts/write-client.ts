import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../src/api/openapi.ts';

/** As much of JSON Schema as the document of the API uses; another word of it stops the writing. */
type Schema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
};

type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type Described = {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};

const saysNothingOfTheType = new Set(
  'description default format pattern minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems'.split(
    ' ',
  ),
);
const told = 'type enum anyOf oneOf items properties required additionalProperties'.split(' ');

/** What a schema says of its type, as a text: limits and sentences beside it make no other type. */
const textOf = ({ additionalProperties: others, ...schema }: Schema): string =>
  JSON.stringify([
    schema.type,
    schema.enum,
    (schema.anyOf ?? schema.oneOf)?.map(textOf),
    schema.items === undefined ? null : textOf(schema.items),
    Object.entries(schema.properties ?? {}).map(([name, one]) => [name, textOf(one)]),
    schema.required?.toSorted(),
    typeof others === 'object' ? textOf(others) : null,
  ]);

const nameOf = (property: string): string =>
  /^[A-Za-z_]\w*$/.test(property) ? property : JSON.stringify(property);

const fieldsOf = ({ properties = {}, required = [] }: Schema, print: (schema: Schema) => string): string =>
  Object.entries(properties)
    .map(([name, one]) => `readonly ${nameOf(name)}${required.includes(name) ? '' : '?'}: ${print(one)};`)
    .join(' ');

/** A schema as a type; parts of it that `known` has a name for by that name. */
const printer = (known: ReadonlyMap<string, string>): ((schema: Schema) => string) => {
  const single = (schema: Schema, type: string): string => {
    const name = type === 'object' ? known.get(textOf({ ...schema, type })) : undefined;
    if (name !== undefined) return name;
    if (type === 'array') return `readonly (${print(schema.items ?? {})})[]`;
    if (type === 'integer') return 'number';
    if (type !== 'object') return type;
    const { properties, additionalProperties: others } = schema;
    const own = properties === undefined ? undefined : `{ ${fieldsOf(schema, print)} }`;
    if (typeof others !== 'object') return own ?? 'Readonly<Record<string, unknown>>';
    const rest = `Readonly<Record<string, ${print(others)}>>`;
    return own === undefined ? rest : `${own} & ${rest}`;
  };
  const print = (schema: Schema): string => {
    const strange = Object.keys(schema).find(
      (word) => !told.includes(word) && !saysNothingOfTheType.has(word),
    );
    if (strange !== undefined) throw new Error(`no type is known for “${strange}” of a schema`);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return choices.map((one) => `(${print(one)})`).join(' | ');
    if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
    if (schema.type === undefined) return 'unknown';
    const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
    return types
      .map((type) => (types.length > 1 ? `(${single(schema, type)})` : single(schema, type)))
      .join(' | ');
  };
  return print;
};

const bytes = 'string | Uint8Array<ArrayBuffer> | Blob | FormData';
const json = 'application/json';

/** True for the two shapes of a page of a list: its items whole, and with some of their fields. */
const isSparse = ([whole, some, ...others]: readonly Schema[]): boolean => {
  const [all, few] = [whole, some].map((one) =>
    Object.keys((one?.items ?? one)?.properties ?? {})
      .toSorted()
      .join(),
  );
  return others.length === 0 && all !== '' && all === few;
};

/** A schema as an answer has it: what has a default is always there, and of two shapes the one asked for. */
const answered = (schema: Schema, shape: 'whole' | 'some'): Schema => {
  if (schema.anyOf !== undefined && isSparse(schema.anyOf)) {
    const [whole = {}, some = {}] = schema.anyOf;
    return answered(shape === 'whole' ? whole : some, shape);
  }
  const { properties, required = [], items, anyOf, oneOf, additionalProperties: others } = schema;
  const filled = Object.entries(properties ?? {}).filter(([, one]) => Object.hasOwn(one, 'default'));
  return {
    ...schema,
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, one]) => [name, answered(one, shape)]),
          ),
          required: [...new Set([...required, ...filled.map(([name]) => name)])],
        }),
    ...(items === undefined ? {} : { items: answered(items, shape) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map((one) => answered(one, shape)) }),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map((one) => answered(one, shape)) }),
    ...(typeof others === 'object' ? { additionalProperties: answered(others, shape) } : {}),
  };
};

/** The answer of a call that asks for everything, and the same with some of its fields alone where it may ask for them. */
const answersOf = (schema: Schema, sparse: boolean): { readonly whole: Schema; readonly some?: Schema } => ({
  whole: answered(schema, 'whole'),
  ...(sparse ? { some: answered(schema, 'some') } : {}),
});

/** Some fields of an answer as a part of the whole where it is one, so that no shape is written twice. */
const partOf = (whole: Schema, some: Schema, print: (schema: Schema) => string): string => {
  if (whole.items !== undefined && some.items !== undefined)
    return `readonly (${partOf(whole.items, some.items, print)})[]`;
  const { required: always = [], ...fields } = some;
  const { required: _all, ...same } = whole;
  if (whole.properties === undefined || textOf(fields) !== textOf(same)) return print(some);
  // What has a default is always there in the whole, but not among some fields.
  const kept = always
    .filter((name) => !Object.hasOwn(fields.properties?.[name] ?? {}, 'default'))
    .map((name) => JSON.stringify(name))
    .join(' | ');
  return `Partial<${print(whole)}>${kept === '' ? '' : ` & Pick<${print(whole)}, ${kept}>`}`;
};

const operationsOf = (document: object): readonly (Described & { readonly key: string })[] =>
  Object.entries((document as { paths: Record<string, Record<string, Described>> }).paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, described]) => ({
        ...described,
        key: `${method.toUpperCase()} ${path}`,
      })),
  );

const ofQuantity = ['value', 'unit', 'low', 'high', 'level', 'provenance', 'basis'];

/** True for the schema of an object with these members and no others. */
const hasJust = ({ properties = {} }: Schema, names: readonly string[]): boolean =>
  Object.keys(properties).toSorted().join() === names.toSorted().join();

/** src/client/operations.ts: what each operation of the OpenAPI document takes and answers, as types. */
export const clientTypes = (): string => {
  const operations = operationsOf(openApiDocument());
  const names = new Map<string, string>();
  const named = new Map<string, Schema>();
  const keep = (name: string, schema: Schema): void => {
    const text = textOf(schema);
    if (schema.type !== 'object' || schema.properties === undefined || names.has(text)) return;
    names.set(text, name);
    named.set(name, schema);
  };
  const seek = (schema: Schema): void => {
    const plain = { ...schema, type: [schema.type].flat().find((one) => one === 'object') ?? '' };
    if (hasJust(schema, ['fr', 'en'])) keep('Text', plain);
    if (hasJust(schema, ofQuantity)) keep('Quantity', plain);
    for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) seek(part);
    for (const part of Object.values(schema.properties ?? {})) seek(part);
    if (schema.items !== undefined) seek(schema.items);
    if (typeof schema.additionalProperties === 'object') seek(schema.additionalProperties);
  };
  const described = operations.map(
    ({ key, operationId, summary, parameters = [], requestBody, responses }) => {
      const base = operationId.charAt(0).toUpperCase() + operationId.slice(1);
      const [status = ''] = Object.keys(responses).filter((one) => one.startsWith('2'));
      const told = responses[status]?.content?.[json]?.schema;
      // What is accepted is told as it is without Prefer: the other way has a job in its place.
      const schema = status === '202' && told?.anyOf !== undefined ? told.anyOf[0] : told;
      const { [json]: body, ...files } = requestBody?.content ?? {};
      const query = parameters.filter((one) => one.in === 'query');
      const answers =
        schema === undefined
          ? undefined
          : answersOf(
              schema,
              query.some(({ name }) => name === 'fields'),
            );
      if (answers !== undefined) {
        seek(answers.whole);
        keep(`${base}Answer`, answers.whole);
        if (answers.whole.items !== undefined) keep(`${base}Item`, answers.whole.items);
      }
      if (body !== undefined) keep(`${base}Body`, body.schema);
      return { key, summary, parameters, query, answers, body, files: Object.keys(files).length > 0 };
    },
  );
  const print = printer(names);
  const declared = [...named].map(([name, schema]) => {
    const others = new Map([...names].filter(([, other]) => other !== name));
    return `export type ${name} = ${printer(others)(schema)};`;
  });
  const members = described.map(({ key, summary, parameters, query, answers, body, files }) => {
    const path = parameters.filter((one) => one.in === 'path');
    const asked = query
      .map(
        ({ name, required, schema }) =>
          `readonly ${nameOf(name)}${required === true ? '' : '?'}: ${print(schema).replace(/ \| null$/, '')};`,
      )
      .join(' ');
    const sent = [...(body === undefined ? [] : [print(body.schema)]), ...(files ? [bytes] : [])];
    return [
      `/** ${summary}. */`,
      `readonly '${key}': {`,
      path.length === 0
        ? ''
        : `readonly path: { ${path.map(({ name }) => `readonly ${name}: string | number;`).join(' ')} };`,
      query.length === 0
        ? ''
        : `readonly query${query.some((one) => one.required === true) ? '' : '?'}: { ${asked} };`,
      sent.length === 0 ? '' : `readonly body: ${sent.join(' | ')};`,
      answers === undefined ? '' : `readonly answer: ${print(answers.whole)};`,
      answers?.some === undefined ? '' : `readonly some: ${partOf(answers.whole, answers.some, print)};`,
      '};',
    ].join('\n');
  });
  const text = [
    '/** Written by `node scripts/write-client.ts` from the OpenAPI document; not to be changed by hand. */',
    ...declared,
    '/** By method and address: what an operation takes, what it answers in JSON, and `some` of it where `fields` says which. */',
    `export type Operations = { ${members.join('\n')} };`,
  ].join('\n\n');
  return execFileSync(
    process.execPath,
    ['node_modules/@biomejs/biome/bin/biome', 'format', '--stdin-file-path=src/client/operations.ts'],
    { input: text, encoding: 'utf8', maxBuffer: 64_000_000 },
  );
};

if (import.meta.main) writeFileSync(join(import.meta.dirname, '../src/client/operations.ts'), clientTypes());
