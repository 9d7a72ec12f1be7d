import { familyName, familyOf } from '#correct/index.ts';
import { shippedCatalogue } from '#simulate/index.ts';
import { type Message, message } from '../core/message.ts';
import { countFr } from '../core/wording.ts';
import type { Twin } from '../core/twin.ts';
import type { AppContext } from './context.ts';
import { changedDefaults, defaultsInForce, defaultsNow } from './learnt-defaults.ts';
import { readable } from './programme-record.ts';
import { type RatesFor, ratesInForce } from './rates.ts';
import type { UsedRate } from './rates-views.ts';

/** A rate that moves by less than two points of a hundred moves no decision. */
const WORTH_TELLING = 0.02;

/** The rates of some measures as they count today for a building. */
export const usedRates = (
  rates: RatesFor,
  twin: Pick<Twin, 'use' | 'constructionYear'>,
  measures: readonly string[],
): UsedRate[] =>
  rates(twin)
    .filter(({ measure }) => measures.includes(measure))
    .map(({ measure, mean, cases }) => ({ measure, family: familyOf(twin).id, mean, cases }));

const percent = (rate: number): string => (100 * rate).toFixed(0);

/** What has changed of rates since they were used, a sentence each. */
export const changedRates = (used: readonly UsedRate[], now: readonly UsedRate[]): Message[] =>
  used.flatMap((then) => {
    const today = now.find(({ measure, family }) => measure === then.measure && family === then.family);
    if (today === undefined || Math.abs(today.mean - then.mean) < WORTH_TELLING) return [];
    const name =
      shippedCatalogue.find(({ id }) => id === then.measure)?.name ?? message(then.measure, then.measure);
    const family = familyName(then.family);
    const more = today.cases - then.cases;
    const because =
      more > 0
        ? message(` (${countFr(more, 'chantier', 'chantiers')} de plus)`, ` (${more} more finished works)`)
        : message(' (mesures reprises)', ' (measured again)');
    return [
      message(
        `${name.fr}, ${family.fr} : taux de réalisation de ${percent(then.mean)} à ${percent(today.mean)} %${because.fr}`,
        `${name.en}, ${family.en}: realisation rate from ${percent(then.mean)} to ${percent(today.mean)} %${because.en}`,
      ),
    ];
  });

/** The changes in one sentence; undefined where there is none. */
export const toldTogether = (changes: readonly Message[], fr: string, en: string): Message | undefined =>
  changes.length === 0
    ? undefined
    : message(
        `${fr} ${changes.map((one) => one.fr).join(' ; ')}.`,
        `${en} ${changes.map((one) => one.en).join('; ')}.`,
      );

/**
 * Marks as stale every programme whose rates or learnt defaults have moved since it was computed, with what has moved, and takes the mark off those
 * whose rates are again what they were. Gives the programmes marked.
 */
export const markStaleProgrammes = async (context: AppContext): Promise<{ id: number; stale: Message }[]> => {
  const { store } = context;
  const rates = await ratesInForce(context);
  const defaults = await defaultsInForce(context);
  const marked: { id: number; stale: Message }[] = [];
  for (const stored of await store.programmes.list()) {
    const { id, stale } = stored;
    const programme = readable(stored);
    if (programme === undefined) continue;
    const now: UsedRate[] = [];
    for (const { buildingId, measures } of programme.chosen) {
      const twin = (await store.twins.current(buildingId))?.twin;
      if (twin !== undefined)
        now.push(
          ...usedRates(
            rates,
            twin,
            measures.map((one) => one.id),
          ),
        );
    }
    const told = toldTogether(
      [
        ...changedRates(programme.rates, now),
        ...changedDefaults(programme.defaults, defaultsNow(defaults, programme.defaults)),
      ],
      'Ce que les travaux finis et les compteurs ont appris a changé depuis ce calcul :',
      'What finished works and meters have taught has changed since this was computed:',
    );
    if (told?.fr !== stale?.fr) await store.programmes.setStale(id, told);
    if (told !== undefined) marked.push({ id, stale: told });
  }
  return marked;
};
