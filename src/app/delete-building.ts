import { z } from 'zod';
import { failure, ok, type Result } from '../core/result.ts';
import { countEn, countFr } from '../core/wording.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { namedReasonSchema } from './decision-views.ts';
import { RECLAIM } from './personal-data.ts';
import type { Role } from './privacy.ts';

export const deleteBuildingSchema = namedReasonSchema.extend({
  withHistory: z
    .boolean()
    .default(false)
    .describe(
      'Also its works and the baselines frozen for them: what was proven of their savings can no longer be shown',
    ),
});
type DeleteBuilding = z.infer<typeof deleteBuildingSchema>;

/** What went with a building. */
export const deletedBuildingSchema = z.object({
  deleted: z.literal(true),
  meters: z.number(),
  readings: z.number(),
  models: z.number(),
  works: z.number(),
});

/**
 * Deletes a building with its twin, meters, readings, models, works and savings; the decision stays in the audit log, programmes that
 * were computed with it keep naming it. Its bytes in the table files go when the housekeeping next runs. Fails with `unknown-building`,
 * `building-holds-history` unless that is asked for, `building-feeds-others`, and `personal-data` for a building with meters of dwellings
 * when the caller may not see them.
 */
export const deleteBuilding = async (
  context: AppContext,
  id: string,
  role: Role,
  { by, reason, withHistory }: DeleteBuilding,
): Promise<Result<z.infer<typeof deletedBuildingSchema>>> =>
  context.store.transaction(async (inside) => {
    if ((await inside.buildings.get(id)) === undefined) return unknownBuilding(id);
    const { works, frozenBaselines, personalMeters, readBy } = await inside.buildings.holds(id);
    if (personalMeters > 0 && role !== 'data-controller')
      return failure(
        'personal-data',
        `Le bâtiment « ${id} » a des compteurs de logements : l’effacer est réservé au responsable de traitement.`,
        `Building “${id}” has meters of dwellings: erasing it is for the data controller alone.`,
        { field: id },
      );
    if (readBy.length > 0)
      return failure(
        'building-feeds-others',
        `Des compteurs d’autres bâtiments sont calculés avec ceux de « ${id} » (${readBy.join(', ')}). Changez d’abord leur formule, ou effacez-les.`,
        `Meters of other buildings are computed from those of “${id}” (${readBy.join(', ')}). Change their formula first, or erase them.`,
        { field: id },
      );
    if (!withHistory && works + frozenBaselines > 0)
      return failure(
        'building-holds-history',
        `« ${id} » tient ${countFr(works, 'opération de travaux', 'opérations de travaux')} et ${countFr(frozenBaselines, 'référence gelée', 'références gelées')} : l’effacer ôte la preuve des économies. Demandez-le avec « withHistory » (--with-history) si c’est bien voulu.`,
        `“${id}” holds ${countEn(works, 'set of works', 'sets of works')} and ${countEn(frozenBaselines, 'frozen baseline', 'frozen baselines')}: deleting it takes the proof of the savings away. Ask for it with “withHistory” (--with-history) if that is what you want.`,
        { field: 'withHistory' },
      );
    const gone = await inside.buildings.erase(id, { by, reason });
    await inside.jobs.add(RECLAIM, {});
    return ok({ deleted: true as const, ...gone });
  });
