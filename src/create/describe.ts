import type { Certificate } from '#core/certificate.ts';
import { type Warning, warning } from '#core/message.ts';
import { ok, type Result } from '#core/result.ts';
import type { Twin } from '#core/twin.ts';
import { envelopeFromCertificate, factsFromCertificate } from './certificate.ts';
import { twinFromForm } from './form.ts';
import { applyOverrides } from './overrides.ts';
import type { Described } from './described.ts';
import type { GeometryOptions } from './geometry.ts';
import { airAssumed, type Preflight } from './preflight.ts';
import { questionsFor } from './questions.ts';
import { checked } from './refusal.ts';
import { type Answers, answersSchema, type BuildingFacts, type BuildingForm } from './schema.ts';
import { twinFromEnvelope } from './twin.ts';
import type { Envelope } from './types.ts';
import { groupedEn, groupedFr } from '../core/wording.ts';

export type Answered = {
  readonly envelope: Envelope;
  readonly facts: BuildingFacts;
  readonly twin: Twin;
  readonly report: Preflight;
};

/**
 * A building from its energy certificate alone (DPE): the envelope, areas in m2 and U in W/(m2 K), with what
 * was found, assumed and contradictory. The loss it adds up to is set against the certificate's own; a
 * disagreement is a finding, not a failure.
 */
export const describeCertificate = (certificate: Certificate): Described => {
  const envelope = envelopeFromCertificate(certificate);
  const day = certificate.day === undefined ? '' : certificate.day;
  return {
    kind: 'dpe',
    envelope,
    facts: factsFromCertificate(certificate),
    northKnown: true,
    findings: {
      found: [
        warning(
          'found-certificate',
          `DPE ${certificate.number}${day === '' ? '' : ` du ${day}`} : ${certificate.elements.length} parois et baies, ${groupedFr(certificate.floorAreaM2)} m² ${certificate.scope === 'building' ? '(immeuble)' : '(logement)'}.`,
          `Certificate ${certificate.number}${day === '' ? '' : ` of ${day}`}: ${certificate.elements.length} elements, ${groupedEn(certificate.floorAreaM2)} m2 (${certificate.scope}).`,
        ),
      ],
      assumed: envelope.warnings.filter((one) => one.code !== 'loss-against-certificate'),
      contradictory: envelope.warnings.filter((one) => one.code === 'loss-against-certificate'),
      missing: [],
    },
  };
};

/** A building from the short form. Fails as `twinFromForm`. */
export const describeForm = (input: unknown): Result<Described & { readonly form: BuildingForm }> => {
  const filled = twinFromForm(input);
  if (!filled.ok) return filled;
  const { form, envelope, warnings } = filled.value;
  const unknown = warnings.filter((one) => one.code === 'u-period-unknown');
  return ok({
    kind: 'form',
    envelope,
    facts: form,
    form,
    northKnown: true,
    findings: {
      found: [
        warning(
          'found-form',
          `Une fiche : ${form.floorAreaM2} m², ${form.storeys} niveaux.`,
          `A form: ${form.floorAreaM2} m2, ${form.storeys} storeys.`,
        ),
      ],
      assumed: warnings.filter((one) => one.code !== 'u-period-unknown'),
      contradictory: [],
      missing: unknown,
    },
  });
};

/** What a person said of the spaces, as the cutting of the cells takes it. */
export const spacesSaid = (spaces: Answers['spaces']): GeometryOptions => {
  const of = (what: string): string[] =>
    Object.entries(spaces ?? {}).flatMap(([id, said]) => (said === what ? [id] : []));
  return {
    heatedSpaceIds: of('heated'),
    unheatedSpaceIds: of('unheated'),
    ignoredSpaceIds: of('ignored'),
  };
};

/** A person's answers, checked. @returns `answers-invalid` with the field and the reason. */
export const parseAnswers = (input: unknown): Result<Answers> =>
  checked(answersSchema, input, {
    code: 'answers-invalid',
    fr: 'Les réponses ne sont pas valables',
    en: 'The answers are not valid',
  });

const refilled = (
  form: BuildingForm,
  answers: Answers,
): Result<{ readonly envelope: Envelope; readonly form: BuildingForm }> =>
  twinFromForm({
    ...form,
    ...answers.building,
    ...answers.form,
    ...(answers.period === undefined ? {} : { period: answers.period }),
  });

/** What no answer and no file said, and what stands in. */
const unsaid = (facts: Partial<BuildingFacts>): Warning[] =>
  facts.use === undefined
    ? [
        warning(
          'use-assumed',
          'L’usage n’est pas connu : « autre » est pris, avec ses apports et sa température.',
          'The use is not known: “other” is taken, with its gains and temperature.',
        ),
      ]
    : [];

const SETTLED_BY_PERIOD = new Set(['period-missing', 'u-period-unknown']);
const SETTLED_BY_AIR = new Set(['air-assumed']);
const SETTLED_BY_NORTH = new Set(['north-assumed']);

/** The findings that the answers have settled are no longer said; nor is an unknown period that nothing depends on any more. */
const stillSaid = (list: readonly Warning[], answers: Answers, periodMatters: boolean): Warning[] =>
  list.filter(
    ({ code }) =>
      !((answers.period !== undefined || !periodMatters) && SETTLED_BY_PERIOD.has(code)) &&
      !(answers.airChangePerH !== undefined && SETTLED_BY_AIR.has(code)) &&
      !(answers.northTurnDeg !== undefined && SETTLED_BY_NORTH.has(code)),
  );

/**
 * The building with a person's answers, always made from what the file said: the same answers give the same twin, and an answer
 * taken away leaves no trace. Answers about spaces are not applied here: they need the model again.
 * @returns `form-invalid` and `period-invalid` as the form gives them.
 */
export const answered = (described: Described, answers: Answers, id: string): Result<Answered> => {
  const form = described.form === undefined ? undefined : refilled(described.form, answers);
  if (form?.ok === false) return form;
  const start = form?.value.envelope ?? described.envelope;
  const { period, ...rest } = answers;
  const overrides = form === undefined && period !== undefined ? { ...rest, period } : rest;
  const envelope = applyOverrides(start, overrides);
  if (envelope.warnings.some((one) => one.code === 'period-invalid') && period !== undefined) {
    const [why] = envelope.warnings.filter((one) => one.code === 'period-invalid');
    if (why !== undefined)
      return { ok: false, error: { code: why.code, message: why.message, where: { field: 'period' } } };
  }
  const said: Partial<BuildingFacts> = { ...described.facts, ...form?.value.form, ...answers.building };
  const year = period !== undefined && /^\d{4}$/.test(period.trim()) ? Number(period) : undefined;
  const facts: BuildingFacts = {
    ...said,
    ...(said.constructionYear === undefined && year !== undefined ? { constructionYear: year } : {}),
    id,
    name: said.name ?? id,
    use: said.use ?? 'other',
  };
  const questions = questionsFor({
    envelope,
    facts: said,
    northKnown: described.northKnown,
    saidSpaces: new Set(Object.keys(answers.spaces ?? {})),
    ...(form === undefined
      ? {}
      : {
          refill: (other: string): Envelope | undefined => {
            const again = refilled(form.value.form, { ...rest, period: other });
            return again.ok ? applyOverrides(again.value.envelope, rest) : undefined;
          },
        }),
  });
  const { found, assumed, contradictory, missing } = described.findings;
  const periodMatters = questions.some(({ code }) => code === 'ask-period');
  return ok({
    envelope,
    facts,
    twin: twinFromEnvelope(envelope, facts),
    report: {
      found,
      assumed: [
        // A period answered has changed the default: what is taken is said as it is now.
        ...stillSaid(assumed, answers, periodMatters).map((one) =>
          one.code === 'air-assumed' ? airAssumed(envelope) : one,
        ),
        ...unsaid(said),
      ],
      contradictory,
      missing: stillSaid(missing, answers, periodMatters),
      questions,
    },
  });
};
