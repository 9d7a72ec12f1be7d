import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { defaultSettings } from '#app/settings.ts';
import { checkAddress } from '#app/webhook-address.ts';
import { defaultPolicy, deliverNext, type DeliveryPolicy } from '#app/webhook-deliver.ts';
import { seal, signatures, unseal } from '#app/webhook-secret.ts';
import { startWebhooks } from '#jobs/deliver-webhooks.ts';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { isSignedBy, openReceiver, type Receiver } from '../support/receiver.ts';
import { sampleBuilding } from '../support/samples.ts';

const policy: DeliveryPolicy = { ...defaultPolicy, timeoutMs: 300, mostAttempts: 4, waitSeconds: () => 0 };

withStores('webhooks', ({ store }) => {
  let api: TestApi;
  let hooks = '';
  let receiver: Receiver;
  const settings = { ...defaultSettings, webhookNetworks: ['127.0.0.1'], secretKey: 'k'.repeat(32) };
  const context = (): AppContext => ({ store: store(), nowMs: () => Date.now(), startLedger, settings });
  beforeAll(async () => {
    api = await openApi(store(), undefined, undefined, settings);
    hooks = `${api.url}v1/webhooks`;
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    receiver = await openReceiver();
  });
  afterEach(async () => {
    await receiver.close();
    for (const { id } of await store().webhooks.list()) await store().webhooks.delete(id);
  });

  const register = async (body: object = {}): Promise<{ id: number; secret: string }> => {
    const answer = await postJson(hooks, { url: receiver.url, ...body });
    expect(answer.status).toBe(200);
    return answer.body as { id: number; secret: string };
  };
  let n = 0;
  const change = async (): Promise<string> => {
    n += 1;
    await store().buildings.save(sampleBuilding(`b${n}`));
    return `b${n}`;
  };
  const deliver = async (times = 1): Promise<void> => {
    for (let i = 0; i < times; i += 1) await deliverNext(context(), policy);
  };
  const subjects = (): string[] =>
    receiver.received.flatMap(({ body }) => body.changes.map((one) => one.subject));

  it('are tried at once by a signed delivery without a change, which leaves what waits where it is', async () => {
    const { id, secret } = await register();
    const waiting = await change();
    const tried = await postJson(`${hooks}/${id}/test`, {});
    expect(tried.body).toMatchObject({ received: true, status: 204, error: null });
    const [first] = receiver.received;
    expect(first?.body.changes).toEqual([]);
    expect(first && isSignedBy(first, secret)).toBe(true);
    await deliver(2);
    expect(subjects()).toContain(waiting);
    await receiver.close();
    const failed = await postJson(`${hooks}/${id}/test`, {});
    expect(failed.body).toMatchObject({ received: false, status: null });
    expect((failed.body as { error: string }).error).not.toBe('');
    receiver = await openReceiver();
    expect((await postJson(`${hooks}/999/test`, {})).status).toBe(404);
  });

  it('send what changed, signed, once it is received', async () => {
    await change();
    const { id, secret } = await register();
    const [a, b] = [await change(), await change()];
    await deliver(3);
    expect(subjects()).toEqual([a, b]);
    const [first] = receiver.received;
    expect(first && isSignedBy(first, secret)).toBe(true);
    expect(first && isSignedBy(first, `whsec_${Buffer.from('another').toString('base64')}`)).toBe(false);
    expect(first?.headers['webhook-id']).toBe(first?.body.id);
    expect(Math.abs(Number(first?.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(30);
    const { body } = await call(`${hooks}/${id}`);
    expect(body).toMatchObject({ state: 'active', failedAttempts: 0 });
    expect(JSON.stringify(body)).not.toContain('whsec_');
    expect(JSON.stringify((await call(hooks)).body)).not.toContain('whsec_');
  });

  it('send the same again until it is received, and nothing that follows before', async () => {
    const { id } = await register();
    const a = await change();
    receiver.react = (response, count) => response.writeHead(count < 3 ? 500 : 200).end();
    await deliver();
    const b = await change();
    await deliver(3);
    expect(subjects()).toEqual([a, a, a, b]);
    const [first, second, third, last] = receiver.received;
    expect(second?.text).toBe(first?.text);
    expect(third?.body.id).toBe(first?.body.id);
    expect(last?.body.id).not.toBe(first?.body.id);
    const { body } = await call(`${hooks}/${id}/attempts`);
    expect(body).toMatchObject([
      { attempt: 1, status: 200, error: null, changes: 1 },
      { attempt: 3, status: 200, error: null },
      { attempt: 2, status: 500, error: 'webhook-refused' },
      { attempt: 1, status: 500, error: 'webhook-refused' },
    ]);
  });

  it('wait longer after each failure, up to four hours', () => {
    const waits = Array.from({ length: 15 }, (_, i) => defaultPolicy.waitSeconds(i + 1));
    expect(waits[0]).toBeGreaterThanOrEqual(10);
    for (const [i, wait] of waits.slice(0, 7).entries()) expect(waits[i + 1]).toBeGreaterThan(1.8 * wait);
    expect(Math.max(...waits)).toBeLessThan(4.5 * 3600);
  });

  it('are not sent before their time', async () => {
    const { id } = await register();
    await change();
    receiver.react = (response) => response.writeHead(503).end();
    await deliverNext(context(), { ...policy, waitSeconds: () => 3600 });
    expect(await deliverNext(context(), policy)).toBe(false);
    expect(receiver.received).toHaveLength(1);
    const { body } = await call(`${hooks}/${id}`);
    const { nextAttemptAt } = body as { nextAttemptAt: string };
    expect(new Date(nextAttemptAt).getTime() - Date.now()).toBeGreaterThan(3_000_000);
  });

  it('give up after the last attempt, say so, and lose nothing once resumed', async () => {
    const { id } = await register();
    const a = await change();
    receiver.react = (response) => response.writeHead(500).end();
    await deliver(6);
    expect(receiver.received).toHaveLength(policy.mostAttempts);
    expect((await call(`${hooks}/${id}`)).body).toMatchObject({ state: 'failed', failedAttempts: 4 });
    expect((await store().audit.list({ subject: `webhook:${id}` }))[0]).toMatchObject({
      action: 'give-up-webhook',
    });
    const b = await change();
    receiver.react = (response) => response.writeHead(200).end();
    await deliver(2);
    expect(receiver.received).toHaveLength(policy.mostAttempts);
    expect((await postJson(`${hooks}/${id}/resumption`, {})).body).toMatchObject({ state: 'active' });
    await deliver(3);
    expect([...new Set(subjects())]).toEqual([a, b]);
    const first = new Set(receiver.received.slice(0, policy.mostAttempts + 1).map(({ body }) => body.id));
    expect(first.size).toBe(1);
  });

  it('end when the receiver says that it is gone', async () => {
    const { id } = await register();
    await change();
    receiver.react = (response) => response.writeHead(410).end();
    await deliver(2);
    expect(receiver.received).toHaveLength(1);
    expect((await call(`${hooks}/${id}`)).body).toMatchObject({ state: 'failed' });
  });

  it('are cut off when the receiver is slow, and follow no redirection', async () => {
    const { id } = await register();
    const other = await openReceiver();
    try {
      await change();
      receiver.react = (response, count) => {
        if (count === 2) response.writeHead(307, { location: other.url }).end();
      };
      await deliver(2);
      expect(other.received).toEqual([]);
      const { body } = await call(`${hooks}/${id}/attempts`);
      expect(body).toMatchObject([
        { status: 307, error: 'webhook-refused' },
        { status: null, error: 'webhook-timeout' },
      ]);
    } finally {
      await other.close();
    }
  });

  it('tell a receiver that is away', async () => {
    const { id } = await register();
    await change();
    await receiver.close();
    await deliver();
    expect((await call(`${hooks}/${id}/attempts`)).body).toMatchObject([{ error: 'webhook-unreachable' }]);
    receiver = await openReceiver();
  });

  it('send the kinds asked, and begin where asked', async () => {
    const { latest } = await store().changes.after(0, { limit: 0 });
    const a = await change();
    await store().programmes.add({});
    await register({ since: latest });
    await deliver(2);
    expect(receiver.received[0]?.body.changes.map(({ kind }) => kind)).toEqual(['building', 'programme']);
    expect(subjects()[0]).toBe(a);
    receiver.received.length = 0;
    for (const { id } of await store().webhooks.list()) await store().webhooks.delete(id);
    await register({ since: latest, kinds: ['programme'] });
    await deliver(2);
    expect(receiver.received.map(({ body }) => body.changes.map(({ kind }) => kind))).toEqual([
      ['programme'],
    ]);
    expect(await deliverNext(context(), policy)).toBe(false);
  });

  it('push a programme that a council accepts, whose works the asset-management system then reads', async () => {
    const kwh = (value: number) => ({
      value,
      unit: 'kWh',
      low: value,
      high: value,
      level: 0.9,
      provenance: 'computed',
      basis: 'test',
    });
    const name = { fr: 'École', en: 'School' };
    const id = await store().programmes.add({
      budgetEur: 200_000,
      firstYear: 2027,
      years: 1,
      costEur: 150_000,
      savingKwh: kwh(30_000),
      savingPercent: { ...kwh(20), unit: '%' },
      chosen: [
        {
          buildingId: 'ecole',
          name,
          year: 2027,
          measures: [{ id: 'roof-insulation', name }],
          costEur: 150_000,
          savingKwh: kwh(30_000),
        },
      ],
      chanceOf30Percent: 0.2,
      target: null,
      notChosen: [],
      late: [],
      gapPercent: 0,
      rates: [],
      stale: null,
    });
    const { latest } = await store().changes.after(0, { limit: 0 });
    await register({ since: latest, kinds: ['programme'] });
    expect(await deliverNext(context(), policy)).toBe(false);
    const programmes = `${api.url}v1/programmes`;
    const accepted = await postJson(`${programmes}/${id}/acceptance`, { reason: 'Vote du 12 janvier' });
    expect(accepted.status).toBe(200);
    await deliver();
    const [change] = receiver.received.flatMap(({ body }) => body.changes);
    expect(change).toMatchObject({ kind: 'programme', subject: String(id) });
    // What it is told leads to what was decided, and to the works one by one.
    const list = (await call(`${programmes}?accepted=true`)).body;
    expect(list).toMatchObject([{ id: change?.subject, accepted: { by: expect.any(String) } }]);
    const { chosen } = (await call(`${programmes}/${change?.subject ?? ''}`)).body as { chosen: object[] };
    expect(chosen).toMatchObject([
      { buildingId: 'ecole', year: 2027, costEur: 150_000, measures: [{ id: 'roof-insulation' }] },
    ]);
  });

  it('sign with both secrets while one follows the other', async () => {
    const { id, secret } = await register();
    const rotated = (await postJson(`${hooks}/${id}/rotation`, { graceHours: 1 })).body as { secret: string };
    expect(rotated.secret).not.toBe(secret);
    await change();
    await deliver();
    const [first] = receiver.received;
    expect(first && isSignedBy(first, secret) && isSignedBy(first, rotated.secret)).toBe(true);
    const last = (await postJson(`${hooks}/${id}/rotation`, { graceHours: 0 })).body as { secret: string };
    await change();
    await deliver();
    const second = receiver.received[1];
    expect(second && isSignedBy(second, last.secret)).toBe(true);
    expect(second && isSignedBy(second, rotated.secret)).toBe(false);
  });

  it('lose and reorder nothing while many senders share a receiver that fails at random', async () => {
    await register();
    let state = 7;
    receiver.react = (response) => {
      state = (state * 48_271) % 2_147_483_647;
      response.writeHead(state % 3 === 0 ? 500 : 200).end();
    };
    const stops = [1, 2, 3].map(() =>
      startWebhooks(context(), (error) => expect.unreachable(String(error)), {
        policy: { ...policy, mostAttempts: 100 },
        everyMs: 5,
      }),
    );
    const made: string[] = [];
    for (let i = 0; i < 40; i += 1) made.push(await change());
    await expect.poll(() => new Set(subjects()).size, { timeout: 20_000 }).toBe(made.length);
    await Promise.all(stops.map((stop) => stop()));
    const once = new Map(
      receiver.received.flatMap(({ body }) => body.changes.map((one) => [one.id, one.subject])),
    );
    expect([...once.values()]).toEqual(made);
  });

  it('refuse an address that is not allowed, and keep nothing', async () => {
    const { status, body } = await postJson(hooks, { url: 'https://10.1.2.3/' });
    expect([status, body]).toMatchObject([422, { error: { code: 'webhook-address-refused', where: 'url' } }]);
    expect(await store().webhooks.list()).toEqual([]);
  });

  it('do not send to an address that is no longer allowed', async () => {
    const { id } = await register();
    await change();
    await deliverNext({ ...context(), settings: defaultSettings }, policy);
    // Without its key the secret cannot be read either.
    expect((await call(`${hooks}/${id}/attempts`)).body).toMatchObject([{ error: 'webhook-secret-sealed' }]);
    await deliverNext({ ...context(), settings: { ...settings, webhookNetworks: [] } }, policy);
    expect((await call(`${hooks}/${id}/attempts`)).body).toMatchObject([
      { error: 'webhook-address-refused', status: null },
      {},
    ]);
    expect(receiver.received).toEqual([]);
  });
});

describe('the addresses', () => {
  it.each([
    'http://8.8.8.8/',
    'https://127.0.0.2/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://localhost/',
    'ftp://8.8.8.8/',
    'https://user:pass@8.8.8.8/',
    'https://nothing.invalid/',
    'not an address',
  ])('refuse %s', async (url) => {
    const checked = await checkAddress(url, []);
    expect(!checked.ok && checked.error.code).toMatch(/^webhook-(url|host-unknown|address-refused)$/);
  });

  it('allow https to a public address, and what the settings name', async () => {
    expect((await checkAddress('https://8.8.8.8/hook', [])).ok).toBe(true);
    expect((await checkAddress('https://[2a00:1450:4007::1]/', [])).ok).toBe(true);
    expect((await checkAddress('http://10.1.2.3/', ['10.0.0.0/8'])).ok).toBe(true);
    expect((await checkAddress('http://11.1.2.3/', ['10.0.0.0/8'])).ok).toBe(false);
  });
});

describe('the secrets', () => {
  it('make the signature of the published example', () => {
    // Standard Webhooks, spec/standard-webhooks.md 1.0.0: its example of a symmetric signature.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const signed = signatures(
      [secret],
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330,
      '{"test": 2432232314}',
    );
    expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('are sealed where there is a key, and opened by it alone', () => {
    const key = 'a'.repeat(40);
    const sealed = seal('whsec_abc', key);
    expect(sealed).not.toContain('abc');
    expect(unseal(sealed, key)).toBe('whsec_abc');
    expect(unseal(sealed, 'b'.repeat(40))).toBeUndefined();
    expect(unseal(sealed, undefined)).toBeUndefined();
    expect(unseal(seal('whsec_abc', undefined), key)).toBe('whsec_abc');
  });
});
