import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ThermalElements } from '../../src/client/names.ts';
import { bytesSource } from '../../src/core/byte-source.ts';
import { drawnGeometry } from '../../src/create/geometry.ts';
import { envelopeFrom } from '../../src/create/index.ts';
import { readIfc } from '../../src/formats/ifc/index.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { areaOfFaces } from '../support/outlines.ts';

const form = {
  id: 'fiche',
  name: 'Fiche',
  use: 'housing',
  floorAreaM2: 600,
  storeys: 2,
  period: '1949-1974',
};

withStores('the elements of an envelope', ({ store }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(store(), () => Date.now());
  });
  afterAll(() => api.close());

  const onboard = async (name: string, body: string | Uint8Array<ArrayBuffer>, id: string): Promise<void> => {
    const sent = await call(`${api.url}v1/onboarding?name=${name}`, { method: 'POST', body });
    let draft = sent.body as { id: string; state: string };
    while (draft.state === 'reading') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      draft = (await call(`${api.url}v1/onboarding/${draft.id}`)).body as typeof draft;
    }
    const confirmed = await call(`${api.url}v1/onboarding/${draft.id}/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: 'A. Martin', id }),
    });
    expect(confirmed.status).toBe(200);
  };
  const elementsOf = async (id: string): Promise<ThermalElements> => {
    const { status, body } = await call(`${api.url}v1/buildings/${id}/elements`);
    expect(status).toBe(200);
    return body as ThermalElements;
  };
  const put = (id: string, answers: unknown, version: string) =>
    call(`${api.url}v1/buildings/${id}/answers`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': version },
      body: JSON.stringify({ answers, by: 'A. Martin' }),
    });

  it('of a model have the outlines it was measured with', async () => {
    const bytes = readFileSync(join(import.meta.dirname, '../../buildings/musee-pierre/model.ifc'));
    await onboard('musee.ifc', new Uint8Array(bytes), 'musee');
    const { picture, source, elements, unitM } = await elementsOf('musee');
    expect([picture, source]).toEqual(['model', 'ifc']);
    const model = await readIfc(bytesSource('musee.ifc', bytes), { deadlineMs: 60_000 });
    if (!model.ok) throw new Error(model.error.code);
    const { geometry } = drawnGeometry(model.value);
    const known = envelopeFrom(model.value, geometry).elements.filter(
      ({ exposure }) => exposure !== 'internal',
    );
    expect(elements.map(({ id }) => id).toSorted()).toEqual(known.map(({ globalId }) => globalId).toSorted());
    expect(elements.every((one, i) => i === 0 || one.lossWK <= (elements[i - 1]?.lossWK ?? 0))).toBe(true);
    for (const one of elements.filter(({ kind }) => kind !== 'floor'))
      expect(Math.abs(areaOfFaces(one.faces, unitM) / one.areaNetM2 - 1)).toBeLessThan(0.01);
  });

  it('of a form are a picture of a description, which says so', async () => {
    await onboard('fiche.json', JSON.stringify(form), 'fiche');
    const { picture, source, elements } = await elementsOf('fiche');
    expect([picture, source]).toEqual(['description', 'form']);
    expect(elements.every(({ faces }) => faces.length > 0)).toBe(true);
  });

  it('take a typed U, tell it from what was read, and give it back', async () => {
    const before = await elementsOf('fiche');
    const wall = before.elements.find(({ kind }) => kind === 'wall');
    const id = wall?.id ?? '';
    const read = await call(`${api.url}v1/buildings/fiche/preflight`);
    const version = read.headers.get('etag') ?? '';
    expect((await put('fiche', { elements: { [id]: { uWm2K: 0.25 } } }, version)).status).toBe(200);
    const after = await elementsOf('fiche');
    const typed = after.elements.find((one) => one.id === id);
    expect(typed).toMatchObject({ typedUWm2K: 0.25, u: { value: 0.25, provenance: 'typed' } });
    expect(after.heatLossWK.value).toBeLessThan(before.heatLossWK.value);
    expect(after.elements.filter(({ typedUWm2K }) => typedUWm2K !== null)).toHaveLength(1);
    const again = await call(`${api.url}v1/buildings/fiche/preflight`);
    expect((await put('fiche', {}, again.headers.get('etag') ?? '')).status).toBe(200);
    expect(await elementsOf('fiche')).toEqual(before);
  });

  it('refuse the second of two who read the same answers, and lose neither', async () => {
    const read = await call(`${api.url}v1/buildings/fiche/preflight`);
    const version = read.headers.get('etag') ?? '';
    const [a, b] = (await elementsOf('fiche')).elements.filter(({ kind }) => kind === 'wall');
    const first = { elements: { [a?.id ?? '']: { uWm2K: 0.3 } } };
    expect((await put('fiche', first, version)).status).toBe(200);
    const second = { elements: { [b?.id ?? '']: { uWm2K: 0.4 } } };
    const refused = await put('fiche', second, version);
    expect([refused.status, (refused.body as { error: { code: string } }).error.code]).toEqual([
      412,
      'precondition-failed',
    ]);
    const typed = (await elementsOf('fiche')).elements.flatMap(({ typedUWm2K }) => typedUWm2K ?? []);
    expect(typed).toEqual([0.3]);
  });

  it('of a building that nobody described are not evaluated', async () => {
    await store().buildings.save({
      id: 'vide',
      name: { fr: 'Vide', en: 'Empty' },
      use: 'other',
      simulated: false,
      facts: {},
    });
    const { status, body } = await call(`${api.url}v1/buildings/vide/elements`);
    expect([status, (body as { error: { code: string } }).error.code]).toEqual([404, 'not-evaluated']);
  });

  it('go with their building', async () => {
    expect(await store().outlines.latest('musee')).toBeDefined();
    await store().buildings.erase('musee', { by: 'A. Martin', reason: 'test' });
    expect(await store().outlines.latest('musee')).toBeUndefined();
  });
});
