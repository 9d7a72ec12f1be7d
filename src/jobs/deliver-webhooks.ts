import { setTimeout as sleep } from 'node:timers/promises';
import type { AppContext } from '../app/context.ts';
import { everyOrganisation } from '../app/organisations.ts';
import { defaultPolicy, deliverNext, type DeliveryPolicy } from '../app/webhook-deliver.ts';

/** Wait between two looks when there was nothing to send. */
const lookMs = 2000;

/** Senders of one organisation at the same time: a receiver that is slow holds neither the others nor other organisations. */
const atOnce = 4;

/**
 * Sends changes to their receivers for as long as the server lives; several servers share the work. Gives the function
 * that stops it once what is being sent has ended.
 */
export const startWebhooks = (
  context: AppContext,
  onFailure: (error: unknown) => void,
  { policy = defaultPolicy, everyMs = lookMs }: { policy?: DeliveryPolicy; everyMs?: number } = {},
): (() => Promise<void>) => {
  const stop = new AbortController();
  const senders = new Map<number, Set<Promise<void>>>();
  const send = async (own: AppContext): Promise<void> => {
    try {
      while (!stop.signal.aborted && (await deliverNext(own, policy)));
    } catch (error) {
      onFailure(error);
    }
  };
  const startSender = (own: AppContext): void => {
    const { organisationId } = own.store;
    const busy = senders.get(organisationId) ?? new Set();
    senders.set(organisationId, busy);
    if (busy.size >= atOnce) return;
    const sender = send(own).finally(() => busy.delete(sender));
    busy.add(sender);
  };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        for (const own of await everyOrganisation(context)) startSender(own);
      } catch (error) {
        onFailure(error);
      }
      await sleep(everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
    await Promise.all([...senders.values()].flatMap((busy) => [...busy]));
  };
  const running = run();
  return async () => {
    stop.abort();
    await running;
  };
};
