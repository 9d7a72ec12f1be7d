import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';

withStores('attacks on the door', ({ store }) => {
  let api: TestApi;
  let port = 0;
  let headers: Record<string, string> = {};
  beforeAll(async () => {
    api = await openApi(store(), () => Date.now(), guardedAccess(store().identities));
    port = Number(new URL(api.url).port);
    const entry = { organisationId: 1, role: 'administrator', name: 'GMAO', createdBy: 'test' };
    headers = { authorization: `Bearer ${(await store().identities.addKey(entry)).key}` };
  });
  afterAll(() => api.close());

  /** A connection, what it was answered, and whether it was ended. */
  const open = (
    begin: string,
  ): { readonly socket: Socket; readonly said: () => string; readonly ended: Promise<void> } => {
    const socket = connect(port, '127.0.0.1', () => socket.write(begin));
    let said = '';
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    socket.on('error', () => undefined);
    return {
      socket,
      said: () => said,
      ended: new Promise((resolve) => socket.once('close', () => resolve())),
    };
  };

  it('a head that comes letter by letter is given up, and holds nobody else back', async () => {
    const slow = Array.from({ length: 200 }, () => open('GET /v1/stock HTTP/1.1\r\nhost: x\r\n'));
    const dribble = setInterval(() => {
      for (const { socket } of slow) if (!socket.destroyed) socket.write('x');
    }, 500);
    const began = performance.now();
    expect((await call(`${api.url}v1/caller`, { headers })).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(5000);
    await Promise.all(slow.map(({ ended }) => ended));
    clearInterval(dribble);
    expect(performance.now() - began).toBeGreaterThan(5000);
    for (const { said } of slow) expect(said()).toMatch(/^HTTP\/1\.1 408 /);
  }, 60_000);

  it('an upload of two gigabytes is refused before a byte of it is taken', async () => {
    const head = [
      'POST /v1/onboarding?name=ville.ifc HTTP/1.1',
      'host: x',
      `authorization: ${headers['authorization']}`,
      'content-type: application/octet-stream',
      'content-length: 2000000000',
    ];
    const { said, ended } = open(`${head.join('\r\n')}\r\n\r\nISO-10303-21;`);
    await ended;
    expect(said()).toMatch(/^HTTP\/1\.1 413 /);
    expect(said()).toContain('upload-too-large');
  });

  it('an upload of the same without its length is cut off by who may not upload at all', async () => {
    const { said, ended, socket } = open(
      'POST /v1/onboarding?name=ville.ifc HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n',
    );
    await expect.poll(said).toMatch(/^HTTP\/1\.1 401 /);
    socket.end();
    await ended;
  });

  it.each<[string, () => Promise<string>]>([
    [
      'that has ended',
      async () =>
        (
          await store().identities.addKey({
            organisationId: 1,
            role: 'administrator',
            name: 'old',
            createdBy: 'test',
            expiresMs: Date.now() - 1000,
          })
        ).key,
    ],
    [
      'that was revoked after it had let in',
      async () => {
        const entry = { organisationId: 1, role: 'administrator', name: 'lost', createdBy: 'test' };
        const { id, key } = await store().identities.addKey(entry);
        const sent = { headers: { authorization: `Bearer ${key}` } };
        expect((await call(`${api.url}v1/caller`, sent)).status).toBe(200);
        await store().identities.revokeKey(1, id);
        return key;
      },
    ],
  ])('a key %s lets nobody in', async (_what, keyOf) => {
    const answer = await call(`${api.url}v1/caller`, {
      headers: { authorization: `Bearer ${await keyOf()}` },
    });
    expect(answer.status).toBe(401);
  });

  it.each([
    ["x' or '1'='1", 200],
    ["'; drop table buildings; --", 200],
    ['../../../../etc/passwd', 200],
    ['%', 200],
    ['_', 200],
  ])('a search for %j finds nothing and breaks nothing', async (text, status) => {
    const found = await call(`${api.url}v1/buildings?search=${encodeURIComponent(text)}`, { headers });
    expect([found.status, found.body]).toEqual([status, []]);
    expect((await call(`${api.url}v1/buildings`, { headers })).status).toBe(200);
  });
});
