import type { Quantity } from '#core/quantity.ts';

/** What a context broker calls an entity: `id`, `type`, and its attributes (ETSI GS CIM 009, 4.5). */
export type NgsiEntity = { readonly id: string; readonly type: NgsiType } & Readonly<Record<string, unknown>>;

export const ngsiTypes = ['Building', 'DeviceMeasurement'] as const;
export type NgsiType = (typeof ngsiTypes)[number];

const urnOf = (type: NgsiType, id: string): string => `urn:ngsi-ld:${type}:${id}`;

/** The type and own identifier of an entity's name; undefined when it names nothing of ours. */
export const readUrn = (urn: string): { readonly type: NgsiType; readonly id: string } | undefined => {
  const [, type, id] = /^urn:ngsi-ld:(\w+):(.{1,200})$/.exec(urn) ?? [];
  const known = ngsiTypes.find((one) => one === type);
  return known === undefined || id === undefined ? undefined : { type: known, id };
};

type Attribute = Readonly<Record<string, unknown>>;

const property = (value: unknown, more: Attribute = {}): Attribute => ({ type: 'Property', value, ...more });

/** Words of the Building model's `category` (OpenStreetMap's); what it has no word for keeps ours. */
const categories: Readonly<Record<string, string>> = {
  housing: 'apartments',
  school: 'school',
  sports: 'stadium',
  museum: 'public',
  office: 'office',
  community: 'civic',
  pool: 'public',
};

/** The categories that stand for a use, so that a filter on one finds it. */
export const usesOf = (category: string): string[] => {
  const uses = Object.keys(categories).filter((use) => categories[use] === category);
  return category === 'other' ? ['other'] : uses;
};

export type NgsiBuilding = {
  readonly id: string;
  readonly name: { readonly fr: string };
  readonly use: string;
  readonly commune?: string;
  readonly constructionYear?: number;
  readonly simulated: boolean;
  readonly identifiers: {
    readonly own: readonly string[];
    readonly rnb: readonly string[];
    readonly bdnb: readonly string[];
    readonly cadastre: readonly string[];
  };
  readonly floorAreaM2?: Quantity;
  readonly site?: { readonly latitudeDeg: number; readonly longitudeDeg: number };
};

/** A figure with its truth beside it: its unit (UN/CEFACT), interval and provenance. */
const quantity = ({ value, low, high, provenance }: Quantity, unitCode: string): Attribute =>
  property(value, {
    unitCode,
    low: property(low),
    high: property(high),
    provenance: property(provenance),
  });

const listed = (name: string, values: readonly string[]): Attribute =>
  values.length === 0 ? {} : { [name]: property([...values]) };

/** A building of the stock as a Smart Data Models Building, in the normalized form. */
export const buildingEntity = (building: NgsiBuilding): NgsiEntity => {
  const { identifiers, commune, constructionYear, floorAreaM2, site } = building;
  return {
    id: urnOf('Building', building.id),
    type: 'Building',
    name: property(building.name.fr),
    category: property([categories[building.use] ?? building.use]),
    ...(commune === undefined ? {} : { address: property({ addressLocality: commune }) }),
    ...(site === undefined
      ? {}
      : {
          location: {
            type: 'GeoProperty',
            value: { type: 'Point', coordinates: [site.longitudeDeg, site.latitudeDeg] },
          },
        }),
    ...(constructionYear === undefined ? {} : { constructionYear: property(constructionYear) }),
    ...(floorAreaM2 === undefined ? {} : { floorArea: quantity(floorAreaM2, 'MTK') }),
    simulated: property(building.simulated),
    ...listed('rnb', identifiers.rnb),
    ...listed('bdnb', identifiers.bdnb),
    ...listed('cadastre', identifiers.cadastre),
    ...listed('ownIdentifier', identifiers.own),
  };
};

type NgsiMeter = {
  readonly id: string;
  readonly buildingId: string;
  readonly name: string;
  readonly carrier: string;
  readonly use: string;
};

/** The last reading of a meter: the energy between two instants, kWh. */
export type NgsiReading = { readonly startMs: number; readonly endMs: number; readonly energyKwh: number };

const iso = (ms: number): string => new Date(ms).toISOString();

/** A meter with its last reading as a Smart Data Models DeviceMeasurement, in the normalized form. */
export const meterEntity = (meter: NgsiMeter, last: NgsiReading | undefined): NgsiEntity => ({
  id: urnOf('DeviceMeasurement', meter.id),
  type: 'DeviceMeasurement',
  name: property(meter.name),
  deviceType: property('meter'),
  controlledProperty: property('energyConsumption'),
  measurementType: property(meter.carrier),
  energyUse: property(meter.use),
  ...(last === undefined
    ? {}
    : {
        numValue: property(last.energyKwh, {
          unitCode: 'KWH',
          observedAt: iso(last.endMs),
          observedFrom: property({ '@type': 'DateTime', '@value': iso(last.startMs) }),
        }),
        dateObserved: property({ '@type': 'DateTime', '@value': iso(last.endMs) }),
      }),
  refBuilding: { type: 'Relationship', object: urnOf('Building', meter.buildingId) },
});

const plain = (attribute: unknown): unknown => {
  if (typeof attribute !== 'object' || attribute === null) return attribute;
  const { object, value } = attribute as { readonly object?: unknown; readonly value?: unknown };
  return object ?? value;
};

/** How an entity is to be shown. */
export type NgsiShape = {
  /** These attributes alone; all of them without. */
  readonly attrs?: readonly string[];
  /** Values in place of attributes (4.5.4, the simplified representation). */
  readonly keyValues: boolean;
};

/** An entity in the form that was asked for. */
export const shaped = (entity: NgsiEntity, { attrs, keyValues }: NgsiShape): NgsiEntity => {
  const { id, type, ...attributes } = entity;
  const kept = Object.entries(attributes)
    .filter(([name]) => attrs === undefined || attrs.includes(name))
    .map(([name, attribute]) => [name, keyValues ? plain(attribute) : attribute]);
  return { id, type, ...(Object.fromEntries(kept) as Attribute) };
};
