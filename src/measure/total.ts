import { failure, type Result } from '#core/result.ts';

/** Refuses a baseline that holds nothing to model: `no-consumption` at zero, `net-export` below it. */
export const refuseTotal = (total: number): Result<never> | undefined => {
  if (total === 0)
    return failure(
      'no-consumption',
      'Le compteur reste à zéro sur toute la période de référence : rien à modéliser. Vérifiez le compteur et l’unité.',
      'The meter stays at zero over the whole baseline: nothing to model. Check the meter and the unit.',
    );
  if (total < 0)
    return failure(
      'net-export',
      'La période de référence exporte plus qu’elle ne consomme. Séparez l’injection du soutirage.',
      'The baseline exports more than it consumes. Separate export from import.',
    );
  return undefined;
};
