import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';

const root = join(import.meta.dirname, '../..');
const sample = join(root, 'buildings/residence-1972');

/** An empty installation is given the weather of the place by its own command, from a stand-in of the service with the sample's weather. */
export const fetchWeather = async (data: string): Promise<void> => {
  const rows = gunzipSync(readFileSync(join(root, 'buildings/weather/bordeaux-simule.csv.gz')))
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const service = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        latitude: 44.83,
        longitude: -0.57,
        elevation: 49,
        timezone: 'UTC',
        utc_offset_seconds: 0,
        hourly_units: { time: 'iso8601', temperature_2m: '°C', shortwave_radiation: 'W/m²' },
        hourly: {
          time: rows.map(([instant]) => (instant ?? '').slice(0, 16)),
          temperature_2m: rows.map(([, degrees]) => Number(degrees)),
          shortwave_radiation: rows.map(([, , watts]) => Number(watts)),
        },
      }),
    );
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const { port } = service.address() as AddressInfo;
  const standIn = ['--service', 'open-meteo', '--base-url', `http://127.0.0.1:${port}`];
  const asked = ['--latitude=44.83', '--longitude=-0.57', '--days=2022-01-02/2024-12-30'];
  const child = spawn(
    process.execPath,
    [join(root, 'bin/stacoptim.mjs'), 'weather', ...standIn, ...asked, '--data', data],
    { cwd: root, stdio: 'ignore' },
  );
  const [code] = (await once(child, 'exit')) as [number];
  service.close();
  expect(code).toBe(0);
};

const BILL_DAYS = 60;

/** The simulated days of the sample residence as the bills of a supplier: two months each, the fourth estimated. */
export const bills = (count: number): Buffer => {
  const days = gunzipSync(readFileSync(join(sample, 'meter-gas.csv.gz')))
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const french = (index: number): string => (days[index]?.[0] ?? '').split('-').toReversed().join('/');
  const lines = Array.from({ length: count }, (_, i) => {
    const first = i * BILL_DAYS;
    const kwh = days.slice(first, first + BILL_DAYS).reduce((sum, [, value]) => sum + Number(value), 0);
    return `${french(first)};${french(first + BILL_DAYS - 1)};${Math.round(kwh)};${i === 3 ? 'estimé' : 'réel'}`;
  });
  return Buffer.from(['Début;Fin;Consommation (kWh);Type de relevé', ...lines, ''].join('\n'));
};

/** A certificate of the whole residence in ADEME's layout, walls with a known U; fictional, as the sample is. */
export const certificate = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<dpe><numero_dpe>2433E0000000X</numero_dpe>
<administratif><date_etablissement_dpe>2021-09-14</date_etablissement_dpe></administratif>
<logement><caracteristique_generale><annee_construction>1972</annee_construction>
<surface_habitable_immeuble>3390</surface_habitable_immeuble><nombre_appartement>40</nombre_appartement><hsp>2.45</hsp></caracteristique_generale>
<enveloppe><inertie><enum_classe_inertie_id>2</enum_classe_inertie_id></inertie>
<mur_collection><mur><donnee_entree><description>Murs béton</description><enum_type_adjacence_id>1</enum_type_adjacence_id><enum_orientation_id>1</enum_orientation_id><surface_paroi_opaque>1726</surface_paroi_opaque><enum_methode_saisie_u_id>9</enum_methode_saisie_u_id></donnee_entree><donnee_intermediaire><b>1</b><umur>1.25</umur></donnee_intermediaire></mur></mur_collection>
</enveloppe>
<ventilation_collection><ventilation><donnee_entree><surface_ventile>3390</surface_ventile></donnee_entree><donnee_intermediaire><hvent>900</hvent><hperm>300</hperm></donnee_intermediaire></ventilation></ventilation_collection>
<installation_chauffage_collection><installation_chauffage><generateur_chauffage_collection><generateur_chauffage><donnee_entree><description>Chaudière gaz à condensation</description><enum_type_energie_id>2</enum_type_energie_id><enum_type_generateur_ch_id>97</enum_type_generateur_ch_id></donnee_entree></generateur_chauffage></generateur_chauffage_collection></installation_chauffage></installation_chauffage_collection>
<sortie><deperdition><deperdition_pont_thermique>700</deperdition_pont_thermique></deperdition></sortie>
</logement></dpe>`);
