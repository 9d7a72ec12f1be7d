import type { Walker } from './record.ts';

const gym = 'gymnase-1978';

/** Changes followed, receivers of them, subscriptions of a context broker. */
export const walkChanges = async ({ ask, take, world }: Walker): Promise<void> => {
  const webhook = await ask('POST /v1/webhooks', {
    body: { url: world.hook, kinds: ['building', 'savings'] },
  });
  const path = { id: webhook.id };
  await ask('GET /v1/webhooks');
  await ask('GET /v1/webhooks/{id}', { path });
  await ask('POST /v1/webhooks/{id}/test', { path });
  await ask('POST /v1/webhooks/{id}/rotation', { path, body: { graceHours: 24 } });
  await ask('PATCH /v1/buildings/{id}/identity', { path: { id: gym }, body: { commune: 'Mérignac-Arlac' } });
  await world.deliver();
  await ask('GET /v1/webhooks/{id}/attempts', { path });
  await ask('POST /v1/webhooks/{id}/resumption', { path });
  await ask('GET /v1/changes', { query: { since: 0, kinds: 'building', limit: 2 } });
  await ask('DELETE /v1/webhooks/{id}', { path });
  await ask('GET /ngsi-ld/v1/entities', { query: { type: 'Building', limit: 1 } });
  await ask('GET /ngsi-ld/v1/entities/{id}', {
    path: { id: `urn:ngsi-ld:Building:${gym}` },
    query: { options: 'keyValues' },
  });
  const subscription = await ask('POST /ngsi-ld/v1/subscriptions', {
    body: {
      type: 'Subscription',
      entities: [{ type: 'Building' }],
      notification: { endpoint: { uri: world.hook }, format: 'keyValues' },
    },
  });
  await ask('GET /ngsi-ld/v1/subscriptions');
  await ask('GET /ngsi-ld/v1/subscriptions/{id}', { path: { id: subscription.id } });
  await take('DELETE /ngsi-ld/v1/subscriptions/{id}', { path: { id: subscription.id } });
};

/** Work in the queue: waiting, stopped, tried again, done, its file; the organisation's way out and in. */
export const walkJobs = async ({ ask, take, beside, world }: Walker): Promise<void> => {
  const done = (id: number) => async (): Promise<boolean> => {
    const job = await beside.call('GET /v1/jobs/{id}', { path: { id } });
    return job.ok && !['waiting', 'running'].includes(job.value.state);
  };
  const { id } = await ask('POST /v1/jobs', { body: { kind: 'stock-report', input: { lang: 'fr' } } });
  const path = { id };
  await ask('POST /v1/jobs/{id}/cancellation', { path });
  await ask('POST /v1/jobs/{id}/retry', { path });
  await world.workUntil(done(id));
  await ask('GET /v1/jobs', { query: { state: 'done', limit: 1 } });
  await ask('GET /v1/jobs/{id}', { path });
  await take('GET /v1/jobs/{id}/events', { path });
  await take('GET /v1/jobs/{id}/file', { path });
  const putOff = await beside.fetch('GET /v1/ranking', {
    query: { by: 'saving', top: 1 },
    headers: { prefer: 'respond-async' },
  });
  const late = (await putOff.json()) as { readonly id: number };
  await world.workUntil(done(late.id));
  await ask('GET /v1/jobs/{id}/answer', { path: { id: late.id } });
  const leaving = await ask('POST /v1/organisation/exports');
  await world.workUntil(done(leaving.id));
  const archive = await take('GET /v1/organisation/exports/{id}/file', { path: { id: leaving.id } });
  await take(
    'POST /v1/organisation/imports',
    { body: archive },
    { file: `/v1/organisation/exports/${leaving.id}/file`, key: world.emptyKey },
  );
};

/** Keys, people, the audit log and the installation. */
export const walkAdministration = async ({ ask }: Walker): Promise<void> => {
  const key = await ask('POST /v1/keys', {
    body: { name: 'GMAO', role: 'integration', scopes: ['read', 'ingest'] },
  });
  const rotated = await ask('POST /v1/keys/{id}/rotation', {
    path: { id: key.id },
    body: { graceHours: 24 },
  });
  await ask('GET /v1/keys');
  await ask('DELETE /v1/keys/{id}', { path: { id: rotated.id } });
  await ask('POST /v1/people', { body: { person: 'A. Durand', role: 'engineer', hours: 24 } });
  const [person] = await ask('GET /v1/people');
  if (person === undefined) throw new Error('nobody has a link');
  await ask('DELETE /v1/people/{id}', { path: { id: person.id } });
  await ask('GET /v1/audit', { query: { limit: 2 } });
  await ask('GET /v1/audit/verification');
  await ask('GET /v1/installation');
};
