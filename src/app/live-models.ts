import { readModelRecord } from '#measure/index.ts';
import type { AuditEntry, StoredModel } from '#store/index.ts';
import { formatDay } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { meterOf } from './ingest.ts';
import type { LiveModel, LiveModels, PromotionRequest } from './live-models-views.ts';
import { type Listed, listed, type ListRequest, withFilter } from './listing.ts';
import { mayUse, type Role } from './privacy.ts';
import { messageSchema } from './views.ts';

const DAY_MS = 86_400_000;

/** The reason of an audit line in both languages; what a person typed is the same in both. */
const saidOf = ({ reason, detail }: AuditEntry): Message =>
  messageSchema.safeParse(detail['reason']).data ?? message(reason, reason);

const viewOf = async ({ store }: AppContext, model: StoredModel): Promise<LiveModel> => {
  const record = readModelRecord(model.record);
  const [said] = await store.audit.list({ subject: `model:${model.id}`, limit: 1 });
  return {
    id: model.id,
    role: model.role,
    status: model.status,
    window: {
      from: formatDay(model.window.fromMs / DAY_MS),
      to: formatDay(model.window.toMs / DAY_MS - 1),
    },
    kind: record.ok ? record.value.model.kind : null,
    cvRmse: record.ok ? record.value.diagnostics.cvRmse : null,
    dataHash: model.dataHash,
    stale: model.stale ?? null,
    at: new Date(model.createdMs).toISOString(),
    last:
      said === undefined
        ? null
        : {
            by: said.by,
            action: said.action,
            reason: said.reason,
            said: saidOf(said),
            at: new Date(said.atMs).toISOString(),
          },
  };
};

/** Every model of a meter, newest first, each with the last thing decided of it. Fails with `unknown-meter`, `personal-data`. */
export const listModels = async (
  context: AppContext,
  meterId: string,
  role: Role,
): Promise<Result<LiveModels>> => {
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  if (!allowed.ok) return allowed;
  const models: LiveModel[] = [];
  for (const model of await context.store.models.history(meterId)) models.push(await viewOf(context, model));
  return ok({ meterId, models });
};

/** A page of the models of a meter. Fails with `unknown-meter`, `personal-data`. */
export const pageOfModels = async (
  context: AppContext,
  meterId: string,
  role: Role,
  request: ListRequest,
): Promise<Result<Listed<LiveModel>>> => {
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  if (!allowed.ok) return allowed;
  const page = await context.store.models.page(withFilter(request, 'meter', meterId).query);
  const models: LiveModel[] = [];
  for (const model of page.items) models.push(await viewOf(context, model));
  return ok(listed(request, models, page));
};

/**
 * Puts the model before the one in force back. Fails with `unknown-meter`, `personal-data`; throws
 * `model-no-previous` as the store does.
 */
export const rollBackModel = async (
  context: AppContext,
  meterId: string,
  role: Role,
  who: { readonly by: string; readonly reason: string },
): Promise<Result<LiveModels>> => {
  const before = await listModels(context, meterId, role);
  if (!before.ok) return before;
  await context.store.models.rollback(meterId, who);
  return listModels(context, meterId, role);
};

/**
 * A named person puts a candidate in force. One that the gate kept out needs `outsideGate`, which the audit log keeps
 * (promise P5); a frozen baseline, a retired model and another meter's never pass. Fails with `unknown-meter`,
 * `personal-data`, `not-found`, `model-not-candidate`, `promotion-refused`.
 */
export const promoteModel = async (
  context: AppContext,
  meterId: string,
  role: Role,
  id: number,
  request: PromotionRequest,
): Promise<Result<LiveModels>> => {
  const { store } = context;
  const listed = await listModels(context, meterId, role);
  if (!listed.ok) return listed;
  const model = listed.value.models.find((one) => one.id === id);
  if (model === undefined)
    return failure(
      'not-found',
      `Le compteur « ${meterId} » n’a pas de modèle ${id}.`,
      `The meter “${meterId}” has no model ${id}.`,
    );
  if (model.status !== 'candidate')
    return failure(
      'model-not-candidate',
      `Le modèle ${id} n’est pas candidat : il est en vigueur, retiré ou gelé.`,
      `Model ${id} is no candidate: it is in force, retired or frozen.`,
    );
  if (!request.outsideGate)
    return failure(
      'promotion-refused',
      `Le modèle ${id} n’a pas passé la porte : ${model.last?.reason ?? 'aucun essai gardé'}. Pour le mettre en vigueur quand même, dites-le (outsideGate), avec votre nom et la raison.`,
      `Model ${id} did not pass the gate: ${model.last?.reason ?? 'no trial kept'}. To put it in force all the same, say so (outsideGate), with your name and the reason.`,
    );
  await store.models.promote(id, { by: request.by, reason: `outside the gate: ${request.reason}` });
  return listModels(context, meterId, role);
};
