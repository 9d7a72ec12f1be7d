import { message } from '../core/message.ts';
import type { Promotion, Trial } from './types.ts';
import { decimalEn, decimalFr } from '../core/wording.ts';

/** Fewer held-back days than this say nothing about which of two models is better. */
const SHORTEST_TRIAL_DAYS = 14;
/** A challenger may be worse by this factor on a short block by chance alone, and is newer. */
const TOLERANCE = 1.02;

/**
 * The gate through which a retrained model takes over (promise P3): on days neither model was fitted on, it must
 * err at most 2 % more than the model in service, and its heating line, where it has one, must be physically possible. Errors in percent
 * (CV(RMSE)), slope kWh/(K·day), balance point °C, base load kWh/day.
 */
export const promotionGate = (champion: Trial | undefined, challenger: Trial): Promotion => {
  const { heating } = challenger;
  if (heating !== undefined && !(heating.slopeKwhKDay >= 0 && heating.baseLoadKwhDay >= 0))
    return {
      promoted: false,
      reason: message(
        'Refusé : une pente ou un talon négatif n’a pas de sens physique.',
        'Refused: a negative slope or base load has no physical sense.',
      ),
    };
  if (heating !== undefined && !(heating.balancePointC >= 5 && heating.balancePointC <= 25))
    return {
      promoted: false,
      reason: message(
        `Refusé : une température d’équilibre de ${decimalFr(heating.balancePointC, 1)} °C sort de 5 à 25 °C.`,
        `Refused: a balance point of ${decimalEn(heating.balancePointC, 1)} °C is outside 5 to 25 °C.`,
      ),
    };
  if (champion === undefined)
    return {
      promoted: true,
      reason: message('Premier modèle de ce compteur.', 'First model of this meter.'),
    };
  if (challenger.days < SHORTEST_TRIAL_DAYS)
    return {
      promoted: false,
      reason: message(
        `Refusé : ${challenger.days} jours nouveaux ne suffisent pas pour comparer (il en faut ${SHORTEST_TRIAL_DAYS}).`,
        `Refused: ${challenger.days} new days are too few to compare (${SHORTEST_TRIAL_DAYS} are needed).`,
      ),
    };
  const before = decimalEn(champion.cvRmsePercent, 1);
  const after = decimalEn(challenger.cvRmsePercent, 1);
  return challenger.cvRmsePercent <= champion.cvRmsePercent * TOLERANCE
    ? {
        promoted: true,
        reason: message(
          `Promu : erreur de ${decimalFr(challenger.cvRmsePercent, 1)} % contre ${decimalFr(champion.cvRmsePercent, 1)} % sur ${challenger.days} jours tenus à part.`,
          `Promoted: error of ${after} % against ${before} % on ${challenger.days} held-back days.`,
        ),
      }
    : {
        promoted: false,
        reason: message(
          `Refusé : erreur de ${decimalFr(challenger.cvRmsePercent, 1)} % contre ${decimalFr(champion.cvRmsePercent, 1)} % sur ${challenger.days} jours tenus à part.`,
          `Refused: error of ${after} % against ${before} % on ${challenger.days} held-back days.`,
        ),
      };
};
