import { dateOf } from '#core/calendar.ts';
import { message } from '#core/message.ts';
import { countDays, type DayFeatures } from '#core/regression/index.ts';
import type { Goodness } from '#core/statistics/index.ts';
import type { Reason } from './types.ts';
import { countFr } from '../core/wording.ts';

const YEAR_CLAIM_DAYS = 180;
const SEASON_DAYS = 20;
/** opendsm's limit on CV(RMSE), %. */
const CV_LIMIT = 100;

/** Why the fit cannot carry a claim about a year; empty when it can. */
export const disqualify = (
  features: Pick<DayFeatures, 'days' | 'firstDay' | 'outdoorC'>,
  mask: Uint8Array,
  metrics: Goodness,
): Reason[] => {
  const reasons: Reason[] = [];
  const n = countDays(mask);
  if (n < YEAR_CLAIM_DAYS)
    reasons.push({
      code: 'too-short',
      message: message(
        `${countFr(n, 'jour utilisable', 'jours utilisables')} dans la période de référence ; il en faut ${YEAR_CLAIM_DAYS} pour parler d’une année.`,
        `${n} usable days in the baseline; ${YEAR_CLAIM_DAYS} are needed to speak of a year.`,
      ),
    });
  let [winter, summer] = [0, 0];
  for (let i = 0; i < features.days; i++) {
    if (mask[i] !== 1) continue;
    const { month } = dateOf(features.firstDay + i);
    if (month === 12 || month <= 2) winter++;
    if (month >= 6 && month <= 8) summer++;
  }
  if (winter < SEASON_DAYS || summer < SEASON_DAYS)
    reasons.push({
      code: 'season-missing',
      message: message(
        `La période de référence compte ${winter} jours utilisables de décembre à février et ${summer} de juin à août ; il en faut ${SEASON_DAYS} de chaque.`,
        `The baseline has ${winter} usable days from December to February and ${summer} from June to August; ${SEASON_DAYS} of each are needed.`,
      ),
    });
  if (!features.outdoorC.some((value) => Number.isFinite(value)))
    reasons.push({
      code: 'no-temperature',
      message: message(
        'Aucune température extérieure : la consommation ne peut pas être corrigée du climat. Donnez la météo du lieu.',
        'No outdoor temperature: the consumption cannot be corrected for weather. Give the weather of the place.',
      ),
    });
  if (metrics.cvRmse > CV_LIMIT)
    reasons.push({
      code: 'poor-fit',
      message: message(
        `Le meilleur modèle se trompe de ${metrics.cvRmse.toFixed(0)} % sur un jour moyen : ce compteur ne suit ni le climat ni le calendrier.`,
        `The best model is ${metrics.cvRmse.toFixed(0)} % off on a mean day: this meter follows neither weather nor calendar.`,
      ),
    });
  return reasons;
};
