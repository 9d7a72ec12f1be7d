import { z } from 'zod';
import type { Meter } from '#store/index.ts';
import table from '../../models/privacy.json' with { type: 'json' };
import { failure, ok, type Result } from '../core/result.ts';

const limits = z
  .object({
    displayGroup: z.object({
      fewestDwellings: z.number().int().min(2),
      leastReporting: z.number().positive().max(1),
    }),
    retention: z.object({ days: z.number().int().positive() }),
  })
  .parse(table);

/** The smallest group of dwellings shown, and the share of it that a day needs (models/privacy.json). */
export const { fewestDwellings, leastReporting } = limits.displayGroup;

/** Days that readings of dwellings are kept unless the controller of the data sets another number. */
export const defaultRetentionDays = limits.retention.days;

/**
 * Who asks. `reader` sees buildings and groups; `data-controller` alone sees, exports and erases what is held of a
 * single dwelling.
 */
export type Role = 'reader' | 'data-controller';

/** Fails with `personal-data` when the meter is a dwelling's and the role may not see one (promise P7). */
export const mayUse = (meter: Meter, role: Role): Result<void> =>
  !meter.personal || role === 'data-controller'
    ? ok(undefined)
    : failure(
        'personal-data',
        `Le compteur « ${meter.id} » est celui d’un logement : ses relevés sont des données personnelles, réservées au responsable de traitement. Le bâtiment les montre en groupe à partir de ${fewestDwellings} logements.`,
        `Meter “${meter.id}” is a dwelling's: its readings are personal data, for the data controller alone. The building shows them as a group from ${fewestDwellings} dwellings.`,
        { field: meter.id },
      );
