import { randomUUID } from 'node:crypto';
import type { AttemptOutcome, Change, Delivery } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import { changeView } from './changes.ts';
import type { AppContext } from './context.ts';
import { defaultSettings } from './settings.ts';
import { notificationOf, type NotificationParts } from './ngsi-ld/subscriptions.ts';
import { checkAddress } from './webhook-address.ts';
import { signatures, unseal } from './webhook-secret.ts';
import { post, type Sent } from './webhook-send.ts';
import type { DeliveryBody, WebhookTest } from './webhooks-views.ts';

/** How often, how long and how patiently changes are sent. */
export type DeliveryPolicy = {
  readonly timeoutMs: number;
  /** A worker that has said nothing for this long is taken to be dead. */
  readonly leaseSeconds: number;
  readonly mostAttempts: number;
  /** Wait after the nth attempt in a row that was not received, s. */
  readonly waitSeconds: (attempt: number) => number;
};

/** 10 s, 30 s, 90 s… up to four hours: 15 attempts take 31 to 34 hours. */
export const defaultPolicy: DeliveryPolicy = {
  timeoutMs: 10_000,
  leaseSeconds: 60,
  mostAttempts: 15,
  waitSeconds: (attempt) => Math.min(14_400, 10 * 3 ** (attempt - 1)) * (1 + 0.1 * Math.random()),
};

const changesAtOnce = 100;

type Tried = Sent | { readonly error: string; readonly durationMs: number };

const trySending = async (
  { nowMs, settings = defaultSettings, traces }: AppContext,
  { webhook, secrets }: Pick<Delivery, 'webhook' | 'secrets'>,
  sent: { readonly id: string; readonly body: object; readonly headers?: Readonly<Record<string, string>> },
  timeoutMs: number,
): Promise<Tried> => {
  const opened = secrets.map((secret) => unseal(secret, settings.secretKey));
  const known = opened.filter((secret) => secret !== undefined);
  if (known.length === 0) return { error: 'webhook-secret-sealed', durationMs: 0 };
  // Looked up anew each time: a name may have moved inside since it was registered.
  const checked = await checkAddress(webhook.url, settings.webhookNetworks);
  if (!checked.ok) return { error: checked.error.code, durationMs: 0 };
  const text = JSON.stringify(sent.body);
  const timestamp = Math.floor(nowMs() / 1000);
  const span = traces?.start('client', 'POST webhook');
  const headers = {
    ...sent.headers,
    'webhook-id': sent.id,
    ...(span === undefined ? {} : { traceparent: span.traceparent }),
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures(known, sent.id, timestamp, text),
  };
  const answered = await post(checked.value, text, headers, timeoutMs);
  const status = 'status' in answered ? answered.status : 0;
  span?.end(
    { 'http.request.method': 'POST', 'http.response.status_code': status },
    status < 200 || status >= 300,
  );
  return answered;
};

const outcomeOf = (
  tried: Tried,
  changes: number,
  attempt: number,
  policy: DeliveryPolicy,
): AttemptOutcome => {
  const { durationMs } = tried;
  const status = 'status' in tried ? tried.status : undefined;
  const told = { changes, durationMs, ...(status === undefined ? {} : { status }) };
  if (status !== undefined && status >= 200 && status < 300) return { ...told, received: true };
  return {
    ...told,
    received: false,
    error: 'error' in tried ? tried.error : status === 410 ? 'webhook-gone' : 'webhook-refused',
    againInSeconds: policy.waitSeconds(attempt),
    // 410: the receiver says that it wants no more.
    givenUp: attempt >= policy.mostAttempts || status === 410,
  };
};

/** What a receiver asked for does not concern these changes. */
const nothingToSay: AttemptOutcome = { received: true, changes: 0, durationMs: 0 };

/** What a delivery holds: the changes themselves, or what its subscription makes of them. */
const partsOf = async (
  context: AppContext,
  webhook: Delivery['webhook'],
  id: string,
  changes: readonly Change[],
): Promise<NotificationParts | { readonly body: DeliveryBody } | undefined> =>
  webhook.subscription === undefined
    ? { body: { schema: 'stacoptim.changes/1', id, changes: changes.map(changeView) } }
    : notificationOf(context, webhook, id, changes);

/**
 * Sends a receiver a signed delivery without a change, at once and outside the order of its own, so that whoever
 * registered it sees what it answers; nothing that waits is touched. Throws `not-found`.
 */
export const testWebhook = async (
  context: AppContext,
  id: number,
  by: string,
  timeoutMs = defaultPolicy.timeoutMs,
): Promise<Result<WebhookTest>> => {
  const { store } = context;
  const webhook = await store.webhooks.get(id);
  const body: DeliveryBody = { schema: 'stacoptim.changes/1', id: randomUUID(), changes: [] };
  const secrets = await store.webhooks.secrets(id);
  const tried = await trySending(context, { webhook, secrets }, { id: body.id, body }, timeoutMs);
  const outcome = outcomeOf(tried, 0, 1, defaultPolicy);
  await store.audit.add({
    by,
    action: 'test-webhook',
    subject: `webhook:${id}`,
    reason: 'asked through the API',
    detail: { received: outcome.received },
  });
  return ok({
    deliveryId: body.id,
    received: outcome.received,
    status: outcome.status ?? null,
    error: outcome.received ? null : outcome.error,
    durationMs: outcome.durationMs,
  });
};

/**
 * Sends the changes that one receiver has not had yet, once; true when there was a receiver to send to. What is sent
 * stays the same until it is received, and only then comes what follows: a receiver gets every change, in order, at
 * least once, and knows by the identifiers what it had before.
 */
export const deliverNext = async (context: AppContext, policy = defaultPolicy): Promise<boolean> => {
  const { store } = context;
  const { latest } = await store.changes.after(0, { limit: 0 });
  const delivery = await store.webhooks.claim(latest, policy.leaseSeconds);
  if (delivery === undefined) return false;
  const { webhook, underWay } = delivery;
  const page = await store.changes.after(webhook.sentTo, {
    limit: changesAtOnce,
    ...(webhook.kinds === undefined ? {} : { kinds: webhook.kinds }),
  });
  const to =
    underWay?.to ??
    (page.changes.length === changesAtOnce ? (page.changes.at(-1)?.position ?? page.latest) : page.latest);
  const changes = page.changes.filter(({ position }) => position <= to);
  if (changes.length === 0) {
    await store.webhooks.skip(webhook.id, to);
    return true;
  }
  const id = underWay?.id ?? (await store.webhooks.begin(webhook.id, to));
  const parts = await partsOf(context, webhook, id, changes);
  if (parts === undefined) {
    await store.webhooks.settle({ webhookId: webhook.id, id }, nothingToSay);
    return true;
  }
  const tried = await trySending(context, delivery, { id, ...parts }, policy.timeoutMs);
  const outcome = outcomeOf(tried, changes.length, webhook.attempts + 1, policy);
  await store.transaction(async (inside) => {
    await inside.webhooks.settle({ webhookId: webhook.id, id }, outcome);
    if (outcome.received || !outcome.givenUp) return;
    await inside.audit.add({
      by: 'stacoptim webhooks',
      action: 'give-up-webhook',
      subject: `webhook:${webhook.id}`,
      reason: outcome.error,
      detail: { attempts: webhook.attempts + 1 },
    });
  });
  return true;
};
