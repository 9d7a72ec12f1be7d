import type { LegalDate } from '#simulate/index.ts';
import type { Building } from '#store/index.ts';
import { daysUntilOutside, statedDraws } from '#target/index.ts';
import { parseDay } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import type { Provenance } from '../core/quantity.ts';
import { seedOf } from '../core/random.ts';
import { buildingState } from './building-state.ts';
import type { AppContext } from './context.ts';
import { fuelPovertyOf } from './fuel-poverty.ts';
import { standingNow } from './legal-standing.ts';
import { dateTold } from './programme-law.ts';
import { plain } from './report.ts';

/** What a building is ranked by, one value a draw, or why it cannot be. */
export type Standing =
  | {
      readonly draws: Float64Array;
      readonly measures?: readonly string[];
      readonly sentence?: Message;
      readonly provenance?: Provenance;
    }
  | { readonly reason: Message };

type StandingCriterion = {
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly basis: string;
  readonly of: (context: AppContext, building: Building, count: number) => Promise<Standing>;
};

const DAY_MS = 86_400_000;
/** The last date that the laws at hand name, the tertiary decree's third: what no date reaches by then counts it. */
const LAST_KNOWN_DATE = '2050-01-01';

const dayOf = (text: string): number => parseDay(text) ?? 0;

const percent = (chance: number, language: 'fr' | 'en'): string => plain(100 * chance, language);

/** The first date with a chance to bind, and the likelier one behind it where the first is a doubt. */
const urgencyTold = (dates: readonly LegalDate[]): Message => {
  const soonest = dates.toSorted((one, other) => one.from.localeCompare(other.from));
  const first = soonest.find(({ chanceOutside }) => chanceOutside >= 0.005);
  if (first === undefined) return message('aucune date connue ne l’atteint.', 'no known date reaches it.');
  const likely = soonest.find(({ chanceOutside }) => chanceOutside > 0.5);
  const told = (one: LegalDate): Message => {
    const what = dateTold(one.law, one.step, one.from);
    return message(
      `${what.fr} (${percent(one.chanceOutside, 'fr')} % de chances d’être alors hors la loi)`,
      `${what.en} (${percent(one.chanceOutside, 'en')} % chance of standing outside the law then)`,
    );
  };
  const one = told(first);
  if (likely === undefined || likely === first) return message(`${one.fr}.`, `${one.en}.`);
  const two = told(likely);
  return message(`${one.fr} ; ${two.fr}.`, `${one.en}; ${two.en}.`);
};

const legalUrgency: StandingCriterion['of'] = async (context, { id }, count) => {
  const state = await buildingState(context, id);
  if (!state.ok) return { reason: state.error.message };
  const { dates, notEvaluated } = standingNow(state.value, context.nowMs());
  if (notEvaluated !== undefined) return { reason: notEvaluated };
  return {
    draws: daysUntilOutside(
      dates.map(({ from, chanceOutside }) => ({ day: dayOf(from), chanceOutside })),
      { today: Math.floor(context.nowMs() / DAY_MS), horizonDay: dayOf(LAST_KNOWN_DATE) },
      { count, seed: seedOf(id) },
    ),
    sentence: urgencyTold(dates),
  };
};

const fuelPoverty =
  (asked: 'share' | 'score'): StandingCriterion['of'] =>
  async (_context, building, count) => {
    const given = fuelPovertyOf(building);
    if (given?.kind !== asked)
      return {
        reason: message(
          given === undefined
            ? 'précarité énergétique non donnée : elle ne se devine pas (« stacoptim poverty TABLEAU »).'
            : 'sa précarité énergétique est donnée sur une autre échelle.',
          given === undefined
            ? 'fuel poverty not given: it is never guessed (“stacoptim poverty SHEET”).'
            : 'its fuel poverty is given on another scale.',
        ),
      };
    const [most, scale] = asked === 'share' ? [1, 100] : [Number.POSITIVE_INFINITY, 1];
    return {
      draws: statedDraws(given, [0, most], { count, seed: seedOf(building.id) }).map((one) => scale * one),
      sentence: message(`source : ${given.source}.`, `source: ${given.source}.`),
      provenance: 'declared',
    };
  };

/** Criteria by which buildings are ranked as they stand, without works. */
export const standingCriteria: Readonly<
  Record<'legal-urgency' | 'fuel-poverty' | 'fuel-poverty-score', StandingCriterion>
> = {
  'legal-urgency': {
    unit: 'd',
    better: 'less',
    basis: `Days until the building first stands outside the law, by the chances of its estimated label or declared targets (negative: since); what no known date reaches counts ${LAST_KNOWN_DATE}; an estimate, neither a DPE nor an OPERAT certificate`,
    of: legalUrgency,
  },
  'fuel-poverty': {
    unit: '%',
    better: 'more',
    basis: 'Share of households in fuel poverty as given, with the interval given of it if any',
    of: fuelPoverty('share'),
  },
  'fuel-poverty-score': {
    unit: '1',
    better: 'more',
    basis: 'Score of fuel poverty as given, with the interval given of it if any',
    of: fuelPoverty('score'),
  },
};
