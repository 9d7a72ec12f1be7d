import type { BuildingModel, SourceElement } from '#core/building-model.ts';
import { boxOfFaces } from '#core/geometry/index.ts';
import type { Warning } from '#core/message.ts';
import { warning } from '#core/message.ts';
import { airLosses } from './air.ts';
import { type InsulationPosition, thermalBridges } from './bridges.ts';
import { type GroundContext, reductionFactor } from './ground.ts';
import { envelopeTerms, sumOfTerms } from './losses.ts';
import { type Period, type PeriodUse, parsePeriod, unknownPeriod } from './period.ts';
import type { Envelope, EnvelopeElement, ThermalElement, ThermalGeometry } from './types.ts';
import { isPlausibleU, namedLayers, resolveU, type UContext, uContext } from './u-value.ts';

export type EnvelopeOptions = PeriodUse & {
  /** As `parsePeriod` reads it; one it cannot read is warned about and left unknown. */
  readonly period?: string;
  readonly insulationPosition?: InsulationPosition;
  readonly airChangePerH?: number;
};

const periodOf = (
  text: string | undefined,
): { readonly period: Period; readonly warnings: readonly Warning[] } => {
  if (text === undefined) return { period: unknownPeriod, warnings: [] };
  const parsed = parsePeriod(text);
  return parsed.ok
    ? { period: parsed.value, warnings: [] }
    : { period: unknownPeriod, warnings: [{ code: parsed.error.code, message: parsed.error.message }] };
};

/** One sentence once, however many elements it is about: the first one is named. */
const withoutRepeats = (warnings: readonly Warning[]): Warning[] => {
  const seen = new Set<string>();
  return warnings.filter((one) => {
    const key = `${one.code} ${one.message.en}`;
    return !seen.has(key) && seen.add(key);
  });
};

const bare = (thermal: ThermalElement): SourceElement => ({
  globalId: thermal.globalId,
  name: thermal.name,
  ifcType: thermal.ifcType,
  kind: thermal.kind,
  layers: [],
  materialNames: [],
  statedAreasM2: {},
});

const heightM = (source: SourceElement): number => {
  const box = boxOfFaces(source.shape?.faces ?? []);
  return box === undefined ? 0 : box.max[2] - box.min[2];
};

/**
 * What is known of a slab together with those it lies on or carries: a declared U of any of them, the lowest, since the
 * rest can only lower it; else the layers of all. A silent one that is thinner than what is known of the slab (a carpet,
 * a membrane) is left out; a thicker one leaves the construction unknown.
 */
const oneConstruction = (
  own: SourceElement,
  others: readonly SourceElement[],
  context: UContext,
): SourceElement => {
  if (others.length === 0 || isPlausibleU(own.declaredUWm2K)) return own;
  const [declared] = others
    .filter((one) => isPlausibleU(one.declaredUWm2K))
    .toSorted((a, b) => (a.declaredUWm2K ?? 0) - (b.declaredUWm2K ?? 0));
  if (declared?.declaredUWm2K !== undefined)
    return { ...own, declaredUWm2K: declared.declaredUWm2K, typeName: declared.typeName ?? declared.name };
  const known = own.layers.reduce((sum, layer) => sum + layer.thicknessM, 0);
  const silent = others.filter((one) => one.layers.length === 0);
  if (silent.some((one) => heightM(one) > known)) return { ...own, layers: [], materialNames: [] };
  const all = [own, ...others.filter((one) => one.layers.length > 0)];
  return all.length === 1 ? own : { ...own, layers: all.flatMap((one) => namedLayers(one, context)) };
};

/** An element in two exposures is two thermal elements, the second one's id with the exposure after a colon. */
const wholeId = (id: string): string => id.split(':')[0] ?? id;

/** The sum of an envelope's losses, W/K, recomputed from its parts: what every change to them must go through. */
export const withHeatLoss = (envelope: Omit<Envelope, 'heatLossCoefficient'>): Envelope => ({
  ...envelope,
  heatLossCoefficient: sumOfTerms(
    envelopeTerms(envelope),
    'ISO 13789:2017: Σ b·U·A + Σ ψ·l + 0.34·n·V on outer dimensions',
  ),
});

/** What the factors b need of an envelope's geometry. */
export const groundContext = (
  geometry: Pick<ThermalGeometry, 'cells' | 'groundPerimeterM' | 'cellarPerimeterM'> & {
    readonly elements: readonly ThermalElement[];
  },
): GroundContext => ({
  groundAreaM2: geometry.elements
    .filter((element) => element.exposure === 'ground' && element.kind === 'floor')
    .reduce((sum, element) => sum + element.areaGrossM2, 0),
  groundPerimeterM: geometry.groundPerimeterM,
  cellarAreaM2: geometry.elements
    .filter(({ exposure, kind, tiltDeg }) => exposure === 'unheated' && kind === 'floor' && tiltDeg >= 90)
    .reduce((sum, element) => sum + element.areaNetM2, 0),
  cellarPerimeterM: geometry.cellarPerimeterM,
  unheatedCells: geometry.cells.filter((cell) => !cell.heated),
});

/**
 * The digitised envelope: the geometry with U and b for each element, thermal bridges, air and their sum (ISO 13789). Pure: the same
 * model, geometry and options give the same envelope.
 */
export const envelopeFrom = (
  model: BuildingModel,
  geometry: ThermalGeometry,
  options: EnvelopeOptions = {},
): Envelope => {
  const { period, warnings: periodWarnings } = periodOf(options.period);
  const context = uContext(period, options);
  const sources = new Map(model.elements.map((element) => [element.globalId, element]));
  const ground = groundContext(geometry);
  const warnings: Warning[] = [...model.warnings, ...geometry.warnings, ...periodWarnings];
  const elements = geometry.elements.map((thermal): EnvelopeElement => {
    const own = sources.get(thermal.globalId) ?? sources.get(wholeId(thermal.globalId)) ?? bare(thermal);
    const others = (thermal.withIds ?? []).flatMap((id) => sources.get(id) ?? []);
    const resolved = resolveU(oneConstruction(own, others, context), thermal, context);
    if (thermal.exposure !== 'internal') warnings.push(...resolved.warnings);
    const reduction = reductionFactor(thermal, resolved.u.value, ground);
    return {
      ...thermal,
      u: { ...resolved.u, basis: `${resolved.u.basis}; ${reduction.basis}` },
      b: reduction.b,
      solarFactor: resolved.solarFactor,
    };
  });
  const { bridges, warnings: bridgeWarnings } = thermalBridges(
    geometry,
    elements,
    options.insulationPosition,
  );
  const { air, warnings: airWarnings } = airLosses(geometry, period, options.airChangePerH);
  warnings.push(...bridgeWarnings, ...airWarnings);
  if (!elements.some((element) => element.b > 0))
    warnings.push(
      warning(
        'envelope-empty',
        'Aucun élément ne donne sur l’extérieur, le sol ou un local non chauffé : les déperditions ne comptent que l’air.',
        'No element faces outside, soil or an unheated room: the losses count the air only.',
      ),
    );
  return withHeatLoss({
    ...geometry,
    schema: 'stacoptim.envelope/1',
    warnings: withoutRepeats(warnings),
    elements,
    bridges,
    air,
    ...(period.known ? { period: period.label } : {}),
  });
};
