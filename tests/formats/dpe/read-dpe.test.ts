import { describe, expect, it } from 'vitest';
import { answered, describeCertificate } from '#create/index.ts';
import { readDpe } from '../../../src/formats/dpe/index.ts';

/** A flat of 60 m2 in ADEME's layout: one wall outside, one against the stairs, a window, a floor over a neighbour. */
const certificate = (inside = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<dpe><numero_dpe>2400E0000001A</numero_dpe>
<administratif><date_etablissement_dpe>2024-03-01</date_etablissement_dpe></administratif>
<logement><caracteristique_generale><enum_periode_construction_id>3</enum_periode_construction_id>
<surface_habitable_logement>60</surface_habitable_logement><hsp>2.5</hsp></caracteristique_generale>
<enveloppe><inertie><enum_classe_inertie_id>2</enum_classe_inertie_id></inertie>
<mur_collection>
<mur><donnee_entree><description>Mur sud &amp; est</description><enum_type_adjacence_id>1</enum_type_adjacence_id><enum_orientation_id>1</enum_orientation_id><surface_paroi_opaque>20</surface_paroi_opaque><enum_methode_saisie_u_id>8</enum_methode_saisie_u_id></donnee_entree><donnee_intermediaire><b>1</b><umur>1.0</umur></donnee_intermediaire></mur>
<mur><donnee_entree><enum_type_adjacence_id>15</enum_type_adjacence_id><surface_paroi_opaque>10</surface_paroi_opaque><enum_methode_saisie_u_id>9</enum_methode_saisie_u_id></donnee_entree><donnee_intermediaire><b>0.5</b><umur>2.0</umur></donnee_intermediaire></mur>
</mur_collection>
<plancher_bas_collection><plancher_bas><donnee_entree><enum_type_adjacence_id>22</enum_type_adjacence_id><surface_paroi_opaque>60</surface_paroi_opaque></donnee_entree><donnee_intermediaire><b>0</b><upb_final>2</upb_final></donnee_intermediaire></plancher_bas></plancher_bas_collection>
<baie_vitree_collection><baie_vitree><donnee_entree><enum_type_adjacence_id>1</enum_type_adjacence_id><enum_orientation_id>4</enum_orientation_id><enum_inclinaison_vitrage_id>3</enum_inclinaison_vitrage_id><surface_totale_baie>8</surface_totale_baie></donnee_entree><donnee_intermediaire><b>1</b><u_menuiserie>2.5</u_menuiserie><sw>0.5</sw></donnee_intermediaire></baie_vitree></baie_vitree_collection>
</enveloppe>
<ventilation_collection><ventilation><donnee_entree><surface_ventile>60</surface_ventile></donnee_entree><donnee_intermediaire><hvent>15</hvent><hperm>5</hperm></donnee_intermediaire></ventilation></ventilation_collection>
<installation_chauffage_collection><installation_chauffage><generateur_chauffage_collection><generateur_chauffage><donnee_entree><description>Chaudière gaz à condensation</description><enum_type_energie_id>2</enum_type_energie_id><enum_type_generateur_ch_id>97</enum_type_generateur_ch_id></donnee_entree></generateur_chauffage></generateur_chauffage_collection></installation_chauffage></installation_chauffage_collection>
<sortie><deperdition><deperdition_pont_thermique>7</deperdition_pont_thermique><deperdition_enveloppe>77</deperdition_enveloppe></deperdition></sortie>
${inside}</logement></dpe>`;

const codeOf = (xml: string): string => {
  const read = readDpe('dpe.xml', Buffer.from(xml));
  return read.ok ? 'ok' : read.error.code;
};

describe('a certificate in ADEME’s XML', () => {
  it('gives the losses worked by hand: 20·1 + 0.5·10·2 + 8·2.5 + 7 + 20 = 77 W/K', () => {
    const read = readDpe('dpe.xml', Buffer.from(certificate()));
    if (!read.ok) throw new Error(read.error.message.en);
    const described = describeCertificate(read.value);
    expect(described.envelope.heatLossCoefficient.value).toBeCloseTo(77, 9);
    expect(described.findings.contradictory).toEqual([]);
    expect(described.facts).toMatchObject({
      use: 'housing',
      heating: 'boiler-condensing',
      carrier: 'gas',
      inertia: 'heavy',
    });
    expect(
      described.envelope.elements.map(({ kind, exposure, azimuthDeg, u }) => [
        kind,
        exposure,
        azimuthDeg,
        u.provenance,
      ]),
    ).toEqual([
      ['wall', 'exterior', 180, 'period-default'],
      ['wall', 'unheated', 0, 'declared'],
      ['floor', 'adiabatic', 0, 'period-default'],
      ['window', 'exterior', 270, 'library'],
    ]);
    expect(described.envelope.elements[0]?.name).toBe('Mur sud & est');
    expect(described.envelope.volumeM3).toBe(150);
    const told = answered(described, { uByGroup: { 'wall/period-default': 0.3 } }, 'd');
    expect(told.ok && told.value.envelope.heatLossCoefficient.value).toBeCloseTo(77 - 20 * 0.7, 9);
  });

  it('says when the certificate contradicts itself', () => {
    const read = readDpe('dpe.xml', Buffer.from(certificate().replace('>77<', '>99<')));
    if (!read.ok) throw new Error(read.error.message.en);
    expect(describeCertificate(read.value).findings.contradictory.map((one) => one.code)).toEqual([
      'loss-against-certificate',
    ]);
  });

  it('refuses what is none, in words', () => {
    expect(codeOf('')).toBe('file-empty');
    expect(codeOf('<dpe><logement>')).toBe('xml-malformed');
    expect(codeOf('<dpe/>')).toBe('not-a-dpe');
    expect(codeOf('<note>bonjour</note>')).toBe('not-a-dpe');
    expect(codeOf(certificate().replaceAll('>60<', '>0<'))).toBe('not-a-dpe');
    const bomb = `<!DOCTYPE dpe [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]><dpe><numero_dpe>${'&b;'.repeat(1000)}</numero_dpe></dpe>`;
    expect(codeOf(bomb)).toBe('xml-entities-refused');
  });
});
