import { type OperatRow, writeOperat } from '#formats/operat/index.ts';
import { declarationDue, subjectFromM2 } from '#simulate/index.ts';
import type { Building, Meter } from '#store/index.ts';
import { dayNumber } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { openZone } from '../core/timezone.ts';
import { unknownBuilding } from './building-state.ts';
import { carrierName } from './carrier-names.ts';
import type { AppContext } from './context.ts';
import { meterReadings } from './derived-meters.ts';
import { allBuildings } from './every-building.ts';
import type { Download } from './export-building.ts';
import type { OperatDeclaration, OperatEntity, OperatRequest } from './operat-views.ts';
import { groupedEn, groupedFr } from '../core/wording.ts';

const DAY_MS = 86_400_000;
/** kWh of higher heating value in one of lower, for natural gas (DOMAIN 7.2). */
const PCS_PER_PCI = 1.11;
/** Share of the days of a year that must be read for its sum to be the year's. */
const WHOLE_YEAR = 0.99;

type Entity = OperatDeclaration['entities'][number];
type Read = { readonly kwh: number; readonly days: number };

/** What a meter read within a local calendar year; an interval across its ends counts for the part inside. */
const readInYear = async ({ store }: AppContext, meter: Meter, year: number): Promise<Read> => {
  const read = await meterReadings(store, meter, true);
  const zone = openZone(meter.timezone);
  if (read?.ok !== true || !zone.ok) return { kwh: 0, days: 0 };
  const midnight = (of: number): number => {
    const local = dayNumber(of, 1, 1) * DAY_MS;
    return zone.value.instantsOf(local)[0] ?? local;
  };
  const [from, to] = [midnight(year), midnight(year + 1)];
  const { startMs, endMs, energyKwh } = read.value.readings;
  let [kwh, covered] = [0, 0];
  for (let i = 0; i < startMs.length; i++) {
    const inside = Math.min(endMs[i], to) - Math.max(startMs[i], from);
    if (!(inside > 0) || !Number.isFinite(energyKwh[i])) continue;
    kwh += (energyKwh[i] * inside) / (endMs[i] - startMs[i]);
    covered += inside;
  }
  return { kwh, days: covered / DAY_MS };
};

/** Meters whose sum is the building's: dwellings, the sun and the parts of computed meters apart. */
const countedMeters = async ({ store }: AppContext, buildingId: string): Promise<Meter[]> => {
  const parts = new Set((await store.derivations.list(buildingId)).flatMap(({ sources }) => sources));
  return (await store.meters.list(buildingId)).filter(
    ({ id, personal, carrier }) => !personal && carrier !== 'solar' && !parts.has(id),
  );
};

const consumptionOf = async (
  context: AppContext,
  buildingId: string,
  year: number,
  toPci: number,
): Promise<Entity['consumption']> => {
  const days = dayNumber(year + 1, 1, 1) - dayNumber(year, 1, 1);
  const found: Entity['consumption'] = {};
  for (const meter of await countedMeters(context, buildingId)) {
    const read = await readInYear(context, meter, year);
    const before = found[meter.carrier];
    const readKwh = (before?.readKwh ?? 0) + read.kwh * (meter.carrier === 'gas' ? toPci : 1);
    // The year is known only where every meter of the energy covers it.
    const daysRead = Math.min(before?.daysRead ?? days, read.days);
    found[meter.carrier] = {
      kwh: daysRead >= WHOLE_YEAR * days ? readKwh : null,
      readKwh,
      daysRead: Math.round(daysRead),
      days,
      meters: [...(before?.meters ?? []), meter.id],
    };
  }
  return found;
};

const reservesOf = (entity: Omit<Entity, 'reserves'>, given: OperatEntity | undefined): Message[] => {
  const carriers = Object.entries(entity.consumption);
  return [
    ...(entity.efa === null ? [message('Numéro d’EFA manquant.', 'EFA number missing.')] : []),
    ...(entity.areaFrom === 'declared'
      ? []
      : [
          entity.areaM2 === null
            ? message('Surface tertiaire manquante.', 'Tertiary floor area missing.')
            : message(
                'Surface de la maquette : à remplacer par la surface tertiaire déclarée.',
                'Area of the model: to be replaced by the declared tertiary area.',
              ),
        ]),
    ...(entity.activity === null
      ? [message('Sous-catégorie d’activité manquante.', 'Sub-category of activity missing.')]
      : []),
    ...(Object.keys(entity.indicators).length === 0
      ? [message('Indicateurs d’intensité d’usage manquants.', 'Indicators of intensity of use missing.')]
      : []),
    ...(carriers.length === 0 ? [message('Aucun compteur connu.', 'No meter known.')] : []),
    ...carriers.flatMap(([carrier, { kwh, readKwh, daysRead, days }]) =>
      kwh !== null
        ? []
        : [
            message(
              `${carrierName(carrier).fr} : ${groupedFr(readKwh)} kWh lus sur ${daysRead} des ${days} jours, trop peu pour l’année ; case laissée vide.`,
              `${carrierName(carrier).en}: ${groupedEn(readKwh)} kWh read over ${daysRead} of the ${days} days, too few for the year; cell left blank.`,
            ),
          ],
    ),
    ...(entity.consumption['electricity'] === undefined
      ? [
          message(
            'Aucun compteur d’électricité : OPERAT demande toutes les énergies.',
            'No electricity meter: OPERAT asks for all energies.',
          ),
        ]
      : []),
    ...(entity.consumption['gas'] === undefined || given?.gas !== undefined
      ? []
      : [
          message(
            'Gaz tel que relevé : dites s’il est en kWh PCS (GRDF) ou PCI avant de déclarer.',
            'Gas as read: say whether it is in kWh of higher (PCS, as GRDF) or lower heating value before declaring.',
          ),
        ]),
  ];
};

const entityOf = async (
  context: AppContext,
  building: Building,
  given: OperatEntity | undefined,
  year: number,
): Promise<Entity> => {
  const modelled = (await context.store.twins.current(building.id))?.twin.floorAreaM2.value;
  const areaM2 = given?.areaM2 ?? modelled ?? null;
  const fromModel = areaM2 === null ? null : ('model' as const);
  const entity = {
    buildingId: building.id,
    name: building.name,
    commune: building.commune ?? null,
    use: building.use,
    efa: given?.efa ?? null,
    areaM2,
    areaFrom: given?.areaM2 === undefined ? fromModel : ('declared' as const),
    activity: given?.activity ?? null,
    indicators: given?.indicators ?? {},
    consumption: await consumptionOf(context, building.id, year, given?.gas === 'PCS' ? 1 / PCS_PER_PCI : 1),
  };
  return { ...entity, reserves: reservesOf(entity, given) };
};

/** Why a building is in no declaration unless its declarant names it. */
const notSubject = (building: Building, areaM2: number | null): Message | undefined => {
  if (building.use === 'housing') return message('logements : non soumis.', 'housing: not subject.');
  if (areaM2 !== null && areaM2 < subjectFromM2)
    return message(
      `moins de ${groupedFr(subjectFromM2)} m² : soumis seulement avec d’autres surfaces du même site ; donnez son entité pour le déclarer.`,
      `under ${groupedEn(subjectFromM2)} m²: subject only together with other areas of the same site; give its entity to declare it.`,
    );
  return undefined;
};

/**
 * What the buildings subject to the tertiary decree used in a calendar year, by energy, with what their declarant gave and what is
 * missing: readings as decided, never a partial sum for a year. Fails with `unknown-building`, `operat-entity-twice`, `operat-year-open`.
 */
const operatDeclaration = async (
  context: AppContext,
  { year, entities }: Pick<OperatRequest, 'year' | 'entities'>,
): Promise<Result<OperatDeclaration>> => {
  if (context.nowMs() < Date.UTC(year + 1, 0, 1))
    return failure(
      'operat-year-open',
      `L’année ${year} n’est pas finie : elle se déclare ensuite, avant le ${declarationDue(year)}.`,
      `The year ${year} is not over: it is declared afterwards, by ${declarationDue(year)}.`,
      { field: 'year' },
    );
  const given = new Map(entities.map((one) => [one.buildingId, one]));
  const numbers = entities.flatMap(({ efa }) => efa ?? []);
  if (given.size < entities.length || new Set(numbers).size < numbers.length)
    return failure(
      'operat-entity-twice',
      'Un même bâtiment ou un même numéro d’EFA est donné deux fois : leurs consommations se confondraient.',
      'A building or an EFA number is given twice: their consumptions would be confused.',
      { field: 'entities' },
    );
  const buildings = await allBuildings(context.store);
  const known = new Set(buildings.map(({ id }) => id));
  const stranger = entities.find(({ buildingId }) => !known.has(buildingId));
  if (stranger !== undefined) return unknownBuilding(stranger.buildingId);
  const found: Pick<OperatDeclaration, 'entities' | 'leftOut'> = { entities: [], leftOut: [] };
  for (const building of buildings) {
    const declared = given.get(building.id);
    const entity = await entityOf(context, building, declared, year);
    const reason = declared === undefined ? notSubject(building, entity.areaM2) : undefined;
    if (reason === undefined) found.entities.push(entity);
    else found.leftOut.push({ buildingId: building.id, name: building.name, reason });
  }
  return ok({
    schema: 'stacoptim.operat/1',
    year,
    due: declarationDue(year),
    ...found,
    warnings: [
      message(
        'Le modèle officiel d’import d’OPERAT n’a pas été trouvé : les colonnes sont les nôtres, à reporter dans le gabarit de la plateforme.',
        'The official import template of OPERAT was not found: the columns are ours, to be carried over to the template of the platform.',
      ),
      message(
        'Ni ajustement climatique ni objectif : OPERAT les calcule. Aucune recharge de véhicule ni chaleur fatale n’est déduite.',
        'Neither climate adjustment nor target: OPERAT computes them. No vehicle charging or recovered heat is deducted.',
      ),
    ],
  });
};

const rowOf = (entity: Entity, year: number): OperatRow => {
  const { efa, areaM2, activity, commune } = entity;
  return {
    ...(efa === null ? {} : { efa }),
    name: entity.name.fr,
    ...(commune === null ? {} : { commune }),
    ...(activity === null ? {} : { activity }),
    ...(areaM2 === null ? {} : { areaM2: Math.round(areaM2 * 10) / 10 }),
    year,
    kwh: Object.fromEntries(
      Object.entries(entity.consumption).flatMap(([carrier, { kwh }]) =>
        kwh === null ? [] : [[carrier, kwh]],
      ),
    ),
    indicators: entity.indicators,
    reserves: entity.reserves.map(({ fr }) => fr),
  };
};

/** The declaration as a file: CSV of the layout that the program reads back, or JSON. Fails as `operatDeclaration` does. */
export const operatDocument = async (
  context: AppContext,
  request: OperatRequest,
): Promise<Result<Download & { readonly declaration: OperatDeclaration }>> => {
  const made = await operatDeclaration(context, request);
  if (!made.ok) return made;
  const declaration = made.value;
  const name = `operat-${request.year}.${request.format}`;
  return request.format === 'json'
    ? ok({
        type: 'application/json',
        name,
        body: `${JSON.stringify(declaration, null, 2)}\n`,
        declaration,
      })
    : ok({
        type: 'text/csv',
        name,
        body: writeOperat(declaration.entities.map((one) => rowOf(one, request.year))),
        declaration,
      });
};
