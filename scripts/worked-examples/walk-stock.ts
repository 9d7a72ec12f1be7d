import type { Walker } from './record.ts';

const school = 'ecole-du-bourg';
const gym = 'gymnase-1978';
const flats = 'residence-1972';

/** Buildings pushed, known and changed; the stock as a whole. */
export const walkStock = async ({ ask, take }: Walker): Promise<void> => {
  await ask('GET /v1/caller');
  await ask('GET /v1/stock');
  await ask('POST /v1/buildings', {
    body: {
      buildings: [
        {
          id: school,
          name: 'École du Bourg',
          use: 'school',
          commune: 'Vitré',
          constructionYear: 1958,
          floorAreaM2: 1200,
          storeys: 2,
          identifiers: { own: ['ECO-0001'], rnb: ['1ABC-2DEF-3GHJ'] },
        },
      ],
    },
  });
  await ask('GET /v1/buildings', {
    query: { use: ['school', 'sports'], sort: '-constructionYear', limit: 2 },
  });
  await ask('GET /v1/buildings/{id}/identity', { path: { id: school } });
  await ask('PATCH /v1/buildings/{id}/identity', {
    path: { id: school },
    body: { constructionYear: 1957, reason: 'plan de 1957 retrouvé' },
  });
  await ask('PUT /v1/buildings/{id}/tertiary', {
    path: { id: gym },
    body: { areaM2: 1100, reference: { year: 2012, finalKwh: 260_000 }, otherUsesKwhYear: 30_000 },
  });
  await ask('PUT /v1/buildings/{id}/fuel-poverty', {
    path: { id: flats },
    body: { kind: 'share', value: 0.18, low: 0.12, high: 0.25, source: 'enquête du bailleur, 2024' },
  });
  await ask('POST /v1/stock/fuel-poverty', {
    body: {
      lines: [
        {
          buildingId: flats,
          fuelPoverty: { kind: 'share', value: 0.2, source: 'enquête du bailleur, 2024' },
        },
        { buildingId: 'inconnu', fuelPoverty: { kind: 'share', value: 0.2, source: 'enquête' } },
      ],
    },
  });
  await ask('GET /v1/stock/law', { query: { chance: 0.5 } });
  await ask('GET /v1/stock/summary', { query: { use: ['sports'] } });
  await ask('GET /v1/stock/map', { query: { west: -1, south: 44, east: 0, north: 46, across: 8 } });
  await take('GET /v1/stock/sheet', { query: { sort: 'name', lang: 'fr' } });
  await ask('GET /v1/stock/benchmarks');
  await ask('GET /v1/ranking', { query: { by: 'saving', top: 2 } });
  await ask('GET /v1/ledger');
};

/** A building of the sample stock: its figures, its envelope, its scenarios; one that is pushed away again. */
export const walkBuilding = async ({ ask, take, world }: Walker): Promise<void> => {
  const path = { id: gym };
  await ask('GET /v1/buildings/{id}', { path });
  await ask('GET /v1/buildings/{id}/signature', { path });
  await ask('GET /v1/buildings/{id}/savings', { path });
  await ask('GET /v1/buildings/{id}/measures', { path });
  await ask('POST /v1/buildings/{id}/comparisons', {
    path,
    body: { options: [{ measures: ['windows'] }, { measures: ['windows', 'building-management'] }] },
  });
  const { id } = await ask('POST /v1/buildings/{id}/scenarios', {
    path,
    body: { name: 'Fenêtres en 2026', measures: [{ measure: 'windows', year: 2026 }] },
  });
  const scenario = { ...path, scenario: id };
  await ask('GET /v1/buildings/{id}/scenarios', { path });
  await ask('GET /v1/buildings/{id}/scenarios/{scenario}', { path: scenario });
  await ask('POST /v1/buildings/{id}/scenarios/{scenario}/comparison', {
    path: scenario,
    body: { weather: { kind: 'warmer-2050' } },
  });
  await ask('DELETE /v1/buildings/{id}/scenarios/{scenario}', { path: scenario });
  await ask('GET /v1/buildings/{id}/report', { path, query: { format: 'json' } });
  await take('GET /v1/stock/report', { query: { lang: 'fr' } });
  await ask('GET /v1/buildings/{id}/preflight', { path });
  await ask('GET /v1/buildings/{id}/elements', { path });
  await ask('PUT /v1/buildings/{id}/answers', {
    path,
    body: { answers: { uByKind: { window: 1.3 } }, by: 'GMAO', reason: 'facture des fenêtres' },
  });
  await ask('PUT /v1/buildings/{id}/closures', {
    path,
    body: {
      closures: [{ from: '2024-12-21', to: '2025-01-05', name: 'vacances de Noël' }],
      by: 'GMAO',
      reason: 'calendrier scolaire',
    },
  });
  await ask('GET /v1/buildings/{id}/closures', { path });
  await ask('GET /v1/buildings/{id}/envelope.json', { path });
  await take('GET /v1/buildings/{id}/envelope.gbxml', { path });
  await take(
    'POST /v1/buildings/{id}/enriched.ifc',
    { path, query: { name: 'model.ifc' }, body: world.modelOf(gym) },
    { file: `buildings/${gym}/model.ifc` },
  );
  await ask('POST /v1/buildings/{id}/certificate', {
    path: { id: flats },
    query: { name: 'dpe.xml' },
    body: certificate,
  });
  await ask('DELETE /v1/buildings/{id}', { path: { id: school }, body: { reason: 'vendue' } });
};

/** A form uploaded, answered and confirmed; another one cancelled. */
export const walkOnboarding = async ({ ask, beside }: Walker): Promise<void> => {
  const upload = async (name: string): Promise<{ readonly id: string }> => {
    const { id } = await ask('POST /v1/onboarding', {
      query: { name },
      body: JSON.stringify({
        id: 'salle-des-fetes',
        name: 'Salle des fêtes',
        use: 'community',
        floorAreaM2: 420,
        storeys: 1,
        period: '1985',
        heating: 'electric-direct',
        carrier: 'electricity',
      }),
    });
    for (;;) {
      const draft = await beside.call('GET /v1/onboarding/{id}', { path: { id } });
      if (!draft.ok || draft.value.state !== 'reading') return { id };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const path = await upload('salle-des-fetes.json');
  await ask('GET /v1/onboarding/{id}', { path });
  await ask('PUT /v1/onboarding/{id}/answers', { path, body: { airChangePerH: 0.4 } });
  await ask('POST /v1/onboarding/{id}/confirm', { path, body: { by: 'GMAO', reason: 'reprise du parc' } });
  await ask('DELETE /v1/onboarding/{id}', { path: await upload('salle-bis.json') });
};

/** A certificate in ADEME's layout with a wall, a roof and windows; fictional, as the building is. */
const certificate = `<?xml version="1.0" encoding="UTF-8"?>
<dpe><numero_dpe>2400E0000001A</numero_dpe>
<administratif><date_etablissement_dpe>2024-03-01</date_etablissement_dpe></administratif>
<logement><caracteristique_generale><enum_periode_construction_id>3</enum_periode_construction_id>
<surface_habitable_logement>60</surface_habitable_logement><hsp>2.5</hsp></caracteristique_generale>
<enveloppe><inertie><enum_classe_inertie_id>2</enum_classe_inertie_id></inertie>
<mur_collection><mur><donnee_entree><enum_type_adjacence_id>1</enum_type_adjacence_id><enum_orientation_id>1</enum_orientation_id><surface_paroi_opaque>20</surface_paroi_opaque><enum_methode_saisie_u_id>9</enum_methode_saisie_u_id></donnee_entree><donnee_intermediaire><b>1</b><umur>0.9</umur></donnee_intermediaire></mur></mur_collection>
<baie_vitree_collection><baie_vitree><donnee_entree><enum_type_adjacence_id>1</enum_type_adjacence_id><enum_orientation_id>4</enum_orientation_id><enum_inclinaison_vitrage_id>3</enum_inclinaison_vitrage_id><surface_totale_baie>8</surface_totale_baie></donnee_entree><donnee_intermediaire><b>1</b><u_menuiserie>2.5</u_menuiserie><sw>0.5</sw></donnee_intermediaire></baie_vitree></baie_vitree_collection>
</enveloppe>
<ventilation_collection><ventilation><donnee_entree><surface_ventile>60</surface_ventile></donnee_entree><donnee_intermediaire><hvent>15</hvent><hperm>5</hperm></donnee_intermediaire></ventilation></ventilation_collection>
<installation_chauffage_collection><installation_chauffage><generateur_chauffage_collection><generateur_chauffage><donnee_entree><enum_type_energie_id>2</enum_type_energie_id><enum_type_generateur_ch_id>97</enum_type_generateur_ch_id></donnee_entree></generateur_chauffage></generateur_chauffage_collection></installation_chauffage></installation_chauffage_collection>
<sortie><deperdition><deperdition_pont_thermique>7</deperdition_pont_thermique><deperdition_enveloppe>65</deperdition_enveloppe></deperdition></sortie>
</logement></dpe>`;
