import { tertiaryLanding } from '#simulate/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { siteDeclared, type TertiaryDeclaration } from './law-facts.ts';

/**
 * Keeps what an owner declares of a tertiary site with the building's facts. Fails with `unknown-building`,
 * `tertiary-housing` for a home, and the codes of `tertiaryLanding` for a declaration it could not judge.
 */
export const declareTertiary = async (
  { store }: AppContext,
  id: string,
  declared: TertiaryDeclaration,
): Promise<Result<{ readonly buildingId: string; readonly tertiary: TertiaryDeclaration }>> => {
  const building = await store.buildings.get(id);
  if (building === undefined) return unknownBuilding(id);
  if (building.use === 'housing')
    return failure(
      'tertiary-housing',
      `« ${building.name.fr} » est un logement : le décret tertiaire ne le concerne pas.`,
      `“${building.name.en}” is housing: the tertiary decree does not concern it.`,
      { field: id },
    );
  // Any use will do: the check is of the declaration itself.
  const judged = tertiaryLanding(siteDeclared(declared), Float64Array.of(declared.reference.finalKwh));
  if (!judged.ok) return judged;
  const { areaM2, reference, otherUsesKwhYear } = declared;
  const { absoluteKwhM2 } = siteDeclared(declared);
  await store.buildings.save({
    ...building,
    facts: {
      ...building.facts,
      tertiary: { areaM2, reference, otherUsesKwhYear, absoluteKwhM2: { ...absoluteKwhM2 } },
    },
  });
  return ok({ buildingId: id, tertiary: declared });
};
