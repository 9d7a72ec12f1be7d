import type { Walker } from './record.ts';

/** Weather as another system sends it, and as a file beside a building. */
export const walkWeather = async ({ ask }: Walker): Promise<void> => {
  const path = { id: 'vitre' };
  await ask('PUT /v1/weather-stations/{id}', {
    path,
    body: { name: 'Vitré', latitudeDeg: 48.12, longitudeDeg: -1.21, altitudeM: 90 },
  });
  await ask('POST /v1/weather-stations/{id}/days', {
    path,
    body: {
      days: [
        { day: '2024-12-30', meanC: 4.2, ghiWm2: 38 },
        { day: '2024-12-31', meanC: 5.1 },
      ],
    },
  });
  await ask('GET /v1/weather-stations');
  await ask('GET /v1/weather-stations/{id}', { path });
  await ask('GET /v1/weather-stations/{id}/days', { path, query: { from: '2024-12-30' } });
  await ask('POST /v1/buildings/{id}/weather', {
    path: { id: 'gymnase-1978' },
    query: { name: 'meteo.csv' },
    body: 'date;temperature\n2025-12-30;4,2\n2025-12-31;5,1\n',
  });
};
