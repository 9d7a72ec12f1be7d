import type { MaterialLayer, SourceElement } from '#core/building-model.ts';
import { type Warning, warning } from '#core/message.ts';
import type { FarSide, HeatFlow } from '#core/physics/u-values/index.ts';
import type { Quantity } from '#core/quantity.ts';
import { type MaterialMatcher, materialMatcher, wordsOf } from './materials.ts';
import { type Period, type PeriodFigure, type PeriodUse, periodDefault, unknownPeriod } from './period.ts';
import { spreads, uQuantity } from './spreads.ts';
import type { ThermalElement, ThermalKind } from './types.ts';
import { type LayersU, uFromLayers } from './u-value-layers.ts';
import { isRevitDefault, windowFromNames, windowTable } from './window.ts';
import { numberEn, numberFr } from '../core/wording.ts';

/** What holds for the whole building while its elements are resolved one by one. */
export type UContext = PeriodUse & { readonly period: Period; readonly match: MaterialMatcher };

/**
 * The context of a building whose period of construction may be unknown: defaults are then those of no
 * period, with their wide spread.
 */
export const uContext = (period: Period = unknownPeriod, use: PeriodUse = {}): UContext => ({
  ...use,
  period,
  match: materialMatcher(),
});

export type ResolvedU = {
  readonly u: Quantity;
  /** g of the glazing, 0 for opaque elements. */
  readonly solarFactor: number;
  readonly warnings: readonly Warning[];
};

/** Declared values outside these bounds, W/(m2 K), are zeros left unset or unit errors (IFC.md, fact 2). */
const DECLARED_BOUNDS = [0.05, 7] as const;
const DECLARED_SOLAR_BOUNDS = [0.05, 0.95] as const;

const within = (value: number, bounds: readonly [number, number]): boolean =>
  value >= bounds[0] && value <= bounds[1];

/** Whether a declared U, W/(m2 K), can be one. */
export const isPlausibleU = (uWm2K: number | undefined): boolean =>
  uWm2K !== undefined && within(uWm2K, DECLARED_BOUNDS);

/**
 * Direction of the heat through an element by its tilt, degrees, 0 facing up: horizontal within 30° of the
 * horizontal (ISO 6946:2017, table 7), upwards and downwards beyond.
 */
export const flowOf = (tiltDeg: number): HeatFlow =>
  tiltDeg < 60 ? 'up' : tiltDeg > 120 ? 'down' : 'horizontal';

/** Ground is handled by the factor b (ISO 13370), so that the element keeps the U of its own layers. */
const farSideOf = (thermal: ThermalElement): FarSide =>
  thermal.exposure === 'exterior' || thermal.exposure === 'ground' ? 'exterior' : 'unheated';

const FLAT_ROOF_TILT_DEG = 10;

/** The column of the period table an element falls in when nothing else is known. */
export const periodFigureOf = (thermal: Pick<ThermalElement, 'kind' | 'tiltDeg'>): PeriodFigure => {
  if (thermal.kind === 'window' || thermal.kind === 'curtain-wall') return 'windowUWm2K';
  if (thermal.kind === 'door') return 'doorUWm2K';
  if (thermal.kind === 'roof') return thermal.tiltDeg <= FLAT_ROOF_TILT_DEG ? 'flatRoof' : 'roof';
  return thermal.kind === 'floor' ? 'floor' : 'wall';
};

const kindNames: Readonly<Record<ThermalKind, readonly [fr: string, en: string]>> = {
  wall: ['mur', 'wall'],
  roof: ['toiture', 'roof'],
  floor: ['plancher', 'floor'],
  window: ['fenêtre', 'window'],
  door: ['porte', 'door'],
  'curtain-wall': ['façade-rideau', 'curtain wall'],
};

const labelOf = (source: SourceElement): string => source.typeName ?? source.name;

const declaredWarnings = (source: SourceElement, thermal: ThermalElement): readonly Warning[] => {
  const value = source.declaredUWm2K;
  if (value === undefined || value === 0) return [];
  const [fr, en] = kindNames[thermal.kind];
  const ref = { ref: source.globalId };
  if (!within(value, DECLARED_BOUNDS))
    return [
      warning(
        'u-declared-implausible',
        `U déclaré ${numberFr(value)} W/(m²·K) hors de 0,05 à 7 pour ${fr} « ${labelOf(source)} » : ignoré.`,
        `Declared U ${numberEn(value)} W/(m2 K) outside 0.05 to 7 for ${en} “${labelOf(source)}”: ignored.`,
        ref,
      ),
    ];
  return [
    warning(
      'u-revit-default',
      `U déclaré ${numberFr(value)} W/(m²·K) pour ${fr} : c’est la construction par défaut de Revit, pas une donnée du bâtiment ; ignoré.`,
      `Declared U ${numberEn(value)} W/(m2 K) for ${en}: Revit’s built-in construction, not this building’s; ignored.`,
      ref,
    ),
  ];
};

const unusableLayers = (
  source: SourceElement,
  thermal: ThermalElement,
  layers: LayersU,
): readonly Warning[] => {
  if (layers.ok || layers.reason === 'no-layer') return [];
  const [fr, en] = kindNames[thermal.kind];
  const of = { ref: source.globalId };
  return layers.reason === 'unknown-material'
    ? [
        warning(
          'u-material-unknown',
          `Matériau « ${layers.name} » inconnu dans ${fr} « ${labelOf(source)} » : donnez sa conductivité ou saisissez U.`,
          `Material “${layers.name}” unknown in ${en} “${labelOf(source)}”: give its conductivity or type U.`,
          of,
        ),
      ]
    : [
        warning(
          'u-layers-absurd',
          `Couches impossibles dans ${fr} « ${labelOf(source)} » (« ${layers.name} ») : ignorées ; vérifiez épaisseurs et unités.`,
          `Impossible layers in ${en} “${labelOf(source)}” (“${layers.name}”): ignored; check thicknesses and units.`,
          of,
        ),
      ];
};

const defaultWarning = (thermal: ThermalElement, context: UContext, u: Quantity): Warning => {
  const [fr, en] = kindNames[thermal.kind];
  const range = `${u.low.toFixed(2)}–${u.high.toFixed(2)}`;
  const inFrench = `${u.value.toFixed(2)} W/(m²·K) (${range})`.replaceAll('.', ',');
  return context.period.known
    ? warning(
        'u-period-default',
        `Rien dans le fichier ne donne U pour un élément « ${fr} » : valeur par défaut de la période ${context.period.label}, ${inFrench}.`,
        `Nothing in the file gives U for a ${en}: default of period ${context.period.label}, ${u.value.toFixed(2)} W/(m2 K) (${range}).`,
        { ref: thermal.globalId },
      )
    : warning(
        'u-period-unknown',
        `Rien dans le fichier ne donne U pour un élément « ${fr} » et la période de construction est inconnue : valeur par défaut la plus large, ${inFrench}. Donnez la période.`,
        `Nothing in the file gives U for a ${en} and the construction period is unknown: widest default, ${u.value.toFixed(2)} W/(m2 K) (${range}). Give the period.`,
        { ref: thermal.globalId },
      );
};

/** Names of make-ups, not of one material: a whole thickness read as one of them would be wrong. */
const COMPOSITE = ['isol', 'insul', 'damm', 'doubl', 'sandwich', 'cavity'];

/**
 * Placeholders such as "Mur par défaut" leave the type's name as the only word on a single layer ("Ext - Béton - 45 cm"): that layer then
 * carries both names, its own first. Make-ups of several layers, and names that tell of insulation, are left alone.
 */
export const namedLayers = (source: SourceElement, context: UContext): readonly MaterialLayer[] => {
  const [only] = source.layers;
  if (source.layers.length !== 1 || only === undefined || context.match(only.name) !== undefined)
    return source.layers;
  const label = labelOf(source);
  const words = wordsOf(label);
  if (words.some((word) => COMPOSITE.some((part) => word.includes(part)))) return source.layers;
  return [{ ...only, name: `${only.name} / ${label}` }];
};

const glazed = (kind: ThermalKind): boolean => kind === 'window' || kind === 'curtain-wall';

/**
 * U and solar factor of one element, by the surest thing the file says: a plausible declared value that is no Revit default, the
 * layers with their conductivities, the material library by name (for glazing, ISO 10077 parts by name), the period's default.
 * A floor or wall against soil keeps the U of its own layers; the soil is in the factor b.
 */
export const resolveU = (source: SourceElement, thermal: ThermalElement, context: UContext): ResolvedU => {
  const { kind } = thermal;
  const spread = spreads.element['period-default'].spread;
  const byName = glazed(kind) ? windowFromNames(source) : undefined;
  const solarFactor = !glazed(kind)
    ? 0
    : source.declaredSolarFactor !== undefined && within(source.declaredSolarFactor, DECLARED_SOLAR_BOUNDS)
      ? source.declaredSolarFactor
      : (byName?.solarFactor ??
        periodDefault(context.period, 'windowSolarFactor', '1', spread, context).value);
  const declared = source.declaredUWm2K;
  const warnings: Warning[] = [];
  const isDefault =
    declared !== undefined &&
    (kind === 'window' || kind === 'door' || kind === 'curtain-wall') &&
    isRevitDefault(declared);
  if (declared !== undefined && within(declared, DECLARED_BOUNDS) && !isDefault)
    return {
      u: uQuantity(
        declared,
        'declared',
        `U ${Number(declared.toPrecision(4))} W/(m2 K) declared in the file for ${labelOf(source)}`,
      ),
      solarFactor,
      warnings,
    };
  warnings.push(...declaredWarnings(source, thermal));
  if (byName !== undefined)
    return { u: uQuantity(byName.uWm2K, 'library', byName.basis), solarFactor, warnings };
  if (!glazed(kind)) {
    const layers = uFromLayers(
      namedLayers(source, context),
      flowOf(thermal.tiltDeg),
      farSideOf(thermal),
      context.match,
    );
    if (layers.ok && within(layers.uWm2K, DECLARED_BOUNDS)) {
      if (layers.neglected.length > 0)
        warnings.push(
          warning(
            'u-layer-neglected',
            `Couche mince non reconnue négligée : ${layers.neglected.join(', ')}.`,
            `Thin unrecognised layer neglected: ${layers.neglected.join(', ')}.`,
            { ref: source.globalId },
          ),
        );
      return { u: uQuantity(layers.uWm2K, layers.provenance, layers.basis), solarFactor, warnings };
    }
    warnings.push(
      ...unusableLayers(
        source,
        thermal,
        layers.ok ? { ok: false, reason: 'absurd', name: `U ${layers.uWm2K.toFixed(2)}` } : layers,
      ),
    );
  }
  const fallback = periodDefault(context.period, periodFigureOf(thermal), 'W/(m2 K)', spread, context);
  warnings.push(defaultWarning(thermal, context, fallback));
  const because = isDefault
    ? `; declared ${Number(declared.toPrecision(5))} is a Revit built-in default (windows table version ${windowTable.version})`
    : '';
  return { u: { ...fallback, basis: `${fallback.basis}${because}` }, solarFactor, warnings };
};
