import { message, type Warning, warning } from '#core/message.ts';
import { type Quantity, Z90 } from '#core/quantity.ts';
import { ok, type Result } from '#core/result.ts';
import type { Twin } from '#core/twin.ts';
import typologies from '../../models/typologies-fr.json' with { type: 'json' };
import { AIR_HEAT_WH_M3K, airLosses } from './air.ts';
import { thermalBridges } from './bridges.ts';
import { withHeatLoss } from './envelope.ts';
import { type GroundContext, reductionFactor } from './ground.ts';
import { type Period, type PeriodFigure, parsePeriod, periodDefault, unknownPeriod } from './period.ts';
import { checked } from './refusal.ts';
import { type BuildingForm, buildingFormSchema } from './schema.ts';
import { hullQuantity, spreads } from './spreads.ts';
import { twinFromEnvelope } from './twin.ts';
import type { Envelope, EnvelopeElement, ThermalKind } from './types.ts';

const STOREY_HEIGHT_M = 2.8;
/** Length over width of the footprint: slab blocks are long, houses compact. */
const ASPECT = { 'apartment-block': 3, 'multi-family': 2, 'single-family': 1.4 } as const;
/** Window area over floor area where nobody counted: the sixth that French rules ask of dwellings (RT 2012, art. 20). */
const WINDOW_SHARE = 1 / 6;
/** Windows never take more of a façade than this. */
const MOST_GLAZED = 0.6;
const DOOR_M2 = 2;
const SPLIT = [0, 90, 180, 270] as const;

type Typology = keyof typeof ASPECT;
const tabulaCode: Readonly<Record<Typology, string>> = {
  'apartment-block': 'AB',
  'multi-family': 'MFH',
  'single-family': 'SFH',
};

/** TABULA's own bounds of size: blocks from about 20 dwellings or 5 storeys, houses up to 2 dwellings. */
const typologyOf = (form: BuildingForm): { readonly typology: Typology; readonly assumed: boolean } => {
  if (form.typology !== undefined) return { typology: form.typology, assumed: false };
  const dwellings = form.dwellings ?? form.floorAreaM2 / 65;
  if (form.use === 'housing' && form.floorAreaM2 < 250 && form.storeys <= 3)
    return { typology: 'single-family', assumed: true };
  return {
    typology: dwellings >= 20 || form.storeys >= 5 ? 'apartment-block' : 'multi-family',
    assumed: true,
  };
};

type TabulaFigure = 'uWallWm2K' | 'uRoofWm2K' | 'uFloorWm2K' | 'uWindowWm2K' | 'airChangePerH';

const yearsOf = (period: Period): readonly [number, number] => [
  Math.min(...period.classes.map((one) => one.fromYear ?? 1000)),
  Math.max(...period.classes.map((one) => one.toYear ?? 2100)),
];

/** What TABULA France says of one figure over the period's years, for the typology; empty where it has no such type. */
const tabulaValues = (typology: Typology, period: Period, figure: TabulaFigure): number[] => {
  const [from, to] = yearsOf(period);
  return typologies.types
    .filter(
      (one) =>
        one.type === tabulaCode[typology] && (one.fromYear ?? 1000) <= to && (one.toYear ?? 2100) >= from,
    )
    .map((one) => one[figure]);
};

/** The hull of the 3CL default and of TABULA's types: two independent authorities, and their disagreement is the doubt. */
const blended = (
  own: Quantity,
  values: readonly number[],
  relativeSpread: number,
  unit: string,
  typology: Typology,
): Quantity => {
  if (values.length === 0) return own;
  // What is left of the default's interval once its own spread is out: the distance between the classes it covers.
  const factor = Math.sqrt(own.high / own.low) / Math.exp(Z90 * Math.log1p(relativeSpread));
  const lowest = Math.min(own.value / factor, ...values);
  const highest = Math.max(own.value * factor, ...values);
  return hullQuantity(
    lowest,
    highest,
    unit,
    relativeSpread,
    'period-default',
    `${own.basis}; with TABULA France ${tabulaCode[typology]} ${Math.min(...values)} to ${Math.max(...values)} ${unit}`,
  );
};

type Part = {
  readonly kind: ThermalKind;
  readonly work: 'walls' | 'roof' | 'floor' | 'windows' | undefined;
  readonly figure: PeriodFigure;
  readonly tabula: TabulaFigure | undefined;
};

const parts = {
  wall: { kind: 'wall', work: 'walls', figure: 'wall', tabula: 'uWallWm2K' },
  roof: { kind: 'roof', work: 'roof', figure: 'flatRoof', tabula: 'uRoofWm2K' },
  floor: { kind: 'floor', work: 'floor', figure: 'floor', tabula: 'uFloorWm2K' },
  window: { kind: 'window', work: 'windows', figure: 'windowUWm2K', tabula: 'uWindowWm2K' },
  door: { kind: 'door', work: undefined, figure: 'doorUWm2K', tabula: undefined },
} as const satisfies Record<string, Part>;

type FormPeriod = { readonly period: Period; readonly typology: Typology; readonly form: BuildingForm };

/** U of a part: the default of the last works' year where there were works, else the construction period's, with TABULA beside. */
const partU = (part: Part, { period, typology, form }: FormPeriod): { u: Quantity; solarFactor: number } => {
  const spread = spreads.element['period-default'].spread;
  const years = (form.works ?? []).filter((one) => one.element === part.work).map((one) => one.year);
  const renewed = years.length > 0 ? parsePeriod(String(Math.max(...years))) : undefined;
  const since = renewed?.ok === true ? renewed.value : period;
  const use = form.climateZone === undefined ? {} : { zone: form.climateZone };
  const own = periodDefault(since, part.figure, 'W/(m2 K)', spread, use);
  const values =
    part.tabula === undefined || renewed !== undefined ? [] : tabulaValues(typology, period, part.tabula);
  const u = blended(own, values, spread, 'W/(m2 K)', typology);
  return {
    u: renewed === undefined ? u : { ...u, basis: `Renovated in ${Math.max(...years)}. ${u.basis}` },
    solarFactor:
      part.kind === 'window' ? periodDefault(since, 'windowSolarFactor', '1', spread, use).value : 0,
  };
};

type Box = {
  readonly footprintM2: number;
  readonly perimeterM: number;
  readonly heightM: number;
  readonly wallGrossM2: number;
  readonly windowM2: number;
};

const boxOf = (form: BuildingForm, typology: Typology): Box => {
  const footprintM2 = form.footprintM2 ?? form.floorAreaM2 / form.storeys;
  const width = Math.sqrt(footprintM2 / ASPECT[typology]);
  const perimeterM = 2 * width * (1 + ASPECT[typology]);
  const heightM = (form.storeyHeightM ?? STOREY_HEIGHT_M) * form.storeys;
  const wallGrossM2 = perimeterM * heightM;
  return {
    footprintM2,
    perimeterM,
    heightM,
    wallGrossM2,
    windowM2: Math.min(form.floorAreaM2 * WINDOW_SHARE, wallGrossM2 * MOST_GLAZED),
  };
};

const ASSUMED_REASON = message('déduit de la fiche', 'derived from the form');

/**
 * The envelope of a box with the form's floor area and storeys: walls and windows shared by the four cardinal points, flat roof, slab on ground. Areas
 * carry the wide `formArea` spread. Never mistaken for a model: its elements are named after the form.
 */
const envelopeFromForm = (
  form: BuildingForm,
  period: Period,
  typology: Typology,
  warnings: readonly Warning[],
): Envelope => {
  const box = boxOf(form, typology);
  const ground: GroundContext = {
    groundAreaM2: box.footprintM2,
    groundPerimeterM: box.perimeterM,
    cellarAreaM2: 0,
    cellarPerimeterM: 0,
    unheatedCells: [],
  };
  const element = (
    part: Part,
    areaM2: number,
    azimuthDeg: number,
    tiltDeg: number,
    exposure: 'exterior' | 'ground' = 'exterior',
  ): EnvelopeElement => {
    const { u, solarFactor } = partU(part, { period, typology, form });
    const plain: EnvelopeElement = {
      globalId: `${form.id}/${part.kind}/${azimuthDeg}`,
      ifcType: 'none',
      name: `${part.kind} ${azimuthDeg}°`,
      kind: part.kind,
      exposure,
      exposureConfidence: 0.5,
      exposureReason: ASSUMED_REASON,
      areaNetM2: areaM2,
      areaGrossM2: areaM2,
      interiorNetM2: areaM2,
      interiorGrossM2: areaM2,
      azimuthDeg,
      tiltDeg,
      u,
      b: 1,
      solarFactor,
    };
    const reduction = reductionFactor(plain, u.value, ground);
    return { ...plain, b: reduction.b, u: { ...u, basis: `${u.basis}; ${reduction.basis}` } };
  };
  const wallNetM2 = Math.max(0, box.wallGrossM2 - box.windowM2 - DOOR_M2);
  const elements = [
    ...SPLIT.map((azimuth) => element(parts.wall, wallNetM2 / 4, azimuth, 90)),
    ...SPLIT.map((azimuth) => element(parts.window, box.windowM2 / 4, azimuth, 90)),
    element(parts.door, DOOR_M2, 180, 90),
    element(parts.roof, box.footprintM2, 0, 0),
    element(parts.floor, box.footprintM2, 0, 180, 'ground'),
  ];
  const areas = {
    wallGrossM2: box.wallGrossM2,
    wallNetM2,
    roofM2: box.footprintM2,
    groundM2: box.footprintM2,
  };
  const junctions = [
    { class: 'wall-intermediate-floor', lengthM: box.perimeterM * (form.storeys - 1) },
    { class: 'wall-roof', lengthM: box.perimeterM },
    { class: 'wall-ground', lengthM: box.perimeterM },
    // Windows of 1.5 m2 have about 5 m of edge each.
    { class: 'opening', lengthM: (box.windowM2 / 1.5) * 5 },
  ] as const;
  const volumeM3 = form.floorAreaM2 * (form.storeyHeightM ?? STOREY_HEIGHT_M);
  const { air } = airLosses({ volumeM3, floorAreaM2: form.floorAreaM2 }, period);
  const changes = tabulaValues(typology, period, 'airChangePerH').map(
    (change) => change * AIR_HEAT_WH_M3K * volumeM3,
  );
  const { bridges } = thermalBridges({ junctions }, elements);
  return withHeatLoss({
    schema: 'stacoptim.envelope/1',
    closed: true,
    missing: [],
    warnings,
    exterior: areas,
    interior: areas,
    windowM2: box.windowM2,
    roofLightM2: 0,
    doorM2: DOOR_M2,
    floorAreaM2: form.floorAreaM2,
    volumeM3,
    externalWalls: 4,
    internalWalls: 0,
    byOrientation: SPLIT.map((azimuthDeg) => ({
      azimuthDeg,
      wallGrossM2: box.wallGrossM2 / 4,
      wallNetM2: wallNetM2 / 4,
      windowM2: box.windowM2 / 4,
      doorM2: azimuthDeg === 180 ? DOOR_M2 : 0,
    })),
    elements,
    cells: [],
    groundPerimeterM: box.perimeterM,
    cellarPerimeterM: 0,
    heatedStoreys: form.storeys,
    junctions,
    bridges,
    air: blended(air, changes, spreads.airChange.spread, 'W/K', typology),
    areaSpread: spreads.formArea.spread,
    ...(period.known ? { period: period.label } : {}),
  });
};

const formWarnings = (
  form: BuildingForm,
  period: Period,
  typology: Typology,
  assumed: boolean,
): Warning[] => [
  warning(
    'form-geometry',
    'Sans maquette : une boîte de la surface et du nombre de niveaux donnés, orientée aux quatre points cardinaux, vitrée au sixième de la surface ; aires à ±25 %.',
    'No model: a box of the given area and storeys, facing the four cardinal points, glazed for a sixth of the floor area; areas to ±25 %.',
  ),
  ...(assumed
    ? [
        warning(
          'typology-assumed',
          `Typologie déduite de la taille : ${typology}.`,
          `Typology derived from the size: ${typology}.`,
        ),
      ]
    : []),
  ...(period.known
    ? []
    : [
        warning(
          'u-period-unknown',
          'Période de construction inconnue : valeurs par défaut les plus larges.',
          'Construction period unknown: widest defaults.',
        ),
      ]),
  ...(form.use === 'housing'
    ? []
    : [
        warning(
          'typology-housing-only',
          'Les typologies françaises (TABULA) sont celles du logement ; elles servent ici faute de mieux.',
          'The French typologies (TABULA) are of dwellings; they serve here for want of better.',
        ),
      ]),
];

export type FormTwin = {
  readonly form: BuildingForm;
  readonly twin: Twin;
  readonly envelope: Envelope;
  readonly warnings: readonly Warning[];
};

/**
 * A short form and its period, checked and not yet made into anything: what a pre-flight of a large sheet asks.
 * @returns `form-invalid` with the field and the reason; `period-invalid` when the period cannot be read.
 */
export const checkForm = (
  input: unknown,
): Result<{ readonly form: BuildingForm; readonly period: Period }> => {
  const parsed = checked(buildingFormSchema, input, {
    code: 'form-invalid',
    fr: 'La fiche n’est pas valable',
    en: 'The form is not valid',
  });
  if (!parsed.ok) return parsed;
  const form = parsed.value;
  const year = form.constructionYear;
  const said = form.period ?? (year === undefined ? undefined : String(year));
  const period = said === undefined ? ok(unknownPeriod) : parsePeriod(said);
  return period.ok ? ok({ form, period: period.value }) : period;
};

/**
 * Twin of a building nobody has modelled, from a short form: French typology (TABULA) and period defaults (3CL), past works, a box for geometry; spreads as
 * wide as that deserves. Fails as `checkForm`.
 */
export const twinFromForm = (input: unknown): Result<FormTwin> => {
  const read = checkForm(input);
  if (!read.ok) return read;
  const { form, period } = read.value;
  const { typology, assumed } = typologyOf(form);
  const warnings = formWarnings(form, period, typology, assumed);
  const envelope = envelopeFromForm(form, period, typology, warnings);
  return ok({ form, twin: twinFromEnvelope(envelope, form), envelope, warnings });
};
