import type { Walker } from './record.ts';

const gym = 'gymnase-1978';
const meter = 'gymnase-1978-gas';
const works = 'gymnase-1978-2023';

/** Works, what they saved, what disturbed them, and what the night watch found. */
export const walkWorks = async ({ ask }: Walker): Promise<void> => {
  const path = { id: gym };
  await ask('POST /v1/buildings/{id}/works', {
    path,
    body: {
      id: 'gymnase-1978-2025',
      measures: ['windows'],
      start: '2025-06-30',
      end: '2025-08-29',
      costEur: 86_000,
      reason: 'marché notifié',
    },
  });
  await ask('PATCH /v1/buildings/{id}/works/{works}', {
    path: { ...path, works: 'gymnase-1978-2025' },
    body: { end: '2025-09-05', costEur: 88_500, reason: 'avenant nº 1' },
  });
  await ask('GET /v1/buildings/{id}/works', { path });
  await ask('GET /v1/works', { query: { measure: ['roof-insulation'] } });
  await ask('GET /v1/buildings/{id}/works/{works}', { path: { ...path, works } });
  const { id: event } = await ask('POST /v1/buildings/{id}/events', {
    path,
    body: {
      worksId: works,
      from: '2024-02-05',
      to: '2024-02-18',
      reason: 'chauffage coupé pour un dégât des eaux',
    },
  });
  await ask('GET /v1/buildings/{id}/events/{event}', { path: { ...path, event } });
  await ask('POST /v1/buildings/{id}/events/{event}/decision', {
    path: { ...path, event },
    body: { action: 'refuse', reason: 'le chauffage a été rétabli le jour même' },
  });
  await ask('GET /v1/buildings/{id}/events', { path });
  await ask('GET /v1/events', { query: { works: [works] } });
  await ask('GET /v1/buildings/{id}/results', { path });
  await ask('GET /v1/buildings/{id}/gap', { path });
  await ask('GET /v1/rates');
  const [alarm] = await ask('GET /v1/alarms', { query: { building: [gym] } });
  if (alarm === undefined) throw new Error('the night has told no alarm');
  await ask('GET /v1/buildings/{id}/alarms', { path });
  await ask('GET /v1/buildings/{id}/alarms/{alarm}', { path: { ...path, alarm: alarm.id } });
  await ask('POST /v1/buildings/{id}/alarms/{alarm}/decision', {
    path: { ...path, alarm: alarm.id },
    body: { action: 'acknowledge', reason: 'chauffagiste appelé' },
  });
  await ask('GET /v1/buildings/{id}/watch', { path });
  await ask('GET /v1/savings', { query: { building: gym } });
  await ask('GET /v1/savings/report', { query: { format: 'json', year: 2024 } });
  await ask('POST /v1/operat', {
    body: { year: 2024, entities: [{ buildingId: gym, efa: 'EFA-0001', areaM2: 1100, activity: 'Sport' }] },
  });
};

/** A meter declared, fed, judged and erased; the models of another. */
export const walkMeters = async ({ ask, world }: Walker): Promise<void> => {
  await ask('GET /v1/buildings/{id}/meters', { path: { id: gym } });
  await ask('GET /v1/meters', { query: { building: [gym] } });
  await ask('GET /v1/meters/{id}', { path: { id: meter } });
  await ask('GET /v1/meters/{id}/series', {
    path: { id: meter },
    query: { from: '2024-01-01', to: '2024-12-31' },
  });
  await ask('GET /v1/meters/{id}/analysis', { path: { id: meter } });
  await ask('GET /v1/meters/{id}/quality', { path: { id: meter } });
  const { id: decision } = await ask('POST /v1/meters/{id}/decisions', {
    path: { id: meter },
    body: { from: '2024-11-15', to: '2024-11-20', action: 'exclude', reason: 'essais du chauffagiste' },
  });
  await ask('POST /v1/meters/{id}/decisions/{decision}/reversal', {
    path: { id: meter, decision },
    body: { reason: 'les essais ont eu lieu en 2023' },
  });
  const path = { id: 'gymnase-1978-elec' };
  await ask('PUT /v1/meters/{id}', {
    path,
    body: { buildingId: gym, name: 'Éclairage', carrier: 'electricity', use: 'lighting' },
  });
  await ask('POST /v1/meters/{id}/readings/preflight', {
    path,
    query: { unit: 'kWh', register: 'false' },
    headers: { 'content-type': 'text/csv' },
    body: 'date;kWh\n2024-12-29;41,5\n2024-12-30;39,8\n2024-12-31;44,1\n',
  });
  await ask('POST /v1/meters/{id}/readings', {
    path,
    body: {
      readings: [
        { start: '2024-12-30T00:00:00+01:00', end: '2024-12-31T00:00:00+01:00', kwh: 39.8 },
        { start: '2024-12-31T00:00:00+01:00', end: '2025-01-01T00:00:00+01:00', kwh: 44.1 },
      ],
    },
  });
  await ask('GET /v1/meters/{id}/readings', { path, query: { limit: 2 } });
  await ask('GET /v1/meters/{id}/export', { path });
  await ask('DELETE /v1/meters/{id}', { path, body: { reason: 'compteur déposé' } });
  const candidate = await world.addCandidate(meter);
  await ask('GET /v1/meters/{id}/models', { path: { id: meter }, query: { role: 'live' } });
  await ask('POST /v1/meters/{id}/models/{model}/promotion', {
    path: { id: meter, model: candidate },
    body: { outsideGate: true, reason: 'la sonde extérieure a été changée' },
  });
  await ask('POST /v1/meters/{id}/models/rollback', {
    path: { id: meter },
    body: { reason: 'le modèle d’avant suit mieux les relevés' },
  });
};

/** Two programmes compared, one accepted, and what to measure of it. */
export const walkProgrammes = async ({ ask }: Walker): Promise<void> => {
  const first = await ask('POST /v1/programmes', { body: { budgetEur: 400_000, years: 2, firstYear: 2026 } });
  const second = await ask('POST /v1/programmes', {
    body: { budgetEur: 900_000, years: 2, firstYear: 2026 },
  });
  const path = { id: second.id };
  await ask('GET /v1/programmes/latest');
  await ask('GET /v1/programmes', { query: { limit: 2 } });
  await ask('GET /v1/programmes/{id}', { path });
  await ask('GET /v1/programmes/{id}/changes', { path, query: { from: Number(first.id) } });
  await ask('POST /v1/programmes/front', { body: { budgetEur: 900_000, firstYear: 2026, points: 3 } });
  await ask('POST /v1/programmes/{id}/front', { path, body: { points: 3 } });
  await ask('GET /v1/programmes/{id}/fronts', { path });
  await ask('GET /v1/programmes/{id}/document', { path, query: { format: 'json' } });
  await ask('POST /v1/programmes/{id}/metering-plan', { path, body: { budgetEur: 10_000 } });
  await ask('POST /v1/programmes/{id}/metering-for-choice', { path, body: { budgetEur: 10_000 } });
  await ask('POST /v1/programmes/{id}/acceptance', {
    path,
    body: { reason: 'voté au conseil du 15 décembre' },
  });
};
