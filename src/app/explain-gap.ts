import {
  explainGap,
  type GapPart,
  knownWithin,
  type PromisedSignature,
  signatureEvidence,
} from '#measure/index.ts';
import { renovatedTwin } from '#simulate/index.ts';
import { formatDay } from '../core/calendar.ts';
import { Z90 } from '../core/quantity.ts';
import { meanOf } from '../core/random.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { type BuildingState, buildingState } from './building-state.ts';
import { reportingOf } from './works-periods.ts';
import { scenarioOn } from './comparison.ts';
import type { AppContext } from './context.ts';
import type { GapView } from './gap-views.ts';

/** How far the balance point of a twin may be wrong after works that change no set point, K. */
const BALANCE_SD_K = 0.7;
const BASE_SD = 0.1;

/** The heating line the works were to leave: slope as loss over efficiency, balance point as the set point less gains over loss. */
const promiseOf = ({ before, done }: BuildingState): PromisedSignature | undefined => {
  const line = before.fit === undefined ? undefined : signatureEvidence(before.fit);
  const scenario = scenarioOn(before, done, []);
  if (line === undefined || !scenario.ok) return undefined;
  const after = renovatedTwin(before.twin, done);
  const loss = after.heatLoss.value / before.twin.heatLoss.value;
  const efficiency = after.system.efficiency.value / before.twin.system.efficiency.value;
  const setPointC = meanOf(before.posterior.setPointC);
  const warmer = after.setPointC.value - before.twin.setPointC.value;
  const { byUse, savingPercent } = scenario.value;
  const left = Math.max(5, 100 - savingPercent.value);
  return {
    slopeKwhKDay: (line.slopeKwhKDay * loss) / efficiency,
    balancePointC: setPointC + warmer - (setPointC - line.balancePointC) / loss,
    baseLoadKwhDay:
      line.baseLoadKwhDay * (byUse.before.baseLoad > 0 ? byUse.after.baseLoad / byUse.before.baseLoad : 1),
    slopeSd: (savingPercent.high - savingPercent.low) / (2 * Z90) / left,
    balanceSdK: BALANCE_SD_K,
    baseSd: BASE_SD,
  };
};

const notEvaluated = (fr: string, en: string): Result<never> => failure('not-evaluated', fr, en);

/**
 * Explains the gap of the last works of a building. Fails with `unknown-building`, and with `not-evaluated` while half a year of readings
 * after works is missing or the meter shows no heating line on both sides.
 */
export const explainBuildingGap = async (
  context: AppContext,
  buildingId: string,
): Promise<Result<GapView>> => {
  const found = await buildingState(context, buildingId);
  if (!found.ok) return found;
  const { now, before, series, works, done } = found.value;
  const first = formatDay(now.window.from);
  const last = works.findLast(({ endDay, endedBy }) => endedBy === undefined && endDay < first);
  if (series === undefined || last === undefined || done.length === 0)
    return notEvaluated(
      'Il faut des travaux finis et une demi-année de relevés après eux pour expliquer un écart.',
      'Finished works and half a year of readings after them are needed to explain a gap.',
    );
  const promised = promiseOf(found.value);
  const [lineBefore, lineAfter] = [before.fit, now.fit].map((fit) => fit && signatureEvidence(fit));
  if (promised === undefined || lineBefore === undefined || lineAfter === undefined)
    return notEvaluated(
      'Le compteur ne montre pas de droite de chauffage avant et après les travaux : l’écart ne se partage pas par cause.',
      'The meter shows no heating line before and after the works: the gap cannot be split by cause.',
    );
  const judged = reportingOf(series, last, works);
  const outdoor = (days: readonly number[]): number[] =>
    days.map((day) => series.outdoorC[day - series.firstDay]);
  const after = knownWithin(series, judged);
  const parts: readonly GapPart[] = explainGap({
    before: lineBefore,
    promised,
    after: lineAfter,
    referenceC: outdoor(knownWithin(series, before.window).days),
    judgedC: outdoor(after.days),
    actualKwh: after.energyKwh,
  });
  return ok({
    worksId: last.id,
    parts: [...parts],
    gapKwh: parts.reduce((sum, { kwh }) => sum + kwh.value, 0),
  });
};
