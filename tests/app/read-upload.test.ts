import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { openUpload, ownsUpload, readUpload } from '#app/onboarding.ts';
import { withStores } from '../support/database.ts';
import { smallHouse } from '../formats/ifc/small-house.ts';

withStores('an upload that a job reads', ({ store }) => {
  const context = (): AppContext => ({ store: store(), nowMs: () => Date.now(), startLedger });

  it.each([0, 100])('is gone with its draft when the job is stopped after %i ms', async (afterMs) => {
    const { id, path } = openUpload(context());
    writeFileSync(path, smallHouse());
    expect(ownsUpload(context(), id).ok).toBe(true);
    const read = await readUpload(context(), id, 'maison.ifc', AbortSignal.timeout(afterMs));
    expect(read).toMatchObject({ ok: false, error: { code: 'unknown-draft' } });
    expect(ownsUpload(context(), id).ok).toBe(false);
  });

  it('is read to its end otherwise', async () => {
    const { id, path } = openUpload(context());
    writeFileSync(path, smallHouse());
    const read = await readUpload(context(), id, 'maison.ifc', new AbortController().signal);
    expect(read).toMatchObject({ ok: true, value: { state: 'ready', kind: 'ifc' } });
  });
});
