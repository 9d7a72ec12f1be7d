import type { ExpectedDay } from '#measure/index.ts';
import { type Message, message } from '../core/message.ts';
import { cusumAlarm, whitened } from '../core/statistics/index.ts';
import { decimalFr } from '../core/wording.ts';

/** Days with a new reading after which a model is trained again whatever it does. */
const SCHEDULE_DAYS = 28;
/** A drift found sooner after the last training than this waits: at most 26 trainings a year. */
const LEAST_DAYS = 14;
/** Page's sums on independent residuals: a shift of one standard deviation is found in about ten days, a false one in about 465. */
const CUSUM = { allowance: 0.5, threshold: 5 } as const;
/** Days after which all of the ladder is tried again, not only the rung in service. */
export const FULL_SELECTION_DAYS = 182;

export type TrainingCause = 'first' | 'corrected' | 'resolution' | 'schedule' | 'drift';

/** What is known of the newest model that was tried on a meter, whether the gate let it in or not. */
export type NewestTried = {
  /** Last day it was fitted on. */
  readonly to: number;
  /** Readings of its days have been corrected since. */
  readonly corrected: boolean;
  /** The meter is read in another resolution than it was. */
  readonly otherResolution: boolean;
};

export type Due = { readonly due: boolean; readonly cause?: TrainingCause; readonly reason: Message };

/**
 * Whether a live model is to be trained again: on schedule, on drift of the days since, when readings it was fitted on have been
 * corrected; never for a handful of new days that could change nothing. `since` are the days after the newest model tried as the
 * model in service expected them, undefined where nobody can say; `newDays` how many days have a reading since.
 */
export const retrainingDue = (
  newest: NewestTried | undefined,
  newDays: number,
  since: readonly ExpectedDay[] | undefined,
  autocorrelation: number,
): Due => {
  if (newest === undefined)
    return { due: true, cause: 'first', reason: message('premier modèle.', 'first model.') };
  if (newest.corrected)
    return {
      due: true,
      cause: 'corrected',
      reason: message(
        'des relevés de sa période ont été corrigés.',
        'readings of its period have been corrected.',
      ),
    };
  if (newest.otherResolution)
    return {
      due: true,
      cause: 'resolution',
      reason: message('le pas des relevés a changé.', 'the readings come in another resolution.'),
    };
  if (newDays >= SCHEDULE_DAYS)
    return {
      due: true,
      cause: 'schedule',
      reason: message(`${newDays} jours nouveaux.`, `${newDays} new days.`),
    };
  if (newDays === 0) return { due: false, reason: message('aucun relevé nouveau.', 'no new reading.') };
  const residuals = (since ?? []).map(({ actual, predicted, spread }) => (actual - predicted) / spread);
  const alarm = cusumAlarm(whitened(residuals, autocorrelation), CUSUM);
  if (alarm !== undefined && newDays >= LEAST_DAYS) {
    const days = (since ?? []).slice(alarm.from).filter(({ actual }) => Number.isFinite(actual));
    const sum = (of: (day: ExpectedDay) => number): number => days.reduce((total, day) => total + of(day), 0);
    const percent = 100 * (sum(({ actual }) => actual) / sum(({ predicted }) => predicted) - 1);
    const said = Math.abs(percent).toFixed(0);
    return {
      due: true,
      cause: 'drift',
      reason: message(
        `dérive : ${days.length} jours à ${decimalFr(Number(said), 0)} % ${percent > 0 ? 'au-dessus' : 'au-dessous'} de ce que le modèle attend.`,
        `drift: ${days.length} days ${said} % ${percent > 0 ? 'above' : 'below'} what the model expects.`,
      ),
    };
  }
  return {
    due: false,
    reason: message(
      `${newDays} jours nouveaux et pas de dérive : un réapprentissage n’y changerait rien (au plus tard après ${SCHEDULE_DAYS} jours).`,
      `${newDays} new days and no drift: retraining would change nothing (at the latest after ${SCHEDULE_DAYS} days).`,
    ),
  };
};
