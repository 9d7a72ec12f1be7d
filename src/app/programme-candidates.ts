import {
  bindingDate,
  DATE_BINDS_ABOVE,
  keepsLaw,
  lastWorksYear,
  type LegalDate,
  type Measure,
} from '#simulate/index.ts';
import type { Candidate, Package } from '#target/index.ts';
import type { Message } from '../core/message.ts';
import { meanOf, medianOf } from '../core/random.ts';
import { type BuildingState, measuresNamed } from './building-state.ts';
import { type Catalogue, shipped } from './catalogue.ts';
import { drawsOn, packagesFor } from './comparison.ts';
import { dwellingsOrDefault } from './law-facts.ts';
import { legalStanding, standingNow } from './legal-standing.ts';
import type { RatesFor } from './rates.ts';

/** How the dates of the law are read into a programme. */
type LawReading = {
  /** Chance of standing outside the law above which a date binds. */
  readonly bindsAbove: number;
  /** Last year of the programme. */
  readonly lastYear: number;
  readonly nowMs: number;
};

/** What the law asks of a candidate, for the programme to tell. */
type CandidateLaw = {
  /** The date that binds it; absent when none does. */
  readonly binding?: LegalDate;
  readonly notEvaluated?: Message;
  /** Packages after which no date up to the programme's end binds. */
  readonly keptBy: ReadonlySet<string>;
  /** Chance of standing outside the law at the binding date once a package is done, 0 to 1. */
  readonly outsideAfter: ReadonlyMap<string, number>;
};

export type StockCandidate = {
  readonly candidate: Candidate;
  /** Whether a meter says what the building takes today; otherwise its twin alone does. */
  readonly metered: boolean;
  readonly law: CandidateLaw;
};

/** What the building takes in a year: by its meter, or by the draws of its twin where no meter speaks. */
const takenToday = (
  { now }: BuildingState,
  rates: RatesFor,
  catalogue: Catalogue,
): Pick<Candidate, 'baselineKwh' | 'baselineDraws'> => {
  if (now.yearKwh !== undefined) return { baselineKwh: now.yearKwh.value };
  const asItIs = drawsOn(now, [], rates(now.twin), catalogue);
  if (!asItIs.ok) return { baselineKwh: 0 };
  const { beforeKwh } = asItIs.value;
  return { baselineKwh: meanOf(beforeKwh), baselineDraws: beforeKwh };
};

/** Default of the chance above which a date binds. */
export const lawBindsAbove = (asked: number | undefined): number => asked ?? DATE_BINDS_ABOVE;

/**
 * A building with its packages of works as the optimiser takes them, their legal effect included: the first date whose chance of
 * standing outside the law is over the reading's threshold is its deadline; a package lifts it when no date up to the
 * programme's end binds after it.
 */
export const stockCandidate = (
  state: BuildingState,
  rates: RatesFor,
  { bindsAbove, lastYear, nowMs }: LawReading,
  catalogue: Catalogue = shipped,
): StockCandidate => {
  const { building, now } = state;
  const standing = standingNow(state, nowMs);
  const binding = bindingDate(standing.dates, bindsAbove);
  const judgedThrough = Math.max(lastYear + 1, binding === undefined ? 0 : Number(binding.from.slice(0, 4)));
  const doneIds = new Set(state.done.map(({ id }) => id));
  const keptBy = new Set<string>();
  const outsideAfter = new Map<string, number>();
  const packages = packagesFor(state, catalogue)
    .filter((ids) => ids.every((id) => !doneIds.has(id)))
    .flatMap((ids): Package[] => {
      const measures: readonly Measure[] = measuresNamed(ids, catalogue.measures);
      const scenario = drawsOn(now, measures, rates(now.twin), catalogue);
      // A package whose cost nobody knows cannot be put under a budget.
      if (!scenario.ok || scenario.value.costEur === undefined) return [];
      const draws = scenario.value;
      const id = ids.join('+');
      // Without a date to keep, the label after works changes nothing in the programme.
      const after = binding === undefined ? [] : legalStanding(state, measures, () => draws, nowMs).dates;
      const meetsLaw = binding !== undefined && keepsLaw(after, judgedThrough, bindsAbove);
      const same = after.find(({ law, step }) => law === binding?.law && step === binding.step);
      if (same !== undefined) outsideAfter.set(id, same.chanceOutside);
      if (meetsLaw) keptBy.add(id);
      return [
        {
          id,
          measures: ids,
          costEur: Math.ceil(medianOf(scenario.value.costEur)),
          savingKwh: medianOf(draws.savingKwh),
          savingDraws: draws.savingKwh,
          meetsLaw,
          ...(draws.carbonKg === undefined ? {} : { carbonKg: medianOf(draws.carbonKg) }),
          ...(draws.netValueEur === undefined ? {} : { netValueEur: meanOf(draws.netValueEur) }),
        },
      ];
    });
  return {
    candidate: {
      buildingId: building.id,
      name: building.name,
      ...takenToday(state, rates, catalogue),
      dwellings: building.use === 'housing' ? dwellingsOrDefault(building, now.twin.floorAreaM2.value) : 1,
      ...(building.commune === undefined ? {} : { group: building.commune }),
      ...(binding === undefined ? {} : { deadlineYear: lastWorksYear(binding) }),
      packages,
    },
    metered: now.yearKwh !== undefined,
    law: {
      keptBy,
      outsideAfter,
      ...(binding === undefined ? {} : { binding }),
      ...(standing.notEvaluated === undefined ? {} : { notEvaluated: standing.notEvaluated }),
    },
  };
};
