import type { CertifiedBasis, CertifiedElement } from '#core/certificate.ts';
import type { EnergyCarrier, HeatingSystem } from '#core/twin.ts';

/** Codes of the ADEME certificate schema (enumerations of the 3CL-DPE 2021 "valeur_tables"). */

const ADIABATIC = new Set(['20', '22']);
const GROUND = new Set(['2', '5']);

/** enum_type_adjacence_id. Crawl spaces, cellars and lofts are unheated spaces: the certificate's b already speaks for them. */
export const exposureOf = (code: string | undefined): CertifiedElement['exposure'] => {
  if (code === undefined || code === '1') return 'exterior';
  if (ADIABATIC.has(code)) return 'adiabatic';
  return GROUND.has(code) ? 'ground' : 'unheated';
};

/** enum_methode_saisie_u_id: a document or a study, a measured thickness or resistance, the uninsulated make-up, a year's table. */
export const basisOf = (code: string | undefined): CertifiedBasis => {
  if (code === '9' || code === '10') return 'declared';
  if (code === '3' || code === '4' || code === '5' || code === '6') return 'computed';
  return code === '1' ? 'library' : 'period-default';
};

/** enum_orientation_id; 5 is horizontal and has none. */
export const azimuths: Readonly<Record<string, number>> = { '1': 180, '2': 0, '3': 90, '4': 270 };

/** enum_inclinaison_vitrage_id: under 25°, 25 to 75°, vertical, horizontal. */
export const glazingTilts: Readonly<Record<string, number>> = { '1': 15, '2': 45, '3': 90, '4': 0 };

/** enum_periode_construction_id. */
export const periods: Readonly<Record<string, string>> = {
  '1': 'avant 1948',
  '2': '1948-1974',
  '3': '1975-1977',
  '4': '1978-1982',
  '5': '1983-1988',
  '6': '1989-2000',
  '7': '2001-2005',
  '8': '2006-2012',
  '9': '2013-2021',
  '10': 'après 2021',
};

/** enum_classe_inertie_id. */
export const inertias = { '1': 'very-heavy', '2': 'heavy', '3': 'medium', '4': 'light' } as const;

/** enum_type_energie_id; bottled gas and LPG count as gas, the kinds of wood as wood, coal is left out. */
const carriers: Readonly<Record<string, EnergyCarrier>> = {
  '1': 'electricity',
  '2': 'gas',
  '3': 'oil',
  '4': 'wood',
  '5': 'wood',
  '6': 'wood',
  '7': 'wood',
  '8': 'district-heat',
  '9': 'gas',
  '10': 'gas',
  '12': 'electricity',
  '13': 'gas',
  '14': 'district-heat',
};

/** enum_type_generateur_ch_id of heat pumps: 1 to 7 on air, 8 to 19 on water or ground. */
const LAST_AIR_PUMP = 7;
const LAST_PUMP = 19;

/**
 * The heating system behind the codes of a certificate (enumerations of ADEME's XML: enum_type_energie_id,
 * enum_type_generateur_ch_id); what the codes do not tell is left out, never guessed.
 */
export const systemOf = (
  energy: string | undefined,
  generator: string | undefined,
  description: string,
): { readonly heating?: HeatingSystem['kind']; readonly carrier?: EnergyCarrier } => {
  const carrier = energy === undefined ? undefined : carriers[energy];
  if (carrier === undefined) return {};
  const code = Number(generator);
  if (carrier === 'electricity')
    return {
      carrier,
      heating:
        code >= 1 && code <= LAST_AIR_PUMP
          ? 'heat-pump-air'
          : code > LAST_AIR_PUMP && code <= LAST_PUMP
            ? 'heat-pump-ground'
            : 'electric-direct',
    };
  if (carrier === 'wood') return { carrier, heating: 'wood-boiler' };
  if (carrier === 'district-heat') return { carrier, heating: 'district-heat' };
  return { carrier, heating: /condens/i.test(description) ? 'boiler-condensing' : 'boiler-old' };
};
