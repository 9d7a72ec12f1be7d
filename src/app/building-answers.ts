import { type Answered, answered, answersOfCertificate, parseAnswers } from '#create/index.ts';
import { readDpe } from '#formats/dpe/index.ts';
import type { Decision } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { type BuildingRecord, parseRecord, saveDescribed } from './building-record.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { preflightView, sameSpaces } from './onboarding.ts';
import type { CertificateAnswersView, PreflightView } from './onboarding-views.ts';

const storedRecord = async (context: AppContext, id: string) => {
  if ((await context.store.buildings.get(id)) === undefined) return unknownBuilding(id);
  const stored = await context.store.envelopes.latest(id);
  const record = stored === undefined ? undefined : parseRecord(stored.document);
  if (stored === undefined || record === undefined)
    return failure(
      'not-evaluated',
      'Ce bâtiment n’a pas de description conservée : déposez sa maquette.',
      'No description of this building is kept: upload its model.',
    );
  return ok({ record, source: stored.source });
};

/** Without the questions about spaces, which only the model at hand can answer: what was assumed of them stays said. */
const answerable = (report: PreflightView): PreflightView => ({
  ...report,
  questions: report.questions.filter(({ field }) => field.path[0] !== 'spaces'),
});

/**
 * The pre-flight report of a building of the stock, with the answers in force. Fails with `unknown-building`,
 * `not-evaluated`, and what the answers in force give.
 */
export const viewPreflight = async (context: AppContext, id: string): Promise<Result<PreflightView>> => {
  const stored = await storedRecord(context, id);
  if (!stored.ok) return stored;
  const { described, answers } = stored.value.record;
  const result = answered(described, answers, id);
  return result.ok ? ok(answerable(preflightView(result.value, answers))) : result;
};

/**
 * Replaces the answers of a building of the stock: its twin is made again from what was read and from these, as a new version. Answers
 * about spaces need the model and are refused here.
 */
export const answerBuilding = async (
  context: AppContext,
  id: string,
  input: unknown,
  decision: Decision,
): Promise<Result<PreflightView>> => {
  const stored = await storedRecord(context, id);
  if (!stored.ok) return stored;
  const answers = parseAnswers(input);
  if (!answers.ok) return answers;
  const { described, answers: before } = stored.value.record;
  if (!sameSpaces(before.spaces, answers.value.spaces))
    return failure(
      'spaces-need-model',
      'Pour changer les locaux chauffés, déposez de nouveau la maquette.',
      'To change which spaces are heated, upload the model again.',
      { field: 'spaces' },
    );
  const result = answered(described, answers.value, id);
  if (!result.ok) return result;
  const end = context.startLedger('create');
  await context.store.transaction(async (into) => {
    await saveDescribed(into, { ...stored.value.record, answers: answers.value }, result.value, {
      ledger: end(),
      source: stored.value.source,
    });
    await into.audit.add({
      ...decision,
      action: 'answer-building',
      subject: `building:${id}`,
      detail: { before, after: answers.value },
    });
  });
  return ok(answerable(preflightView(result.value, answers.value)));
};

/**
 * What a certificate (ADEME's XML) answers of a building of the stock; answers in force pass before it, and nothing is kept until they are
 * sent (`answerBuilding`). Fails as `readDpe` does, with `unknown-building` and `not-evaluated`.
 */
export const certificateAnswers = async (
  context: AppContext,
  id: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<CertificateAnswersView>> => {
  const stored = await storedRecord(context, id);
  if (!stored.ok) return stored;
  const certificate = readDpe(file.name, file.bytes);
  if (!certificate.ok) return certificate;
  const { described, answers: before } = stored.value.record;
  const { answers, said, warnings } = answersOfCertificate(
    certificate.value,
    described.envelope,
    before.building,
  );
  return ok({
    number: certificate.value.number,
    day: certificate.value.day ?? null,
    said: [...said],
    warnings: [...warnings],
    answers: {
      ...answers,
      ...before,
      building: { ...answers.building, ...before.building },
      ...(answers.uByGroup === undefined && before.uByGroup === undefined
        ? {}
        : { uByGroup: { ...answers.uByGroup, ...before.uByGroup } }),
    },
  });
};

/** What was read of a building of the stock, and its envelope with the answers in force. Fails with `unknown-building`, `not-evaluated`. */
export const answeredRecord = async (
  context: AppContext,
  id: string,
): Promise<
  Result<{ readonly record: BuildingRecord; readonly answered: Answered; readonly sha256?: string }>
> => {
  const stored = await storedRecord(context, id);
  if (!stored.ok) return stored;
  const { record, source } = stored.value;
  const result = answered(record.described, record.answers, id);
  const { sha256 } = source;
  return result.ok
    ? ok({ record, answered: result.value, ...(sha256 === undefined ? {} : { sha256 }) })
    : result;
};

/**
 * The envelope of a building of the stock with the answers in force, for the exports. Fails with `unknown-building`,
 * `not-evaluated`, and what the answers in force give.
 */
export const answeredBuilding = async (
  context: AppContext,
  id: string,
): Promise<Result<Answered & { readonly sha256?: string }>> => {
  const found = await answeredRecord(context, id);
  if (!found.ok) return found;
  const { record: _, answered: result, ...source } = found.value;
  return ok({ ...result, ...source });
};
