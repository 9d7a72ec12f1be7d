import type { Certificate, CertifiedElement } from '#core/certificate.ts';
import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { azimuths, basisOf, exposureOf, glazingTilts, inertias, periods, systemOf } from './codes.ts';
import { openXml } from '../xml/index.ts';
import { all, type Node, number, one, text } from './xml.ts';

/** A certificate weighs 60 to 200 kB. */
export const MAX_BYTES = 16 * 1024 * 1024;

type Part = {
  readonly kind: CertifiedElement['kind'];
  readonly collection: string;
  readonly tag: string;
  readonly area: string;
  readonly u: readonly string[];
  readonly method: string;
  readonly tiltDeg: number;
};

const parts: readonly Part[] = [
  {
    kind: 'wall',
    collection: 'mur_collection',
    tag: 'mur',
    area: 'surface_paroi_opaque',
    u: ['umur'],
    method: 'enum_methode_saisie_u_id',
    tiltDeg: 90,
  },
  {
    kind: 'floor',
    collection: 'plancher_bas_collection',
    tag: 'plancher_bas',
    area: 'surface_paroi_opaque',
    u: ['upb_final', 'upb'],
    method: 'enum_methode_saisie_u_id',
    tiltDeg: 180,
  },
  {
    kind: 'roof',
    collection: 'plancher_haut_collection',
    tag: 'plancher_haut',
    area: 'surface_paroi_opaque',
    u: ['uph'],
    method: 'enum_methode_saisie_u_id',
    tiltDeg: 0,
  },
  {
    kind: 'window',
    collection: 'baie_vitree_collection',
    tag: 'baie_vitree',
    area: 'surface_totale_baie',
    u: ['u_menuiserie', 'uw'],
    method: 'enum_methode_saisie_perf_vitrage_id',
    tiltDeg: 90,
  },
  {
    kind: 'door',
    collection: 'porte_collection',
    tag: 'porte',
    area: 'surface_porte',
    u: ['uporte'],
    method: 'enum_methode_saisie_uporte_id',
    tiltDeg: 90,
  },
];

/** Windows and doors are described by type in the method's tables, or by a document (method 2 and up). */
const openingBasis = (code: string | undefined): CertifiedElement['basis'] =>
  code === undefined || code === '1' ? 'library' : 'declared';

const elementOf = (part: Part, node: Node, index: number): CertifiedElement | undefined => {
  const input = one(node, 'donnee_entree');
  const result = one(node, 'donnee_intermediaire');
  const areaM2 = number(input, part.area);
  const uWm2K = part.u.map((tag) => number(result, tag)).find((value) => value !== undefined);
  if (areaM2 === undefined || uWm2K === undefined || !(areaM2 > 0) || !(uWm2K > 0)) return undefined;
  const opening = part.kind === 'window' || part.kind === 'door';
  const method = text(input, part.method);
  const azimuth = azimuths[text(input, 'enum_orientation_id') ?? ''];
  const glazed = part.kind === 'window';
  return {
    id: `${part.tag}/${index + 1}`,
    name: text(input, 'description') ?? `${part.tag} ${index + 1}`,
    kind: part.kind,
    exposure: exposureOf(text(input, 'enum_type_adjacence_id')),
    areaM2,
    uWm2K,
    basis: opening ? openingBasis(method) : basisOf(method),
    b: number(result, 'b') ?? 1,
    ...(azimuth === undefined ? {} : { azimuthDeg: azimuth }),
    tiltDeg: glazed ? (glazingTilts[text(input, 'enum_inclinaison_vitrage_id') ?? '3'] ?? 90) : part.tiltDeg,
    solarFactor: glazed ? (number(result, 'sw') ?? 0) : 0,
  };
};

const systemsOf = (
  housing: Node,
): Pick<Certificate, 'heating' | 'carrier' | 'hotWaterOnHeatingMeter'> & { readonly generators: number } => {
  const generators = all(one(housing, 'installation_chauffage_collection'), 'installation_chauffage').flatMap(
    (installation) => all(one(installation, 'generateur_chauffage_collection'), 'generateur_chauffage'),
  );
  const consumed = (generator: Node): number =>
    number(one(generator, 'donnee_intermediaire'), 'conso_ch') ?? 0;
  const [main] = generators.toSorted((left, right) => consumed(right) - consumed(left));
  const input = one(main, 'donnee_entree');
  const energy = text(input, 'enum_type_energie_id');
  const water = all(one(housing, 'installation_ecs_collection'), 'installation_ecs')
    .flatMap((installation) => all(one(installation, 'generateur_ecs_collection'), 'generateur_ecs'))
    .map((generator) => text(one(generator, 'donnee_entree'), 'enum_type_energie_id'));
  return {
    ...systemOf(energy, text(input, 'enum_type_generateur_ch_id'), text(input, 'description') ?? ''),
    ...(energy === undefined || water.length === 0 ? {} : { hotWaterOnHeatingMeter: water.includes(energy) }),
    generators: generators.length,
  };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The refusal `not-a-dpe`. */
export const notOne = (file: string, fr: string, en: string): Result<never> =>
  failure(
    'not-a-dpe',
    `« ${file} » n’est pas un DPE de logement au format XML de l’ADEME : ${fr}.`,
    `“${file}” is not a dwelling certificate (DPE) in ADEME’s XML: ${en}.`,
    { file },
  );

const optional = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, V>);

const readHousing = (file: string, root: Node, housing: Node): Result<Certificate> => {
  const general = one(housing, 'caracteristique_generale');
  const shell = one(housing, 'enveloppe');
  const ventilations = all(one(housing, 'ventilation_collection'), 'ventilation');
  const losses = one(housing, 'sortie', 'deperdition');
  const warnings: Warning[] = [];
  const elements = parts.flatMap((part) =>
    all(one(shell, part.collection), part.tag).flatMap((node, index) => elementOf(part, node, index) ?? []),
  );
  const dwellingM2 = number(general, 'surface_habitable_logement');
  const buildingM2 = number(general, 'surface_habitable_immeuble');
  const ventilatedM2 = sum(
    ventilations.map((node) => number(one(node, 'donnee_entree'), 'surface_ventile') ?? 0),
  );
  // The ventilated area is that of the volume whose losses are listed, be it the dwelling or the whole building.
  const floorAreaM2 = ventilatedM2 > 0 ? ventilatedM2 : (dwellingM2 ?? buildingM2);
  if (floorAreaM2 === undefined || !(floorAreaM2 > 0))
    return notOne(file, 'aucune surface habitable', 'no floor area');
  if (elements.length === 0)
    return notOne(file, 'aucune paroi avec sa surface et son U', 'no element with its area and U-value');
  const { generators, ...system } = systemsOf(housing);
  if (generators > 1)
    warnings.push(
      warning(
        'dpe-several-generators',
        `Le DPE a ${generators} générateurs de chauffage : celui qui consomme le plus est retenu.`,
        `The certificate has ${generators} heat generators: the one that uses the most is kept.`,
      ),
    );
  const scope =
    buildingM2 !== undefined && (dwellingM2 === undefined || floorAreaM2 > 1.5 * dwellingM2)
      ? 'building'
      : 'dwelling';
  const air = ventilations.map((node) => one(node, 'donnee_intermediaire'));
  const period = periods[text(general, 'enum_periode_construction_id') ?? ''];
  const inertiaCode = text(one(shell, 'inertie'), 'enum_classe_inertie_id');
  const inertia = Object.entries(inertias).find(([code]) => code === inertiaCode)?.[1];
  const storeys = number(general, scope === 'building' ? 'nombre_niveau_immeuble' : 'nombre_niveau_logement');
  return ok({
    number: text(root, 'numero_dpe') ?? file.replace(/\.xml$/i, ''),
    ...optional('day', text(one(root, 'administratif'), 'date_etablissement_dpe')),
    scope,
    floorAreaM2,
    ...optional('storeyHeightM', number(general, 'hsp')),
    ...optional('storeys', storeys),
    ...optional('dwellings', scope === 'building' ? number(general, 'nombre_appartement') : 1),
    ...optional('constructionYear', number(general, 'annee_construction')),
    ...optional('period', period),
    elements,
    bridgesWK:
      number(losses, 'deperdition_pont_thermique') ??
      sum(
        all(one(shell, 'pont_thermique_collection'), 'pont_thermique').map(
          (node) =>
            (number(one(node, 'donnee_intermediaire'), 'k') ?? 0) *
            (number(one(node, 'donnee_entree'), 'l') ?? 0),
        ),
      ),
    airWK: sum(air.map((node) => (number(node, 'hvent') ?? 0) + (number(node, 'hperm') ?? 0))),
    airMeasured: ventilations.some(
      (node) => text(one(node, 'donnee_entree'), 'enum_methode_saisie_q4pa_conv_id') === '2',
    ),
    ...optional('statedLossWK', number(losses, 'deperdition_enveloppe')),
    ...system,
    ...optional('inertia', inertia),
    warnings,
  });
};

/**
 * Reads a French dwelling certificate (DPE) in ADEME's XML: elements with area, U and b as certified, bridges, air change, heating
 * system. Nothing of the address is kept.
 * @returns `not-a-dpe` with the reason (another document, a certificate without a described envelope), and the errors of `openXml`.
 */
export const readDpe = (file: string, bytes: Uint8Array): Result<Certificate> => {
  const document = openXml(file, bytes, [], MAX_BYTES);
  if (!document.ok) return document;
  const root = one(document.value, 'dpe');
  if (root === undefined) return notOne(file, 'la racine <dpe> manque', 'the root <dpe> is missing');
  const housing = one(root, 'logement') ?? one(root, 'logement_neuf');
  return housing === undefined
    ? notOne(file, 'il ne décrit pas de logement', 'it describes no dwelling')
    : readHousing(file, root, housing);
};
