import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument, operationOf } from '#api/openapi.ts';
import { jobSchema } from '#app/jobs-views.ts';
import { openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';

type Described = {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags: readonly string[];
  readonly security?: readonly { readonly key: readonly string[] }[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<
    Record<
      string,
      { readonly content?: Readonly<Record<string, { readonly schema: { readonly type?: unknown } }>> }
    >
  >;
};

const { paths, tags } = openApiDocument() as {
  paths: Record<string, Record<string, Described>>;
  tags: { name: string }[];
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ path, method, described })),
);
const takesPrefer = ({ parameters = [] }: Described): boolean =>
  parameters.some((one) => one.in === 'header' && one.name === 'Prefer');

describe('the OpenAPI document', () => {
  it('says what a caller must be allowed for each operation', () => {
    const neededOf = (path: string, method: string) => paths[path]?.[method]?.security;
    expect(neededOf('/v1/buildings', 'get')).toEqual([{ key: ['read'] }]);
    expect(neededOf('/v1/buildings', 'post')).toEqual([{ key: ['work'] }]);
    expect(neededOf('/v1/meters/{id}/readings', 'post')).toEqual([{ key: ['ingest'] }]);
    expect(neededOf('/v1/keys', 'post')).toEqual([{ key: ['administer'] }]);
    expect(operations.filter(({ described }) => described.security?.length !== 1)).toEqual([]);
  });

  it('names each operation once, as a client generated from it will', () => {
    const ids = operations.map(({ described }) => described.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^(get|post|put|patch|delete)[A-Z][A-Za-z]+$/);
    expect(ids).toContain('getBuildingsByIdMeters');
  });

  it('describes no JSON as a text', () => {
    for (const { path, described } of operations)
      for (const { content = {} } of Object.values(described.responses))
        for (const [type, { schema }] of Object.entries(content))
          expect([path, type, type.endsWith('json') && schema.type === 'string']).toEqual([
            path,
            type,
            false,
          ]);
  });

  it('puts each under one tag that it describes', () => {
    const known = tags.map(({ name }) => name);
    for (const { path, described } of operations) {
      expect(described.tags, path).toHaveLength(1);
      expect(known, path).toContain(described.tags[0]);
    }
    expect(known.every((tag) => operations.some(({ described }) => described.tags[0] === tag))).toBe(true);
  });

  it('tells each parameter in French and in English', () => {
    for (const { path, method, described } of operations)
      for (const { name, description = '' } of described.parameters ?? [])
        expect([method, path, name, description]).toEqual([
          method,
          path,
          name,
          expect.stringMatching(/^[^\n]{8,}\.\n\n[^\n]{8,}\.$/),
        ]);
  });

  it('declares each part of an address once, where its address has it', () => {
    for (const { path, described } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = (described.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      expect([path, inPath.toSorted()]).toEqual([path, named.toSorted()]);
      const keys = (described.parameters ?? []).map((one) => `${one.in} ${one.name}`);
      expect(new Set(keys).size, path).toBe(keys.length);
    }
  });

  it('says of each what it is for, what a good answer is, and that it may be refused', () => {
    for (const { path, method, described } of operations) {
      expect(described.summary?.length ?? 0, path).toBeGreaterThan(8);
      const statuses = Object.keys(described.responses);
      expect([path, statuses.filter((one) => /^[23]/.test(one)).length > 0]).toEqual([path, true]);
      expect([path, statuses]).toEqual([path, expect.arrayContaining(['4XX', '503'])]);
      for (const status of ['4XX', '503'])
        expect(Object.keys(described.responses[status]?.content ?? {})).toEqual(['application/problem+json']);
      if (method === 'get' || method === 'delete') continue;
      for (const type of Object.keys(described.requestBody?.content ?? {}))
        expect(type).toMatch(/^\w+\/[\w.+-]+$/);
    }
  });

  it('says where it is served and under which licence', () => {
    const { servers, info } = openApiDocument() as {
      servers: { url: string }[];
      info: { license: { identifier: string } };
    };
    expect(servers.map(({ url }) => url)).toEqual(['/']);
    const { license } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      license: string;
    };
    expect(info.license.identifier).toBe(license);
  });

  it('holds every address that the page and the published script call', () => {
    const root = join(import.meta.dirname, '../..');
    const files = readdirSync(join(root, 'src/web'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join('src/web', name));
    const calls = [...files, 'docs/examples/asset-management.mjs'].flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/[`'"](?:[A-Z]+ )?\/?(v1\/[^`'"?\n]*)/g)].map(
        ([, address = '']) => ({
          file,
          address: `/${address}`.replaceAll(/\$\{[^}]*\}/g, 'x').replace(/\$\{.*$/, ''),
        }),
      ),
    );
    // What is put together from parts alone says nothing before it is called.
    const told = calls.filter(({ address }) => address !== '/v1/x' && address !== '/v1/');
    expect(told.length).toBeGreaterThan(20);
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    const isKnown = (address: string): boolean =>
      methods.some((method) => operationOf(method, address) !== undefined);
    expect(told.filter(({ address }) => !isKnown(address))).toEqual([]);
  });
});

withStores('Prefer: respond-async', ({ store }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(store());
  });
  afterAll(() => api.close());

  const send = (method: string, path: string): Promise<Response> =>
    fetch(api.url + path.slice(1).replaceAll(/\{\w+\}/g, '1'), {
      method: method.toUpperCase(),
      headers: { prefer: 'respond-async', 'content-type': 'application/json' },
      ...(method === 'get' ? {} : { body: JSON.stringify({ budgetEur: 1000 }) }),
    });

  it.each(
    operations
      .filter(({ described }) => takesPrefer(described))
      .map(({ method, path, described }): [string, string, Described] => [method, path, described]),
  )('%s %s is a job where the document says so', async (method, path, { responses }) => {
    expect(Object.keys(responses)).toContain('202');
    const response = await send(method, path);
    expect(response.status).toBe(202);
    expect(response.headers.get('preference-applied')).toBe('respond-async');
    const { id } = jobSchema.parse(await response.json());
    expect(response.headers.get('location')).toBe(`/v1/jobs/${id}`);
  });

  it.each(
    operations
      .filter(({ path, described }) => !takesPrefer(described) && !path.includes('{'))
      .filter(({ method, path }) => method === 'get' && path !== '/v1/jobs')
      .map(({ path }) => path),
  )('GET %s, of which it says nothing, does without it', async (path) => {
    const response = await send('get', path);
    expect(response.status).not.toBe(202);
    expect(response.headers.get('preference-applied')).toBeNull();
    await response.arrayBuffer();
  });
});
