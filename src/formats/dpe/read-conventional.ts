import { type ConventionalInput, dpeZones, type Facing } from '#core/conventional.ts';
import type { Result } from '#core/result.ts';
import { ok } from '#core/result.ts';
import { openXml } from '../xml/index.ts';
import { inertias } from './codes.ts';
import { MAX_BYTES, notOne, readDpe } from './read-dpe.ts';
import { heatingOf, hotWaterOf } from './systems.ts';
import { all, type Node, number, one, text } from './xml.ts';

/** enum_methode_application_dpe_log_id: a house; a whole block, or a flat whose figures are a share of its block's. */
const HOUSES = new Set(['1', '14', '18']);
const BLOCKS = new Set(['6', '7', '8', '9', '17', '21', '26', '27', '28', '29', '30']);
const FROM_BLOCK = new Set('10 11 12 13 15 16 19 20 22 23 24 25 33 34 38 39 40'.split(' '));

/** enum_orientation_id and enum_inclinaison_vitrage_id. */
const sides = { '1': 'south', '2': 'north', '3': 'east', '4': 'west' } as const;

const facingOf = (input: Node | undefined): Facing => {
  const side = Object.entries(sides).find(([code]) => code === text(input, 'enum_orientation_id'))?.[1];
  const tilt = text(input, 'enum_inclinaison_vitrage_id') ?? '3';
  if (side === undefined || tilt === '4') return 'horizontal';
  if (tilt === '1') return `${side}Flat`;
  return tilt === '2' ? `${side}Tilted` : side;
};

/** Windows towards outdoors; those behind a closed loggia or veranda let in the share its glazing leaves (section 6.3). */
const aperturesOf = (shell: Node | undefined): ConventionalInput['apertures'] => {
  const veranda = one(shell, 'ets_collection', 'ets');
  const clear = number(one(veranda, 'donnee_intermediaire'), 'coef_transparence_ets') ?? 0;
  const reduction = number(one(veranda, 'donnee_intermediaire'), 'bver') ?? 0;
  const own = all(one(shell, 'baie_vitree_collection'), 'baie_vitree').flatMap((node) => {
    const input = one(node, 'donnee_entree');
    const result = one(node, 'donnee_intermediaire');
    const place = text(input, 'enum_type_adjacence_id');
    if (place !== '1' && !(place === '10' && veranda !== undefined)) return [];
    const through = place === '10' ? clear * (1 - reduction) : 1;
    const masks = (number(result, 'fe1') ?? 1) * (number(result, 'fe2') ?? 1);
    const second = one(node, 'baie_vitree_double_fenetre', 'donnee_intermediaire');
    const pane = (number(result, 'sw') ?? 0) * (number(second, 'sw') ?? 1);
    const areaM2 = (number(input, 'surface_totale_baie') ?? 0) * pane * masks * through;
    return [{ facing: facingOf(input), areaM2 }];
  });
  const indirect = all(one(veranda, 'baie_ets_collection'), 'baie_ets').map((node) => {
    const input = one(node, 'donnee_entree');
    const areaM2 = (number(input, 'surface_totale_baie') ?? 0) * (0.8 * clear + 0.024) * reduction;
    return { facing: facingOf(input), areaM2 };
  });
  return [...own, ...indirect];
};

/** Code 1: below 400 m, 2: to 800 m, 3: above. */
const altitudeOf = (code: string | undefined): ConventionalInput['altitude'] =>
  code === '3' ? 2 : code === '2' ? 1 : 0;

const isOld = (weather: Node | undefined): boolean => text(weather, 'batiment_materiaux_anciens') === '1';

/** Mean power of the fans, W: from the use a year where it is stated, which counts the hours of a hybrid fan, else as it is. */
const fanPower = (result: Node | undefined): number => {
  const yearly = number(result, 'conso_auxiliaire_ventilation') ?? 0;
  return yearly > 0 ? yearly / 8.76 : (number(result, 'pvent_moy') ?? 0);
};

/**
 * Reads what the conventional method needs from a certificate: areas, losses, b, Sw, shading and each system's own figures as certified;
 * needs, seasonal efficiencies of boilers and consumptions are left to the calculation. @returns the errors of `readDpe`, and
 * `not-a-dpe` where the zone, the heating or the height is missing.
 */
export const readConventional = (file: string, bytes: Uint8Array): Result<ConventionalInput> => {
  const certificate = readDpe(file, bytes);
  if (!certificate.ok) return certificate;
  const document = openXml(file, bytes, [], MAX_BYTES);
  if (!document.ok) return document;
  const root = one(document.value, 'dpe');
  const housing = one(root, 'logement') ?? one(root, 'logement_neuf');
  const general = one(housing, 'caracteristique_generale');
  const weather = one(housing, 'meteo');
  const zone = dpeZones[(number(weather, 'enum_zone_climatique_id') ?? 0) - 1];
  const method = text(general, 'enum_methode_application_dpe_log_id') ?? '';
  const storeyHeightM = number(general, 'hsp');
  const heatedM2 =
    FROM_BLOCK.has(method) || BLOCKS.has(method)
      ? (number(general, 'surface_habitable_immeuble') ?? certificate.value.floorAreaM2)
      : (number(general, 'surface_habitable_logement') ?? certificate.value.floorAreaM2);
  if (housing === undefined || zone === undefined || !storeyHeightM)
    return notOne(
      file,
      'zone climatique ou hauteur sous plafond absente',
      'no climate zone or storey height',
    );
  const kind = HOUSES.has(method) ? 'house' : FROM_BLOCK.has(method) || BLOCKS.has(method) ? 'block' : 'flat';
  const dwellings = kind === 'block' ? number(general, 'nombre_appartement') || 1 : 1;
  const heating = heatingOf(housing);
  const hotWater = hotWaterOf(housing, dwellings);
  if (heating.length === 0 || hotWater.length === 0)
    return notOne(file, 'ni chauffage ni eau chaude décrits', 'no heating or hot water described');
  const shell = one(housing, 'enveloppe');
  const inertiaCode = text(one(shell, 'inertie'), 'enum_classe_inertie_id');
  const inertia = Object.entries(inertias).find(([code]) => code === inertiaCode)?.[1] ?? 'medium';
  const { elements, bridgesWK, airWK } = certificate.value;
  const ventilations = all(one(housing, 'ventilation_collection'), 'ventilation');
  return ok({
    kind,
    zone,
    altitude: altitudeOf(text(weather, 'enum_classe_altitude_id')),
    inertia,
    oldHeavy: isOld(weather) && inertia.endsWith('heavy'),
    areaM2: heatedM2,
    storeyHeightM,
    dwellings,
    lossWK: elements.reduce((total, one) => total + one.b * one.areaM2 * one.uWm2K, 0) + bridgesWK + airWK,
    apertures: aperturesOf(shell),
    fanW: ventilations.reduce((total, node) => total + fanPower(one(node, 'donnee_intermediaire')), 0),
    heating,
    hotWater,
    cooling: all(one(housing, 'climatisation_collection'), 'climatisation').flatMap((node) => {
      const efficiency = number(one(node, 'donnee_intermediaire'), 'eer');
      const areaM2 = number(one(node, 'donnee_entree'), 'surface_clim');
      return efficiency && areaM2 ? [{ areaM2, efficiency }] : [];
    }),
  });
};
