import type { Building } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { unknownBuilding } from './building-state.ts';
import {
  type FuelPoverty,
  type FuelPovertyAnswer,
  type FuelPovertyImport,
  fuelPovertySchema,
} from './fuel-poverty-views.ts';
import { dwellingsOf } from './law-facts.ts';
import { fewestDwellings } from './privacy.ts';

/** What is known of fuel poverty in a building; undefined where nobody said. */
export const fuelPovertyOf = ({ facts }: Building): FuelPoverty | undefined =>
  fuelPovertySchema.safeParse(facts['fuelPoverty']).data;

const notValid = (buildingId: string, field: string): Result<never> =>
  failure(
    'fuel-poverty-invalid',
    `« ${buildingId} » : le champ « ${field} » ne va pas. Une part s’écrit de 0 à 1 (0,35 ou 35 %), un score est un nombre positif, bas ≤ valeur ≤ haut, et la source est dite.`,
    `“${buildingId}”: the field “${field}” will not do. A share is written from 0 to 1 (0.35 or 35 %), a score is a positive number, low ≤ value ≤ high, and the source is said.`,
    { field },
  );

/**
 * Keeps what a person knows of fuel poverty in a building. Fails with `unknown-building`, `fuel-poverty-invalid`, and
 * `fuel-poverty-household` where the number would tell of single households (promise P7).
 */
export const declareFuelPoverty = async (
  { store }: AppContext,
  buildingId: string,
  given: unknown,
): Promise<Result<FuelPovertyAnswer>> => {
  const read = fuelPovertySchema.safeParse(given);
  if (!read.success) return notValid(buildingId, read.error.issues[0]?.path.join('.') ?? '');
  const building = await store.buildings.get(buildingId);
  if (building === undefined) return unknownBuilding(buildingId);
  const dwellings = dwellingsOf(building);
  if (dwellings !== undefined && dwellings < fewestDwellings)
    return failure(
      'fuel-poverty-household',
      `« ${building.name.fr} » n’a que ${dwellings} logements : un nombre y dirait la vie de chaque ménage. Il en faut ${fewestDwellings}.`,
      `“${building.name.en}” has ${dwellings} dwellings only: a number there would tell of each household. It takes ${fewestDwellings}.`,
      { field: buildingId },
    );
  const { kind, value, low, high, source } = read.data;
  const kept = {
    kind,
    value,
    source,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  };
  await store.buildings.save({ ...building, facts: { ...building.facts, fuelPoverty: kept } });
  return ok({ buildingId, fuelPoverty: kept });
};

export type FuelPovertyLine = {
  readonly line: number;
  readonly buildingId: string;
  readonly fuelPoverty: unknown;
};

/** Keeps the good lines of a list; each bad one is told by its line with its reason, a building given twice included. */
export const importFuelPoverty = async (
  context: AppContext,
  lines: readonly FuelPovertyLine[],
): Promise<FuelPovertyImport> => {
  const refused: FuelPovertyImport['refused'] = [];
  const lineOf = new Map<string, number>();
  for (const { line, buildingId, fuelPoverty } of lines) {
    const before = lineOf.get(buildingId);
    const kept =
      before === undefined
        ? await declareFuelPoverty(context, buildingId, fuelPoverty)
        : failure(
            'id-taken',
            `L’identifiant « ${buildingId} » est déjà celui de la ligne ${before}.`,
            `The id “${buildingId}” is already that of line ${before}.`,
          );
    if (kept.ok) lineOf.set(buildingId, line);
    else refused.push({ line, buildingId, code: kept.error.code, message: kept.error.message });
  }
  return { kept: lineOf.size, refused };
};
