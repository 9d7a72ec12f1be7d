import type { BuildingModel, SourceElement } from '#core/building-model.ts';
import { message, type Warning, warning } from '#core/message.ts';
import { materialMatcher } from './materials.ts';
import { type Question, questionsFor } from './questions.ts';
import type { Envelope, EnvelopeElement } from './types.ts';
import { uFromLayers } from './u-value-layers.ts';
import { flowOf } from './u-value.ts';
import { decimalFr, groupedEn, groupedFr, roughEn, roughFr } from '../core/wording.ts';

/** What a person reads before anything is computed on the envelope. */
export type Preflight = {
  readonly found: readonly Warning[];
  readonly assumed: readonly Warning[];
  readonly contradictory: readonly Warning[];
  readonly missing: readonly Warning[];
  /** The most useful answer first. */
  readonly questions: readonly Question[];
};

const exposureFr: Readonly<Record<EnvelopeElement['exposure'], string>> = {
  exterior: 'extérieur',
  ground: 'contre le sol',
  unheated: 'vers un local non chauffé',
  adiabatic: 'mitoyen',
  internal: 'intérieur',
};

const ASSUMED_CODES = new Set([
  'u-period-default',
  'u-period-unknown',
  'u-layer-neglected',
  'u-revit-default',
  'bridges-lumped',
  'volume-assumed',
  'length-unit-assumed',
  'no-spaces',
  'rooms-incomplete',
  'space-left-out',
  'technical-names-doubted',
  'opening-by-size',
]);

/** A declared U and the layers' U, or a stated area and ours, may differ by this ratio before someone should look. */
const U_RATIO = 1.5;
const AREA_RATIO = 1.25;

const apart = (a: number, b: number): number => Math.max(a / b, b / a);

const contradictions = (model: BuildingModel, envelope: Envelope): Warning[] => {
  const sources = new Map(model.elements.map((element) => [element.globalId, element]));
  const match = materialMatcher();
  const of = (element: EnvelopeElement, source: SourceElement): Warning[] => {
    const ref = { ref: element.globalId };
    const label = source.typeName ?? source.name;
    const found: Warning[] = [];
    const layers = uFromLayers(source.layers, flowOf(element.tiltDeg), 'exterior', match);
    if (element.u.provenance === 'declared' && layers.ok && apart(layers.uWm2K, element.u.value) > U_RATIO)
      found.push(
        warning(
          'u-against-layers',
          `« ${label} » : U déclaré ${decimalFr(element.u.value, 2)}, mais ses couches donnent ${decimalFr(layers.uWm2K, 2)} W/(m²·K). La valeur déclarée est gardée.`,
          `“${label}”: declared U ${element.u.value.toFixed(2)}, yet its layers give ${layers.uWm2K.toFixed(2)} W/(m2 K). The declared value is kept.`,
          ref,
        ),
      );
    const statedExternal = element.kind === 'wall' ? source.isExternal : undefined;
    const external = element.exposure === 'exterior';
    if (statedExternal !== undefined && statedExternal !== external && element.exposure !== 'ground')
      found.push(
        warning(
          'exposure-against-file',
          `« ${label} » : le fichier le dit ${statedExternal ? 'extérieur' : 'intérieur'}, la géométrie ${exposureFr[element.exposure]}. La géométrie est gardée.`,
          `“${label}”: ${statedExternal ? 'external' : 'internal'} by the file, ${element.exposure} by the geometry. The geometry is kept.`,
          ref,
        ),
      );
    const stated = source.statedAreasM2['NetSideArea'] ?? source.statedAreasM2['NetArea'];
    if (stated !== undefined && stated > 0 && external && element.areaNetM2 > 0) {
      if (apart(stated, element.areaNetM2) > AREA_RATIO)
        found.push(
          warning(
            'area-against-file',
            `« ${label} » : ${decimalFr(stated, 1)} m² écrits dans le fichier, ${decimalFr(element.areaNetM2, 1)} m² mesurés sur la géométrie. La mesure est gardée.`,
            `“${label}”: ${stated.toFixed(1)} m2 written in the file, ${element.areaNetM2.toFixed(1)} m2 measured on the geometry. The measure is kept.`,
            ref,
          ),
        );
    }
    return found;
  };
  return envelope.elements.flatMap((element) => {
    const source = sources.get(element.globalId);
    return source === undefined ? [] : of(element, source);
  });
};

/** One line for alike contradictions (same kind, same type of element), the first told in full and the others counted. */
const grouped = (model: BuildingModel, list: readonly Warning[]): Warning[] => {
  const types = new Map(model.elements.map((source) => [source.globalId, source.typeName ?? source.name]));
  const groups = new Map<string, Warning[]>();
  for (const one of list) {
    const key = `${one.code} ${types.get(one.ref ?? '') ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    if (others.length === 0) return [first];
    return [
      {
        ...first,
        message: message(
          `${first.message.fr} De même pour ${others.length} autres.`,
          `${first.message.en} Likewise for ${others.length} more.`,
        ),
      },
    ];
  });
};

const foundThings = (model: BuildingModel, envelope: Envelope): Warning[] => {
  const lossy = envelope.elements.filter((element) => element.b > 0);
  const known = lossy.filter((element) => element.u.provenance !== 'period-default').length;
  const heated = envelope.cells.filter((cell) => cell.heated).length;
  return [
    warning(
      'found-elements',
      `${lossy.length} éléments d’enveloppe sur ${model.elements.length} éléments lus (${model.schema}, ${model.application}).`,
      `${lossy.length} envelope elements of ${model.elements.length} read (${model.schema}, ${model.application}).`,
    ),
    warning(
      'found-cells',
      `${heated} volumes chauffés, ${envelope.cells.length - heated} non chauffés, ${groupedFr(envelope.floorAreaM2)} m² de plancher.`,
      `${heated} heated cells, ${envelope.cells.length - heated} unheated, ${groupedEn(envelope.floorAreaM2)} m2 of floor.`,
    ),
    warning(
      'found-u-values',
      `${known} valeurs U tirées du fichier (déclarées, couches ou noms de matériaux), ${lossy.length - known} par défaut.`,
      `${known} U-values from the file (declared, layers or material names), ${lossy.length - known} by default.`,
    ),
  ];
};

/** The air change taken while nobody has said it: a default, which moves with the period. */
export const airAssumed = ({ air }: Envelope): Warning =>
  warning(
    'air-assumed',
    `Renouvellement d’air par défaut : ${roughFr(air.value)} W/K (${roughFr(air.low)} à ${roughFr(air.high)}).`,
    `Air change by default: ${roughEn(air.value)} W/K (${roughEn(air.low)} to ${roughEn(air.high)}).`,
  );

const assumptions = (model: BuildingModel, envelope: Envelope): Warning[] => [
  ...envelope.warnings.filter((one) => ASSUMED_CODES.has(one.code)),
  ...(model.northStated
    ? []
    : [
        warning(
          'north-assumed',
          'Le nord n’est pas indiqué : l’axe y du plan est pris pour le nord.',
          'North is not stated: the plan’s y axis is taken for north.',
        ),
      ]),
  ...(envelope.air.provenance === 'typed' ? [] : [airAssumed(envelope)]),
  ...envelope.cells
    .filter((cell) => !cell.heated)
    .map((cell) =>
      warning(
        'cell-unheated',
        `« ${cell.name} » est pris pour non chauffé. ${cell.reason.fr}`,
        `“${cell.name}” is taken as unheated. ${cell.reason.en}`,
        { ref: cell.id },
      ),
    ),
];

const missingThings = (model: BuildingModel, envelope: Envelope): Warning[] => [
  ...envelope.missing.map((one): Warning => ({ code: 'envelope-not-closed', message: one })),
  ...(envelope.period === undefined
    ? [
        warning(
          'period-missing',
          'La période de construction n’est pas connue.',
          'The construction period is not known.',
        ),
      ]
    : []),
  ...(model.spaces.length === 0
    ? [
        warning(
          'spaces-missing',
          'Le fichier n’a pas de locaux (IfcSpace) : les volumes viennent des plans d’étage.',
          'The file has no spaces (IfcSpace): the volumes come from the storey plans.',
        ),
      ]
    : []),
];

/**
 * The report before anything is computed: found, assumed, contradictory, missing, and the questions ranked by how much of the heat-loss
 * coefficient's interval their answer would take away.
 */
export const preflight = (model: BuildingModel, envelope: Envelope): Preflight => ({
  found: foundThings(model, envelope),
  assumed: assumptions(model, envelope),
  contradictory: grouped(model, contradictions(model, envelope)),
  missing: missingThings(model, envelope),
  questions: questionsFor({ envelope, facts: {}, northKnown: model.northStated }),
});
