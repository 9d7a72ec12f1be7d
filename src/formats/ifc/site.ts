import type { Storey } from '#core/building-model.ts';
import { type Warning, warning } from '#core/message.ts';
import { numberOf, numbersOf, refOf, refsOf, textOf } from './fields.ts';
import type { StepFile } from './step-file.ts';
import type { Units } from './units.ts';

/** Where the building stands and how it is turned; fields of the building model of the same names. */
type SiteFacts = {
  readonly northDeg: number;
  readonly northStated: boolean;
  readonly latitudeDeg?: number;
  readonly longitudeDeg?: number;
  readonly siteElevationM?: number;
  readonly buildingName?: string;
};

const DEG = 180 / Math.PI;

/** Without the noise of ratios such as 6e-17, and without a negative zero. */
const tidyDegrees = (degrees: number): number => Math.round(degrees * 1e9) / 1e9 || 0;

/** The direction of true north in plan, when it is one: two ratios (or a flat third) of about unit length. */
const planDirection = (step: StepFile, id: number): readonly [number, number] | undefined => {
  const [x, y, z = 0] = numbersOf(step.record(id)?.[0]);
  if (x === undefined || y === undefined || Math.abs(z) > 1e-6) return undefined;
  return Math.abs(Math.hypot(x, y) - 1) < 0.1 ? [x, y] : undefined;
};

const contextsOf = (step: StepFile): readonly number[] => {
  const project = step.record(step.idsOfType('IFCPROJECT')[0] ?? -1);
  const named = refsOf(project?.[7]).filter((id) => step.typeOf(id) === 'IFCGEOMETRICREPRESENTATIONCONTEXT');
  const contexts = named.length > 0 ? named : step.idsOfType('IFCGEOMETRICREPRESENTATIONCONTEXT');
  // The model's context says more than a plan's: it comes first.
  const rank = (id: number): number => (/^model$/i.test(textOf(step.record(id)?.[1]) ?? '') ? 0 : 1);
  return [...contexts].sort((a, b) => rank(a) - rank(b));
};

/** Rotation from the project to the map, when the file is georeferenced (IFC4 IfcMapConversion), degrees. */
const mapRotationDeg = (step: StepFile): number | undefined => {
  const conversion = step.record(step.idsOfType('IFCMAPCONVERSION')[0] ?? -1);
  const abscissa = numberOf(conversion?.[5]);
  const ordinate = numberOf(conversion?.[6]);
  if (abscissa === undefined || ordinate === undefined || Math.hypot(abscissa, ordinate) < 1e-9)
    return undefined;
  return Math.atan2(ordinate, abscissa) * DEG;
};

const readNorth = (step: StepFile, warnings: Warning[]): { northDeg: number; northStated: boolean } => {
  let malformed = false;
  for (const context of contextsOf(step)) {
    const direction = refOf(step.record(context)?.[5]);
    if (direction === undefined) continue;
    const north = planDirection(step, direction);
    if (north !== undefined)
      return { northDeg: tidyDegrees(-Math.atan2(north[0], north[1]) * DEG), northStated: true };
    malformed = true;
  }
  const rotation = mapRotationDeg(step);
  if (rotation !== undefined) {
    warnings.push(
      warning(
        'north-from-map',
        'Le nord vrai n’est pas donné : le nord de la carte (IfcMapConversion) le remplace, à un ou deux degrés près.',
        'True north is not given: the map grid’s north (IfcMapConversion) stands in, within a degree or two.',
      ),
    );
    return { northDeg: tidyDegrees(-rotation), northStated: true };
  }
  warnings.push(
    malformed
      ? warning(
          'north-malformed',
          'Le nord vrai du fichier n’est pas une direction en plan : il est ignoré et l’axe +Y est supposé au nord.',
          'The file’s true north is not a direction in plan: it is ignored and the +Y axis is assumed to point north.',
        )
      : warning(
          'north-assumed',
          'Le fichier ne donne pas le nord vrai : l’axe +Y est supposé au nord.',
          'The file gives no true north: the +Y axis is assumed to point north.',
        ),
  );
  return { northDeg: 0, northStated: false };
};

/** Degrees from the list degrees, minutes, seconds, millionths of a second; each part carries the sign. */
const compoundAngle = (parts: readonly number[]): number | undefined => {
  if (parts.length === 0) return undefined;
  const [degrees = 0, minutes = 0, seconds = 0, millionths = 0] = parts.map(Math.abs);
  const sign = parts.some((part) => part < 0) ? -1 : 1;
  return sign * (degrees + minutes / 60 + (seconds + millionths / 1e6) / 3600);
};

/** Places that tools write when nobody set one: Revit's Boston (two spellings of it) and latitude 0, longitude 0. */
const isDefaultPlace = (latitude: number, longitude: number): boolean =>
  (Math.abs(latitude - 42.3586) < 0.002 && Math.abs(longitude + 71.0583) < 0.003) ||
  (latitude === 0 && longitude === 0);

const readPlace = (
  step: StepFile,
  units: Units,
  warnings: Warning[],
): Pick<SiteFacts, 'latitudeDeg' | 'longitudeDeg' | 'siteElevationM'> => {
  const site = step.record(step.idsOfType('IFCSITE')[0] ?? -1);
  const latitude = compoundAngle(numbersOf(site?.[9]));
  const longitude = compoundAngle(numbersOf(site?.[10]));
  const elevation = numberOf(site?.[11]);
  const height = elevation === undefined ? {} : { siteElevationM: elevation * units.lengthM };
  if (latitude === undefined || longitude === undefined) return height;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    warnings.push(
      warning(
        'place-impossible',
        `La latitude et la longitude du fichier (${latitude}, ${longitude}) n’existent pas : elles sont ignorées.`,
        `The file's latitude and longitude (${latitude}, ${longitude}) do not exist: they are ignored.`,
      ),
    );
    return height;
  }
  if (isDefaultPlace(latitude, longitude)) {
    warnings.push(
      warning(
        'place-is-default',
        'Le lieu du fichier est celui que le logiciel met par défaut : il est ignoré. Indiquez l’adresse du bâtiment.',
        'The file’s place is the one its software sets by default: it is ignored. Give the building’s address.',
      ),
    );
    return height;
  }
  return { latitudeDeg: latitude, longitudeDeg: longitude, ...height };
};

/** True north, place and name. What is missing or malformed is told. */
export const readSite = (
  step: StepFile,
  units: Units,
): { readonly facts: SiteFacts; readonly warnings: readonly Warning[] } => {
  const warnings: Warning[] = [];
  const north = readNorth(step, warnings);
  const place = readPlace(step, units, warnings);
  const building = step.record(step.idsOfType('IFCBUILDING')[0] ?? -1);
  const name = (textOf(building?.[7]) ?? '').trim() || (textOf(building?.[2]) ?? '').trim();
  return {
    facts: { ...north, ...place, ...(name === '' ? {} : { buildingName: name }) },
    warnings,
  };
};

/**
 * Storeys by record id, at the height of their placement, which is where their elements are; at the stated
 * elevation when placements do not tell storeys apart.
 */
export const readStoreys = (
  step: StepFile,
  units: Units,
  heightOf: (storey: number) => number | undefined,
): ReadonlyMap<number, Storey> => {
  const ids = step.idsOfType('IFCBUILDINGSTOREY').filter((id) => step.record(id) !== undefined);
  const stated = ids.map((id) => (numberOf(step.record(id)?.[9]) ?? 0) * units.lengthM);
  const placed = ids.map((id, i) => heightOf(id) ?? stated[i]);
  const heights = new Set(placed).size < new Set(stated).size ? stated : placed;
  return new Map(
    ids.map((id, i) => {
      const record = step.record(id);
      return [
        id,
        {
          globalId: textOf(record?.[0]) ?? `#${id}`,
          name: textOf(record?.[2]) ?? textOf(record?.[7]) ?? '',
          elevationM: heights[i],
        },
      ];
    }),
  );
};
