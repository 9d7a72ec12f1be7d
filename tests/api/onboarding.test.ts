import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccess } from '#api/access.ts';
import { listen } from '../../src/api/server.ts';
import type { Draft, Preflight } from '../../src/client/names.ts';
import { startLedger } from '../../src/app/clock.ts';
import { uploadPath } from '../../src/app/drafts.ts';
import { openUpload, startReading, viewDraft } from '../../src/app/onboarding.ts';
import { bytesSource } from '../../src/core/byte-source.ts';
import { readIfc } from '../../src/formats/ifc/index.ts';
import { administrator } from '../support/api.ts';
import { counted } from '../support/counted.ts';
import { withStores } from '../support/database.ts';
import { workbookOf } from '../support/workbook.ts';
import { smallHouse } from '../formats/ifc/small-house.ts';

withStores('the way into the stock', ({ store }) => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const context = { store: store(), nowMs: () => Date.now(), startLedger };
    ({ server, url } = await listen(context, '127.0.0.1', 0, openAccess(administrator)));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  type Reply = { status: number; location: string | null; body: unknown };
  const call = async (method: string, path: string, body?: string | Buffer, json = true): Promise<Reply> => {
    const response = await fetch(`${url}v1/${path}`, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      ...(json ? { headers: { 'content-type': 'application/json' } } : {}),
    });
    const type = response.headers.get('content-type') ?? '';
    return {
      status: response.status,
      location: response.headers.get('location'),
      body: type.includes('json') ? await response.json() : Buffer.from(await response.arrayBuffer()),
    };
  };
  const codeOf = ({ body }: Reply): string => (body as { error: { code: string } }).error.code;
  const upload = async (name: string, bytes: Uint8Array | string): Promise<Draft> => {
    const sent = await call(
      'POST',
      `onboarding?name=${encodeURIComponent(name)}`,
      typeof bytes === 'string' ? bytes : Buffer.from(bytes),
      false,
    );
    expect(sent.status).toBe(202);
    expect(sent.location).toBe(`/v1/onboarding/${(sent.body as Draft).id}`);
    let draft = sent.body as Draft;
    while (draft.state === 'reading') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      draft = (await call('GET', `onboarding/${draft.id}`)).body as Draft;
    }
    return draft;
  };
  const confirm = (draft: Draft, more: object = {}): Promise<Reply> =>
    call('POST', `onboarding/${draft.id}/confirm`, JSON.stringify({ by: 'A. Martin', ...more }));

  it('takes a model from upload to a confirmed twin; answers are kept, changed, and taken back', async () => {
    const house = smallHouse();
    const draft = await upload('Maison du parc.ifc', house);
    expect(draft).toMatchObject({ state: 'ready', kind: 'ifc', suggestedId: 'maison-du-parc', error: null });
    const before = draft.preflight?.heatLossWK.value ?? 0;
    const answers = { uByKind: { window: 1.3 }, building: { use: 'housing' }, airChangePerH: 0.4 };
    const answered = await call('PUT', `onboarding/${draft.id}/answers`, JSON.stringify(answers));
    const told = (answered.body as Draft).preflight;
    expect(told?.answers).toEqual(answers);
    expect(told?.heatLossWK.value).not.toBe(before);
    const wrong = await call('PUT', `onboarding/${draft.id}/answers`, '{"uByKind":{"window":80}}');
    expect([wrong.status, codeOf(wrong)]).toEqual([422, 'answers-invalid']);
    const confirmed = await confirm(draft, { name: 'Maison du parc' });
    expect(confirmed).toMatchObject({ status: 200, body: { buildings: ['maison-du-parc'], skipped: [] } });
    expect(codeOf(await call('GET', `onboarding/${draft.id}`))).toBe('unknown-draft');

    const building = await call('GET', 'buildings/maison-du-parc');
    expect(building.body).toMatchObject({ name: { fr: 'Maison du parc' }, use: 'housing', data: 'metered' });
    const twin = await store().twins.current('maison-du-parc');
    expect(twin?.twin.elements.find((one) => one.group === 'windows')?.u).toMatchObject({
      value: 1.3,
      provenance: 'typed',
    });

    const put = (value: object): Promise<Reply> =>
      call(
        'PUT',
        'buildings/maison-du-parc/answers',
        JSON.stringify({ answers: value, by: 'A. Martin', reason: 'devis' }),
      );
    expect((await put({ building: { use: 'housing' } })).status).toBe(200);
    const bare = (await call('GET', 'buildings/maison-du-parc/preflight')).body as Preflight;
    expect(bare.heatLossWK.value).toBeCloseTo(before, 9);
    expect((await put(answers)).body).toMatchObject({ heatLossWK: told?.heatLossWK });
    expect(codeOf(await put({ spaces: { x: 'heated' } }))).toBe('spaces-need-model');
    expect(await store().twins.history('maison-du-parc')).toHaveLength(3);
    const log = await store().audit.list({ subject: 'building:maison-du-parc' });
    expect(log.map(({ action, by }) => [action, by])).toEqual([
      ['answer-building', 'A. Martin'],
      ['answer-building', 'A. Martin'],
      ['add-building', 'A. Martin'],
    ]);

    const enriched = await call('POST', 'buildings/maison-du-parc/enriched.ifc?name=m.ifc', house, false);
    const model = await readIfc(bytesSource('m.ifc', enriched.body as Buffer));
    expect(model.ok && model.value.elements.find((one) => one.kind === 'window')?.declaredUWm2K).toBe(1.3);
    const other = await call(
      'POST',
      'buildings/maison-du-parc/enriched.ifc',
      smallHouse({ schema: 'IFC2X3' }),
      false,
    );
    expect([other.status, codeOf(other)]).toEqual([409, 'another-file']);
    const gbxml = (await call('GET', 'buildings/maison-du-parc/envelope.gbxml')).body as Buffer;
    expect(gbxml.toString()).toContain('<gbXML');
    expect((await call('GET', 'buildings/maison-du-parc/envelope.json')).body).toMatchObject({
      schema: 'stacoptim.envelope/1',
    });
    const again = await confirm(await upload('x.ifc', house), { id: 'maison-du-parc' });
    expect([again.status, codeOf(again)]).toEqual([409, 'id-taken']);
  });

  it('confirmed twice at once under one id, is a building once, and the other is told', async () => {
    const [one, other] = [await upload('a.ifc', smallHouse()), await upload('b.ifc', smallHouse())];
    const both = await Promise.all([one, other].map((draft) => confirm(draft, { id: 'course' })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await store().twins.history('course')).toHaveLength(1);
  });

  it('asks again for the cells when a person says which are heated', async () => {
    const draft = await upload('maison.ifc', smallHouse());
    const cold = { spaces: { '0StacoptimHouse0000011': 'unheated' } };
    let told = (await call('PUT', `onboarding/${draft.id}/answers`, JSON.stringify(cold))).body as Draft;
    while (told.state === 'reading') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      told = (await call('GET', `onboarding/${draft.id}`)).body as Draft;
    }
    expect(told.preflight?.assumed.map((one) => one.code)).toContain('cell-unheated');
    expect(told.preflight?.questions.map((one) => one.code)).not.toContain(
      'ask-space-0StacoptimHouse0000011',
    );
    expect((await call('DELETE', `onboarding/${draft.id}`)).status).toBe(200);
  });

  it('a workbook of a thousand buildings: good lines stand, bad ones are named, ids are not taken twice', async () => {
    const header = ['Code', 'Résidence', 'Surface', 'Niveaux', 'Année'];
    const rows = Array.from({ length: 1000 }, (_, at) => [
      `X${at}`,
      `Résidence ${at}`,
      300 + at,
      4,
      1930 + (at % 90),
    ]);
    const draft = await upload(
      'parc.xlsx',
      workbookOf('Parc', [header, ...rows, ['X1000', 'Sans surface', 'beaucoup', 4, 1960]]),
    );
    expect(draft).toMatchObject({ state: 'ready', kind: 'sheet' });
    expect(draft.sheet?.buildings).toHaveLength(1000);
    expect(draft.sheet?.refused).toMatchObject([{ line: 1002, code: 'form-invalid' }]);
    const confirmed = await confirm(draft);
    expect((confirmed.body as { buildings: string[] }).buildings).toHaveLength(1000);
    expect(await store().buildings.get('x999')).toMatchObject({ constructionYear: 1930 + (999 % 90) });
    const second = await upload('parc.csv', 'Code;Surface;Niveaux\nX5;900;3\nY1;900;3\n');
    expect(second.sheet?.buildings.map(({ id, taken }) => [id, taken])).toEqual([
      ['x5', true],
      ['y1', false],
    ]);
    const { store: watched, calls } = counted(store());
    await viewDraft({ store: watched, nowMs: Date.now, startLedger }, second.id);
    expect(Math.max(...calls.values())).toBe(1);
    expect((await confirm(second)).body).toEqual({ buildings: ['y1'], skipped: ['x5'] });
    const third = await upload(
      'parc.csv',
      'Code;Surface;Niveaux;Commune;Dept;RNB\nZ1;900;3;Pessac;33;1GC387FWHRT4\n',
    );
    expect((await confirm(third)).body).toEqual({ buildings: ['z1'], skipped: [] });
    expect(await store().buildings.get('z1')).toMatchObject({
      commune: 'Pessac',
      facts: { department: '33' },
    });
    expect(await store().buildings.identifiers('z1')).toMatchObject({ rnb: ['1GC387FWHRT4'] });
    const answered = await call(
      'PUT',
      'buildings/y1/answers',
      JSON.stringify({ answers: { period: '2010' }, by: 'A. Martin' }),
    );
    expect((answered.body as Preflight).answers).toEqual({ period: '2010' });
  }, 180_000);

  it('an upload damaged on the disk is refused at each door, and can be cancelled', async () => {
    const draft = await upload('maison.ifc', smallHouse());
    const path = join(dirname(uploadPath(draft.id)), 'draft.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"areaNetM2":\d+/, '"areaNetM2":9'));
    const refused = await call('GET', `onboarding/${draft.id}`);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'draft-damaged']);
    expect(codeOf(await call('PUT', `onboarding/${draft.id}/answers`, '{}'))).toBe('draft-damaged');
    expect(codeOf(await confirm(draft, { id: 'abimee' }))).toBe('draft-damaged');
    expect(await store().buildings.get('abimee')).toBeUndefined();
    expect((await call('DELETE', `onboarding/${draft.id}`)).status).toBe(200);
    expect(codeOf(await call('GET', `onboarding/${draft.id}`))).toBe('unknown-draft');
  });

  it('a reading that cannot be kept on the disk is told as stopped, and the server goes on', async () => {
    const context = { store: store(), nowMs: () => Date.now(), startLedger };
    const { id, path } = openUpload(context);
    writeFileSync(path, smallHouse());
    const started = await startReading(context, id, 'maison.ifc');
    expect(started).toMatchObject({ ok: true, value: { state: 'reading' } });
    // Where the draft is written before it takes its name.
    mkdirSync(join(dirname(path), 'draft.json.new'));
    const told = async () => {
      const view = await viewDraft(context, id);
      return view.ok ? (view.value.error?.code ?? view.value.state) : view.error.code;
    };
    await expect.poll(told, { timeout: 20_000 }).toBe('reading-stopped');
    expect((await call('DELETE', `onboarding/${id}`)).status).toBe(200);
  });

  it('what is nothing we read is refused in words, and the server goes on', async () => {
    for (const [name, bytes, code] of [
      ['photo.png', readFileSync('docs/images/results.webp'), 'not-an-ifc-file'],
      ['vide.ifc', '', 'not-an-ifc-file'],
      ['note.xml', '<note/>', 'not-a-dpe'],
      ['fiche.json', '{"id":"a"}', 'form-invalid'],
      ['parc.csv', 'Couleur;Note\nbleu;3', 'columns-missing'],
      ['../../../etc/passwd', 'root:x:0:0', 'not-an-ifc-file'],
    ] as const) {
      const draft = await upload(name, bytes);
      expect([name, draft.state, draft.error?.code]).toEqual([name, 'failed', code]);
      expect(draft.error?.message.fr.length).toBeGreaterThan(20);
      expect(codeOf(await confirm(draft))).toBe('draft-not-ready');
    }
    expect(codeOf(await call('GET', 'onboarding/nope'))).toBe('unknown-draft');
    expect(codeOf(await call('GET', 'onboarding/..%2F..%2Fetc'))).toBe('unknown-draft');
  });
});

describe('the contract', () => {
  it('is listed with the rest', async () => {
    const { openApiDocument } = await import('../../src/api/openapi.ts');
    expect(JSON.stringify(openApiDocument())).toContain('/v1/onboarding/{id}/confirm');
    // What may be answered of a building is told, not left open.
    const answers = 'requestBody.content.application/json.schema.properties.answers.properties.form';
    expect(openApiDocument()).toHaveProperty(
      ['paths', '/v1/buildings/{id}/answers', 'put', ...answers.split('.')],
      expect.objectContaining({ type: 'object' }),
    );
  });
});
