import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { startLedger } from '#app/clock.ts';
import { notificationSchema } from '#app/ngsi-ld/views.ts';
import { defaultSettings } from '#app/settings.ts';
import { defaultPolicy, deliverNext } from '#app/webhook-deliver.ts';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { isSignedBy, openReceiverOf } from '../support/receiver.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

type Entity = { readonly id: string; readonly type: string } & Record<string, unknown>;

const school = 'urn:ngsi-ld:Building:ecole';
const gas = 'urn:ngsi-ld:DeviceMeasurement:gaz';
const contextLink = 'rel="http://www.w3.org/ns/json-ld#context"';

withStores('the stock by NGSI-LD', ({ store }) => {
  let api: TestApi;
  let root = '';
  const settings = { ...defaultSettings, webhookNetworks: ['127.0.0.1'] };
  const keys = new Map<string, Record<string, string>>();
  const headersOf = (who = 'viewer'): Record<string, string> => keys.get(who) ?? {};
  const get = (path: string, who?: string, accept = 'application/json') =>
    call(root + path, { headers: { ...headersOf(who), accept } });
  const idsOf = async (query: string, who?: string): Promise<string[]> => {
    const { status, body } = await get(`entities?${query}`, who);
    expect([status, body]).toEqual([200, expect.any(Array)]);
    return (body as Entity[]).map(({ id }) => id);
  };

  beforeAll(async () => {
    api = await openApi(store(), () => Date.now(), guardedAccess(store().identities), settings);
    root = `${api.url}ngsi-ld/v1/`;
    const other = await store().identities.addOrganisation('other');
    for (const [who, organisationId, role] of [
      ['admin', 1, 'administrator'],
      ['viewer', 1, 'viewer'],
      ['other', other, 'administrator'],
    ] as const) {
      const { key } = await store().identities.addKey({ organisationId, role, name: who, createdBy: 'test' });
      keys.set(who, { authorization: `Bearer ${key}` });
    }
    await store().buildings.save({
      ...sampleBuilding('ecole'),
      use: 'school',
      constructionYear: 1958,
      facts: { site: { latitudeDeg: 44.8, longitudeDeg: -0.6 } },
    });
    await store().buildings.identify('ecole', {
      rnb: ['QBAAG16VCJWA'],
      bdnb: ['bdnb-bg-AAAA'],
      own: ['P-001'],
      cadastre: [],
    });
    await store().twins.save('ecole', sampleTwin('ecole'));
    for (const id of ['r1', 'r2', 'r3'])
      await store().buildings.save({ ...sampleBuilding(id), commune: 'Talence' });
    await store().meters.save({ ...sampleMeter('gaz', 'ecole') });
    await store().meters.save({ ...sampleMeter('logement', 'r1'), personal: true });
    await store().readings.upsert(
      'gaz',
      hours(Date.UTC(2025, 0, 1), 48, (hour) => hour + 0.5),
    );
    await store().readings.upsert(
      'logement',
      hours(Date.UTC(2025, 0, 1), 2, () => 1),
    );
    const own = await store().forOrganisation(other);
    await own.buildings.save(sampleBuilding('ailleurs'));
  });
  afterAll(() => api.close());

  it('tells a building as a Smart Data Model, with the keys of the registers and the truth of its figures', async () => {
    const { status, body, headers } = await get(`entities/${school}`);
    expect(status).toBe(200);
    expect(headers.get('link')).toContain(`/ngsi-ld/context.jsonld>; ${contextLink}`);
    expect(body).toMatchObject({
      id: school,
      type: 'Building',
      name: { type: 'Property', value: 'Bâtiment ecole' },
      category: { type: 'Property', value: ['school'] },
      address: { type: 'Property', value: { addressLocality: 'Bordeaux' } },
      location: { type: 'GeoProperty', value: { type: 'Point', coordinates: [-0.6, 44.8] } },
      constructionYear: { type: 'Property', value: 1958 },
      simulated: { type: 'Property', value: true },
      rnb: { type: 'Property', value: ['QBAAG16VCJWA'] },
      bdnb: { type: 'Property', value: ['bdnb-bg-AAAA'] },
      ownIdentifier: { type: 'Property', value: ['P-001'] },
      floorArea: {
        type: 'Property',
        unitCode: 'MTK',
        low: { type: 'Property' },
        provenance: { type: 'Property' },
      },
    });
    expect(body).not.toHaveProperty('cadastre');
  });

  it('tells a meter with its last reading', async () => {
    const { body } = await get(`entities/${gas}`);
    expect(body).toMatchObject({
      type: 'DeviceMeasurement',
      measurementType: { value: 'gas' },
      numValue: { type: 'Property', value: 47.5, unitCode: 'KWH', observedAt: '2025-01-03T00:00:00.000Z' },
      refBuilding: { type: 'Relationship', object: school },
    });
    expect((await get(`entities/${gas}?options=keyValues&attrs=numValue,refBuilding`)).body).toEqual({
      id: gas,
      type: 'DeviceMeasurement',
      numValue: 47.5,
      refBuilding: school,
    });
  });

  it('comes as JSON-LD with its context, which is read without a key', async () => {
    const { headers, body } = await get('entities?type=Building&limit=1', 'viewer', 'application/ld+json');
    expect(headers.get('content-type')).toContain('application/ld+json');
    const [first = { id: '', type: '' }] = body as Entity[];
    const [link = ''] = first['@context'] as string[];
    const context = await call(link);
    expect(context.headers.get('content-type')).toContain('application/ld+json');
    const [terms] = (context.body as { '@context': [Record<string, string>] })['@context'];
    const whole = (await get('entities?type=Building,DeviceMeasurement')).body as Entity[];
    for (const { id: _, type, ...attributes } of whole)
      for (const term of [type, ...Object.keys(attributes)].filter((name) => name !== 'location'))
        expect(terms, term).toHaveProperty(term);
  });

  it.each<[string, string[]]>([
    ['type=Building', ['ecole', 'r1', 'r2', 'r3']],
    ['type=Building&limit=2&offset=1', ['r1', 'r2']],
    ['type=Building&limit=0', []],
    ['type=Building&offset=9', []],
    ['type=Building,DeviceMeasurement&offset=3&limit=5', ['r3', 'gaz']],
    ['type=Building,DeviceMeasurement&offset=4', ['gaz']],
    ['type=Vehicle', []],
    [`id=${school},urn:ngsi-ld:Building:r2,urn:ngsi-ld:Vehicle:x`, ['ecole', 'r2']],
    [`id=${gas}&type=Building`, []],
    ['type=Building&q=category=="school"', ['ecole']],
    ['type=Building&q=category=="temple"', []],
    ['type=Building&q=constructionYear<1960', ['ecole']],
    ['type=Building&q=constructionYear>1957.5;constructionYear<=1958', ['ecole']],
    ['type=Building&q=constructionYear==99999999999999', []],
    ['type=Building&q=address[addressLocality]=="Talence"', ['r1', 'r2', 'r3']],
    ['type=Building&q=rnb=="QBAAG16VCJWA"', ['ecole']],
    ['type=Building&q=floorArea>=1', ['ecole']],
    ['type=DeviceMeasurement&q=category=="school"', []],
    [`type=DeviceMeasurement&q=refBuilding=="${school}";measurementType=="gas"`, ['gaz']],
    ['type=Building&q=rnb=="\' or 1=1 --"', []],
  ])('%s', async (query, ids) => {
    const found = await idsOf(encodeURI(query));
    expect(found.map((urn) => urn.split(':').at(-1))).toEqual(ids);
  });

  it('counts what there is in all', async () => {
    const { headers } = await get('entities?type=Building,DeviceMeasurement&limit=1&count=true');
    expect(headers.get('ngsild-results-count')).toBe('5');
  });

  it('keeps dwellings for who may see them, and organisations apart', async () => {
    expect(await idsOf('type=DeviceMeasurement')).toEqual([gas]);
    expect(await idsOf('type=DeviceMeasurement', 'admin')).toHaveLength(2);
    expect((await get('entities/urn:ngsi-ld:DeviceMeasurement:logement')).status).toBe(404);
    expect(await idsOf('type=Building', 'other')).toEqual(['urn:ngsi-ld:Building:ailleurs']);
    expect((await get(`entities/${school}`, 'other')).status).toBe(404);
    expect((await get('entities?type=Building', 'nobody')).status).toBe(401);
    expect((await get('subscriptions')).status).toBe(403);
  });

  it.each<[string, number, string]>([
    ['entities', 400, 'BadRequestData'],
    ['entities?type=Building&limit=x', 400, 'BadRequestData'],
    ['entities?type=Building&georel=near', 422, 'OperationNotSupported'],
    ['entities?type=Building&options=sysAttrs', 422, 'OperationNotSupported'],
    ['entities?type=Building&q=name~="x"', 422, 'OperationNotSupported'],
    ['entities?type=Building&q=storeys==3', 422, 'OperationNotSupported'],
    ['entities?type=Building&q=category>"a"', 422, 'OperationNotSupported'],
    ['entities/urn:ngsi-ld:Building:nulle-part', 404, 'ResourceNotFound'],
    ['entities/x', 404, 'ResourceNotFound'],
    ['subscriptions/urn:ngsi-ld:Subscription:99999', 404, 'ResourceNotFound'],
  ])('%s is refused as NGSI-LD says', async (path, status, type) => {
    const refused = await get(encodeURI(path), 'admin');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect([refused.status, refused.body]).toEqual([
      status,
      expect.objectContaining({ type: `https://uri.etsi.org/ngsi-ld/errors/${type}`, status }),
    ]);
  });

  const subscription = (uri: string, more: object = {}): object => ({
    type: 'Subscription',
    entities: [{ type: 'DeviceMeasurement' }, { type: 'Building', id: school }],
    notification: { endpoint: { uri }, format: 'keyValues', attributes: ['numValue', 'category'], ...more },
  });

  it('notifies of what changed, signed, in the shape that was asked for, and never of a dwelling', async () => {
    const receiver = await openReceiverOf(notificationSchema);
    const context = { store: store(), nowMs: () => Date.now(), startLedger, settings };
    const deliver = async (): Promise<void> => {
      while (await deliverNext(context, { ...defaultPolicy, waitSeconds: () => 0 }));
    };
    const made = await postJson(`${root}subscriptions`, subscription(receiver.url), headersOf('admin'));
    expect(made.status).toBe(201);
    const { id } = made.body as Entity;
    expect(made.headers.get('location')).toBe(`/ngsi-ld/v1/subscriptions/${id}`);
    const number = id.split(':').at(-1);
    const rotated = await postJson(
      `${api.url}v1/webhooks/${number}/rotation`,
      { graceHours: 0 },
      headersOf('admin'),
    );
    const { secret } = rotated.body as { secret: string };

    await store().readings.upsert(
      'logement',
      hours(Date.UTC(2025, 1, 1), 2, () => 9),
    );
    await store().buildings.save({ ...sampleBuilding('r1'), commune: 'Pessac' });
    await deliver();
    expect(receiver.received).toEqual([]);

    await store().readings.upsert(
      'gaz',
      hours(Date.UTC(2025, 0, 3), 1, () => 12),
    );
    await store().buildings.identify('ecole', { cadastre: ['33063000AB0001'] });
    receiver.react = (response, count) => response.writeHead(count === 1 ? 500 : 204).end();
    await deliver();
    expect(receiver.received.map(({ body }) => body.data)).toEqual([
      [
        { id: school, type: 'Building', category: ['school'] },
        { id: gas, type: 'DeviceMeasurement', numValue: 12 },
      ],
      expect.any(Array),
    ]);
    const [first, again] = receiver.received;
    expect(again?.body.id).toBe(first?.body.id);
    expect(first?.body).toMatchObject({ type: 'Notification', subscriptionId: id });
    expect(first?.headers.link).toContain(contextLink);
    expect(first && isSignedBy(first, secret)).toBe(true);

    const one = await get(`subscriptions/${id}`, 'admin');
    expect(one.body).toMatchObject({ id, status: 'active', notification: { status: 'ok' } });
    expect((await get('subscriptions', 'admin')).body).toEqual([one.body]);
    expect((await get(`subscriptions/${id}`, 'other')).status).toBe(404);
    const ended = await fetch(`${root}subscriptions/${id}`, {
      method: 'DELETE',
      headers: headersOf('admin'),
    });
    expect([ended.status, await ended.text()]).toEqual([204, '']);
    expect((await get(`subscriptions/${id}`, 'admin')).status).toBe(404);
    await receiver.close();
  });

  it.each<[string, object, number, string]>([
    ['a private address', subscription('https://10.0.0.1/hook'), 400, 'BadRequestData'],
    [
      'another type',
      { ...subscription('https://x.example/'), entities: [{ type: 'Vehicle' }] },
      400,
      'BadRequestData',
    ],
    [
      'a name of another type',
      { ...subscription('https://x.example/'), entities: [{ type: 'Building', id: gas }] },
      400,
      'BadRequestData',
    ],
    ['no body', {}, 400, 'BadRequestData'],
    ['throttling', { ...subscription('https://x.example/'), throttling: 5 }, 422, 'OperationNotSupported'],
    [
      'an endpoint with headers',
      subscription('', { endpoint: { uri: 'https://x', receiverInfo: [] } }),
      422,
      'OperationNotSupported',
    ],
  ])('a subscription with %s is refused', async (_what, body, status, type) => {
    const refused = await postJson(`${root}subscriptions`, body, headersOf('admin'));
    expect([refused.status, refused.body]).toEqual([
      status,
      expect.objectContaining({ type: `https://uri.etsi.org/ngsi-ld/errors/${type}` }),
    ]);
    expect((await get('subscriptions', 'admin')).body).toEqual([]);
  });

  it('is not written to', async () => {
    const refused = await postJson(`${root}entities`, { id: school, type: 'Building' }, headersOf('admin'));
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET']);
  });
});
