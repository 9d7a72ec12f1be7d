import { z } from 'zod';
import {
  ngsiContext,
  type NgsiEntity,
  type NgsiType,
  ngsiTypes,
  readUrn,
  shaped,
} from '#formats/ngsi-ld/index.ts';
import type { Change, Webhook } from '#store/index.ts';
import { ok, type Result } from '../../core/result.ts';
import type { AppContext } from '../context.ts';
import { addWebhook, deleteWebhook } from '../webhooks.ts';
import { entitiesNamed } from './entities.ts';
import { badRequest, noEntity, notSupported } from './refusals.ts';
import { type SubscriptionRequest, subscriptionRequestSchema } from './views.ts';

/** Which changes make an entity of a type another one. */
const kindsOf = {
  Building: ['building', 'identifier', 'twin'],
  DeviceMeasurement: ['meter', 'readings'],
} as const satisfies Record<NgsiType, readonly string[]>;

const keptSchema = z.looseObject({ asked: subscriptionRequestSchema, contextUrl: z.string() });

const mark = 'urn:ngsi-ld:Subscription:';

const numberOf = (urn: string): number => {
  const id = urn.startsWith(mark) ? Number(urn.slice(mark.length)) : Number.NaN;
  return Number.isInteger(id) && id > 0 && id < 2 ** 31 ? id : 0;
};

type SubscriptionView = {
  readonly id: string;
  readonly type: 'Subscription';
  readonly status: Webhook['state'];
} & Readonly<Record<string, unknown>>;

const view = (hook: Webhook): SubscriptionView => {
  const { asked } = keptSchema.parse(hook.subscription);
  const { '@context': _, type, notification, ...rest } = asked;
  return {
    id: `${mark}${hook.id}`,
    type,
    ...rest,
    notification: { ...notification, status: hook.attempts === 0 ? 'ok' : 'failed' },
    status: hook.state,
    isActive: hook.state === 'active',
    createdAt: new Date(hook.createdMs).toISOString(),
  };
};

const subscriptions = async ({ store }: AppContext): Promise<Webhook[]> =>
  (await store.webhooks.list()).filter(({ subscription }) => subscription !== undefined);

const find = async (context: AppContext, urn: string): Promise<Result<Webhook>> => {
  const hook = (await subscriptions(context)).find(({ id }) => id === numberOf(urn));
  return hook === undefined ? noEntity(urn) : ok(hook);
};

/** What was sent as a subscription. Fails with `ngsi-not-supported` for what is not there, `ngsi-bad-request`. */
export const readSubscription = (body: unknown): Result<SubscriptionRequest> => {
  const parsed = subscriptionRequestSchema.safeParse(body);
  if (parsed.success) {
    const foreign = parsed.data.entities
      .flatMap(({ type, id = [] }) => [id].flat().map((urn) => ({ type, urn })))
      .find(({ type, urn }) => readUrn(urn)?.type !== type);
    return foreign === undefined
      ? ok(parsed.data)
      : badRequest(
          `« ${foreign.urn} » ne nomme pas un ${foreign.type}.`,
          `“${foreign.urn}” does not name a ${foreign.type}.`,
          'entities',
        );
  }
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys')
    return notSupported([field, issue.keys[0] ?? ''].filter((part) => part !== '').join('.'));
  return badRequest(
    `« ${field} » manque ou n’est pas admis.`,
    `“${field}” is missing or not allowed.`,
    field,
  );
};

/**
 * Subscribes: its notifications ride on the deliveries of changes, with their protections. `contextUrl` is where our context is
 * read. Fails as `addWebhook` does.
 */
export const subscribe = async (
  context: AppContext,
  asked: SubscriptionRequest,
  contextUrl: string,
  by: string,
): Promise<Result<SubscriptionView>> => {
  const types = ngsiTypes.filter((type) => asked.entities.some((one) => one.type === type));
  const added = await addWebhook(
    context,
    { url: asked.notification.endpoint.uri, kinds: types.flatMap((type) => [...kindsOf[type]]) },
    by,
    { asked, contextUrl },
  );
  if (!added.ok) return added;
  return ok(view(await context.store.webhooks.get(added.value.id)));
};

/** Fails with `ngsi-not-found`. */
export const getSubscription = async (
  context: AppContext,
  urn: string,
): Promise<Result<SubscriptionView>> => {
  const hook = await find(context, urn);
  return hook.ok ? ok(view(hook.value)) : hook;
};

/** In order of their numbers. Never fails. */
export const listSubscriptions = async (context: AppContext): Promise<Result<SubscriptionView[]>> =>
  ok((await subscriptions(context)).map(view));

/** Fails with `ngsi-not-found`. */
export const unsubscribe = async (context: AppContext, urn: string, by: string): Promise<Result<unknown>> => {
  const hook = await find(context, urn);
  return hook.ok ? deleteWebhook(context, hook.value.id, by) : hook;
};

/** The identifiers of a type that changes are about, each once; those that were erased have no name any more. */
const changed = (changes: readonly Change[], type: NgsiType): string[] => {
  const kinds: readonly string[] = kindsOf[type];
  const ids = changes
    .filter(({ kind, action }) => kinds.includes(kind) && action !== 'deleted')
    .flatMap(({ buildingId, meterId }) => (type === 'Building' ? buildingId : meterId) ?? []);
  return [...new Set(ids)];
};

/** What is sent for a delivery: a body and its headers. */
export type NotificationParts = { readonly body: object; readonly headers: Readonly<Record<string, string>> };

/**
 * The notification of what changed: the entities as they now are, those of the subscription alone; undefined where none is
 * left. Meters of dwellings are in none.
 */
export const notificationOf = async (
  { store, nowMs }: AppContext,
  { id, subscription }: Webhook,
  deliveryId: string,
  changes: readonly Change[],
): Promise<NotificationParts | undefined> => {
  const { asked, contextUrl } = keptSchema.parse(subscription);
  const { endpoint, attributes, format } = asked.notification;
  const data: NgsiEntity[] = [];
  for (const type of ngsiTypes) {
    const wanted = asked.entities.filter((one) => one.type === type);
    const all = wanted.some((one) => one.id === undefined);
    const named = new Set(wanted.flatMap((one) => [one.id ?? []].flat()).map((urn) => readUrn(urn)?.id));
    const ids = changed(changes, type).filter((one) => all || named.has(one));
    if (wanted.length > 0 && ids.length > 0) data.push(...(await entitiesNamed(store, type, ids, 'reader')));
  }
  if (data.length === 0) return undefined;
  const shape = {
    keyValues: format !== 'normalized',
    ...(attributes === undefined ? {} : { attrs: attributes }),
  };
  const linked = endpoint.accept === 'application/ld+json';
  return {
    body: {
      id: `urn:ngsi-ld:Notification:${deliveryId}`,
      type: 'Notification',
      subscriptionId: `${mark}${id}`,
      notifiedAt: new Date(nowMs()).toISOString(),
      data: data.map((entity) => shaped(entity, shape)),
      ...(linked ? { '@context': ngsiContext['@context'] } : {}),
    },
    headers: {
      'content-type': endpoint.accept,
      ...(linked
        ? {}
        : {
            link: `<${contextUrl}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`,
          }),
    },
  };
};
