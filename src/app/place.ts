import type { Building } from '#store/index.ts';
import { siteSchema } from '#create/index.ts';
import { type CeeZone, ceeZoneOf, type DpeZone, zoneOfDepartment } from '#simulate/index.ts';
import { type Message, message, type Warning, warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';

/** Where a building stands, as far as the climate of its label, its aids and its weather goes. */
export type Place = {
  readonly zone: DpeZone;
  /** Undefined where the department is unknown: certificates are then not counted. */
  readonly ceeZone?: CeeZone;
  readonly department?: string;
  readonly altitudeM: number;
  /** What the place rests on, in a sentence. */
  readonly said: Message;
};

/** The place of the scenario weather, which stands for a building of unknown place. */
const assumed = { zone: 'H2c', altitudeM: 47 } as const;

const HIGH_M = 400;

/** Department at the head of a postcode that a commune is written with: `33310 Lormont`; Corsica's need more than that. */
const ofPostcode = (commune: string | undefined): string | undefined => {
  const code = /^(\d{2})\d{3}\b/.exec(commune ?? '')?.[1];
  return code === '20' ? undefined : code;
};

const placeIn = (department: string | undefined, building: Building): Place => {
  const zone = department === undefined ? undefined : zoneOfDepartment(department);
  const site = siteSchema.safeParse(building.facts['site']);
  const known = site.success ? site.data.altitudeM : undefined;
  const altitudeM = known ?? assumed.altitudeM;
  const height =
    known === undefined
      ? message(`altitude supposée sous ${HIGH_M} m`, `altitude assumed below ${HIGH_M} m`)
      : message(`altitude ${known} m`, `altitude ${known} m`);
  if (department === undefined || zone === undefined)
    return {
      zone: assumed.zone,
      altitudeM,
      said: message(
        `Climat conventionnel supposé : zone H2c (Bordeaux), ${height.fr} ; le département du bâtiment n’est pas connu.`,
        `Assumed conventional climate: zone H2c (Bordeaux), ${height.en}; the building’s department is not known.`,
      ),
    };
  return {
    zone,
    ceeZone: ceeZoneOf(zone),
    department,
    altitudeM,
    said: message(
      `Climat conventionnel de la zone ${zone} (département ${department}), ${height.fr}.`,
      `Conventional climate of zone ${zone} (department ${department}), ${height.en}.`,
    ),
  };
};

/**
 * The place of a building: the department of its facts or of the postcode its commune is written with, else the climate of Bordeaux,
 * which `said` says.
 */
export const placeOf = (building: Building): Place =>
  placeIn(departmentOf(building) ?? ofPostcode(building.commune), building);

/** A department as it is kept: `33`, `2A`, `05`. Fails with `unknown-department` where no climate zone holds it. */
export const checkedDepartment = (department: string): Result<string> => {
  if (zoneOfDepartment(department) === undefined)
    return failure(
      'unknown-department',
      `Le département « ${department} » n’est dans aucune zone climatique : donner un département de métropole (01 à 95, 2A, 2B).`,
      `The department “${department}” is in no climate zone: give one of metropolitan France (01 to 95, 2A, 2B).`,
      { field: 'department' },
    );
  return ok(department.trim().toUpperCase().padStart(2, '0'));
};

/** The department that a building was given, as its facts keep it. */
export const departmentOf = ({ facts }: Pick<Building, 'facts'>): string | undefined =>
  typeof facts['department'] === 'string' ? facts['department'] : undefined;

/** The same with a department asked for. Fails with `unknown-department`. */
export const placeAsked = (building: Building, department: string | undefined): Result<Place> => {
  if (department === undefined) return ok(placeOf(building));
  const checked = checkedDepartment(department);
  return checked.ok ? ok(placeIn(checked.value, building)) : checked;
};

/** What a comparison must say of the place: the typical weather is that of Bordeaux wherever the building stands. */
export const placeTold = ({ zone, department }: Place, typical: boolean): Warning[] => {
  if (department === undefined)
    return [
      warning(
        'place-unknown',
        `Le département du bâtiment n’est pas connu : ${typical ? 'météo et étiquette sont supposées' : 'l’étiquette est supposée'} de Bordeaux (H2c), et aucun certificat CEE n’est compté sans zone. Indiquez le département sur la page du bâtiment, par --department, ou avec le bâtiment (department).`,
        `The building’s department is not known: ${typical ? 'weather and label are assumed to be those' : 'the label is assumed to be that'} of Bordeaux (H2c), and no CEE certificate is counted without a zone. Give the department on the building’s page, by --department, or with the building (department).`,
      ),
    ];
  if (!typical || zone === assumed.zone) return [];
  return [
    warning(
      'weather-elsewhere',
      `L’année type est celle de Bordeaux (H2c), alors que le bâtiment est en zone ${zone} : les kWh dépendent de cet écart ; demandez la météo de ses dernières années, sur la page du bâtiment ou par --weather last-5.`,
      `The typical year is that of Bordeaux (H2c), while the building stands in zone ${zone}: the kWh depend on that gap; ask for the weather of its last years, on the building’s page or by --weather last-5.`,
    ),
  ];
};
