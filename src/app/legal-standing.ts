import {
  type LegalDate,
  type Measure,
  type ScenarioDraws,
  type TertiaryLanding,
  tertiaryLanding,
} from '#simulate/index.ts';
import { type Message, message } from '../core/message.ts';
import type { BuildingState } from './building-state.ts';
import { drawsOn } from './comparison.ts';
import { dpeLabelOf } from './dpe-label.ts';
import { placeOf } from './place.ts';
import { declarationOf, dwellingsOf, siteDeclared } from './law-facts.ts';
import type { DpeLabelView } from './views.ts';

/** Where a building stands against the dates of the law, before works or after them. */
export type LegalStanding = {
  readonly dates: readonly LegalDate[];
  readonly label?: DpeLabelView;
  readonly landings?: readonly TertiaryLanding[];
  /** Median of the yearly final energy of all uses, kWh; with `landings`. */
  readonly finalKwh?: number;
  /** Why no date could be judged; absent when they were. */
  readonly notEvaluated?: Message;
};

const rental = (label: DpeLabelView | undefined): LegalStanding =>
  label === undefined
    ? { dates: [], notEvaluated: message('étiquette non évaluée.', 'label not evaluated.') }
    : {
        label,
        dates: label.bans.map(({ label: step, from, chanceLegal }) => ({
          law: 'rental-ban',
          step,
          from,
          chanceOutside: 1 - chanceLegal,
        })),
      };

const medianOf = (draws: Float64Array): number => draws.toSorted()[Math.floor(draws.length / 2)] ?? 0;

const tertiary = (
  { building }: BuildingState,
  drawsOf: () => ScenarioDraws | undefined,
  done: boolean,
): LegalStanding => {
  const declared = declarationOf(building);
  if (declared === undefined)
    return {
      dates: [],
      notEvaluated: message(
        'décret tertiaire non évalué : l’année de référence et sa consommation tous usages ne sont pas données (« stacoptim law BÂTIMENT --reference-year … »).',
        'tertiary decree not evaluated: the reference year and its use for all purposes are not given (“stacoptim law BUILDING --reference-year …”).',
      ),
    };
  const draws = drawsOf();
  if (draws === undefined)
    return {
      dates: [],
      notEvaluated: message(
        'décret tertiaire non évalué : sa consommation ne se simule pas encore.',
        'tertiary decree not evaluated: its use cannot be simulated yet.',
      ),
    };
  const finalKwh = draws.beforeKwh.map(
    (kwh, i) =>
      kwh + declared.otherUsesKwhYear - (done ? draws.savingKwh[i] + draws.electricitySavedKwh[i] : 0),
  );
  const landed = tertiaryLanding(siteDeclared(declared), finalKwh);
  if (!landed.ok) return { dates: [], notEvaluated: landed.error.message };
  return {
    landings: landed.value,
    finalKwh: medianOf(finalKwh),
    dates: landed.value.map(({ year, chanceMet }) => ({
      law: 'tertiary-decree',
      step: String(year),
      // The use of the year itself is judged: works must end before it begins.
      from: `${year}-01-01`,
      chanceOutside: 1 - chanceMet,
    })),
  };
};

/**
 * The dates that a building must keep and the chance that it stands outside each: of the rental ban for housing, from the label's
 * chances, and of the tertiary decree for the rest, from what the owner declared. `drawsOf` gives those of the measures
 * (before them when `measures` is empty) and is asked only where they are needed.
 */
export const legalStanding = (
  state: BuildingState,
  measures: readonly Measure[],
  drawsOf: () => ScenarioDraws | undefined,
  nowMs: number,
): LegalStanding =>
  state.building.use === 'housing'
    ? rental(
        dpeLabelOf(state.now, measures, nowMs, placeOf(state.building), dwellingsOf(state.building)).dpeLabel,
      )
    : tertiary(state, drawsOf, measures.length > 0);

/** `legalStanding` of the building as it stands. */
export const standingNow = (state: BuildingState, nowMs: number): LegalStanding =>
  legalStanding(
    state,
    [],
    () => {
      const untouched = drawsOn(state.now, [], []);
      return untouched.ok ? untouched.value : undefined;
    },
    nowMs,
  );
