import type { Webhook } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import { checkAddress } from './webhook-address.ts';
import type { AppContext } from './context.ts';
import { defaultSettings } from './settings.ts';
import { newWebhookSecret, seal } from './webhook-secret.ts';
import type { AttemptView, WebhookRequest, WebhookView, WebhookWithSecret } from './webhooks-views.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const shownAttempts = 100;

const view = ({
  kinds,
  sentTo,
  attempts,
  nextMs,
  createdMs,
  subscription,
  ...hook
}: Webhook): WebhookView => ({
  ...hook,
  format: subscription === undefined ? 'changes' : 'ngsi-ld',
  kinds: kinds === undefined ? null : [...kinds],
  receivedTo: sentTo,
  failedAttempts: attempts,
  nextAttemptAt: hook.state === 'failed' || attempts === 0 ? null : iso(nextMs),
  createdAt: iso(createdMs),
});

const secretKeyOf = ({ settings = defaultSettings }: AppContext): string | undefined => settings.secretKey;

/** The receivers of changes of the organisation. Never fails. */
export const listWebhooks = async ({ store }: AppContext): Promise<Result<WebhookView[]>> =>
  ok((await store.webhooks.list()).map(view));

/** Fails with `not-found`. */
export const getWebhook = async ({ store }: AppContext, id: number): Promise<Result<WebhookView>> =>
  ok(view(await store.webhooks.get(id)));

/**
 * Registers a receiver of changes, or of what a subscription of another standard makes of them; its secret is in this
 * answer and in no other. Fails with `webhook-url`,
 * `webhook-host-unknown`, `webhook-address-refused`.
 */
export const addWebhook = async (
  context: AppContext,
  { url, kinds, since }: WebhookRequest,
  by: string,
  subscription?: object,
): Promise<Result<WebhookWithSecret>> => {
  const { store, settings = defaultSettings } = context;
  const checked = await checkAddress(url, settings.webhookNetworks);
  if (!checked.ok) return checked;
  const secret = newWebhookSecret();
  const id = await store.transaction(async (inside) => {
    const { latest, forgotten } = await inside.changes.after(0, { limit: 1 });
    const added = await inside.webhooks.add({
      url: checked.value.url.href,
      secret: seal(secret, secretKeyOf(context)),
      sentTo: Math.max(Math.min(since ?? latest, latest), forgotten),
      createdBy: by,
      ...(kinds === undefined ? {} : { kinds }),
      ...(subscription === undefined ? {} : { subscription }),
    });
    await inside.audit.add({
      by,
      action: 'add-webhook',
      subject: `webhook:${added}`,
      reason: 'asked through the API',
      detail: { host: checked.value.url.host },
    });
    return added;
  });
  return ok({ ...view(await store.webhooks.get(id)), secret });
};

const audited = async (
  { store }: AppContext,
  id: number,
  action: string,
  by: string,
  work: (repositories: Parameters<Parameters<typeof store.transaction>[0]>[0]) => Promise<void>,
): Promise<void> => {
  await store.transaction(async (inside) => {
    await work(inside);
    await inside.audit.add({ by, action, subject: `webhook:${id}`, reason: 'asked through the API' });
  });
};

/** Removes a receiver and the log of what was sent to it. Fails with `not-found`. */
export const deleteWebhook = async (
  context: AppContext,
  id: number,
  by: string,
): Promise<Result<{ deleted: true }>> => {
  await audited(context, id, 'delete-webhook', by, (inside) => inside.webhooks.delete(id));
  return ok({ deleted: true });
};

/** Gives a receiver a new secret; for a time the one before signs beside it. Fails with `not-found`. */
export const rotateWebhook = async (
  context: AppContext,
  id: number,
  graceHours: number,
  by: string,
): Promise<Result<WebhookWithSecret>> => {
  const secret = newWebhookSecret();
  await audited(context, id, 'rotate-webhook', by, (inside) =>
    inside.webhooks.rotate(id, seal(secret, secretKeyOf(context)), graceHours * 3600),
  );
  return ok({ ...view(await context.store.webhooks.get(id)), secret });
};

/** Sends again to a receiver that was given up, from where it stopped. Fails with `not-found`. */
export const resumeWebhook = async (
  context: AppContext,
  id: number,
  by: string,
): Promise<Result<WebhookView>> => {
  await audited(context, id, 'resume-webhook', by, (inside) => inside.webhooks.resume(id));
  return getWebhook(context, id);
};

/** The last attempts to send to a receiver, newest first. Fails with `not-found`. */
export const webhookAttempts = async ({ store }: AppContext, id: number): Promise<Result<AttemptView[]>> => {
  await store.webhooks.get(id);
  const attempts = await store.webhooks.attempts(id, shownAttempts);
  return ok(
    attempts.map(({ status, error, atMs, ...attempt }) => ({
      ...attempt,
      status: status ?? null,
      error: error ?? null,
      at: iso(atMs),
    })),
  );
};
