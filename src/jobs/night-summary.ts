import { outcomeCounts, retrainReport } from '../app/loop-reports.ts';
import type { AppContext } from '../app/context.ts';
import { type Language, type Message, message } from '../core/message.ts';
import { countEn, countFr } from '../core/wording.ts';
import type { Night } from './nightly.ts';

/** What one organisation's night comes to, as it is kept and read in the morning. */
export type NightSummary = {
  readonly organisation: string;
  /** How many meters came to each outcome; null where the organisation was passed over. */
  readonly meters: ReturnType<typeof outcomeCounts> | null;
  /** Works measured tonight; those whose figure stands, as nothing that it rests on has moved; and how all of these stand. */
  readonly works: {
    readonly measured: number;
    readonly unchanged: number;
    readonly provisional: number;
    readonly disqualified: number;
  };
  /** Non-routine events that wait for a person. */
  readonly eventsToDecide: number;
  /** Works that the realisation rates were learnt from. */
  readonly casesLearnt: number;
  /** Programmes that no longer rest on what is known. */
  readonly stalePlans: readonly number[];
  /** What went wrong, each by its name. */
  readonly failures: readonly {
    readonly kind: 'meter' | 'building' | 'organisation';
    readonly id: string;
    readonly reason: Message;
  }[];
  readonly sentence: Message;
};

const casesOf = (night: Extract<Night, { done: unknown }>): number =>
  night.done.correction.savings.length - night.done.correction.learnt.leftOut.length;

/** True when somebody must look at what the night left. */
export const needsLook = ({ failures }: NightSummary): boolean => failures.length > 0;

const sentenceOf = (summary: Omit<NightSummary, 'sentence'>): Message => {
  const { meters, works, eventsToDecide, failures, stalePlans } = summary;
  if (meters === null) return message('Nuit passée : voyez la raison.', 'Night passed over: see the reason.');
  const all = Object.values(meters).reduce((sum, one) => sum + one, 0);
  return message(
    `${countFr(all, 'compteur', 'compteurs')} : ${countFr(meters.promoted, 'modèle promu', 'modèles promus')}, ${countFr(meters.kept, 'gardé', 'gardés')}, ${countFr(meters.unchanged, 'inchangé', 'inchangés')} ; ${countFr(works.measured, 'opération mesurée', 'opérations mesurées')}, ${countFr(works.unchanged, 'inchangée', 'inchangées')} ; ${countFr(eventsToDecide, 'évènement à trancher', 'évènements à trancher')} ; ${countFr(stalePlans.length, 'programme périmé', 'programmes périmés')} ; ${failures.length === 0 ? 'aucun échec' : countFr(failures.length, 'échec', 'échecs')}.`,
    `${countEn(all, 'meter', 'meters')}: ${countEn(meters.promoted, 'model promoted', 'models promoted')}, ${meters.kept} kept, ${meters.unchanged} unchanged; ${countEn(works.measured, 'works measured', 'works measured')}, ${works.unchanged} unchanged; ${countEn(eventsToDecide, 'event to decide', 'events to decide')}; ${countEn(stalePlans.length, 'stale programme', 'stale programmes')}; ${failures.length === 0 ? 'no failure' : countEn(failures.length, 'failure', 'failures')}.`,
  );
};

/** What a night comes to, with the events that wait for a decision. */
export const summarise = async (context: AppContext, night: Night): Promise<NightSummary> => {
  const store = await context.store.forOrganisation(night.organisationId);
  const { organisation } = night;
  if ('refused' in night) {
    const passed = {
      organisation,
      meters: null,
      works: { measured: 0, unchanged: 0, provisional: 0, disqualified: 0 },
      eventsToDecide: 0,
      casesLearnt: 0,
      stalePlans: [],
      failures: [{ kind: 'organisation', id: organisation, reason: night.refused.message }],
    } as const;
    return { ...passed, sentence: sentenceOf(passed) };
  }
  const { meters, correction } = night.done;
  let eventsToDecide = 0;
  for (const { worksId } of correction.savings)
    eventsToDecide += (await store.events.list(worksId)).filter(({ state }) => state === 'proposed').length;
  const having = (status: string): number => correction.savings.filter((one) => one.status === status).length;
  const summary = {
    organisation,
    meters: outcomeCounts(meters),
    works: {
      measured: correction.savings.length - correction.unchanged,
      unchanged: correction.unchanged,
      provisional: having('provisional'),
      disqualified: having('disqualified'),
    },
    eventsToDecide,
    casesLearnt: casesOf(night),
    stalePlans: correction.stale.map(({ id }) => id),
    failures: [
      ...meters
        .filter(({ outcome }) => outcome === 'failed')
        .map(({ meterId, reason }) => ({ kind: 'meter' as const, id: meterId, reason })),
      ...correction.failed.map(({ buildingId, reason }) => ({
        kind: 'building' as const,
        id: buildingId,
        reason,
      })),
    ],
  };
  return { ...summary, sentence: sentenceOf(summary) };
};

/** The same to be read: the sentence, then each failure and each model that the gate kept out, with its reason. */
export const nightLines = (night: Night, summary: NightSummary, language: Language): string[] => [
  summary.organisation,
  `  ${summary.sentence[language]}`,
  ...('done' in night ? retrainReport(night.done.meters, language).slice(1) : []),
  ...summary.failures
    .filter(({ kind }) => kind !== 'meter')
    .map(({ id, reason }) => `  ${id.padEnd(34)} ${reason[language]}`),
];
