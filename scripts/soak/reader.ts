/** Reads one damaged model after another, as asked by the soak, which ends this process when one takes too long. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { seededRandom } from '#core/random.ts';
import { envelopeJson, envelopeJsonSchema } from '#create/index.ts';
import { digitise } from '../../src/app/create-file.ts';
import { bytesSource } from '../../src/core/byte-source.ts';
import { mutated } from './mutate.ts';

export type Order = { readonly path: string; readonly seed: number; readonly deadlineMs: number };
/** `fault` says what no file may bring about; undefined for an envelope or a proper refusal. */
export type Outcome = {
  readonly code: string;
  readonly done: readonly string[];
  readonly fault?: string;
  readonly ms: number;
};

const read = async ({ path, seed, deadlineMs }: Order): Promise<Outcome> => {
  const packed = readFileSync(path);
  const plain = path.endsWith('.gz') ? gunzipSync(packed) : packed;
  const { text, done } = mutated(plain.toString('latin1'), seededRandom(seed));
  const start = performance.now();
  try {
    const result = await digitise(bytesSource('damaged.ifc', Buffer.from(text, 'latin1')), { deadlineMs });
    const ms = performance.now() - start;
    if (!result.ok) {
      const { code, message } = result.error;
      const proper = /^[a-z][a-z-]+$/.test(code) && message.fr.length > 0 && message.en.length > 0;
      return { code, done, ms, ...(proper ? {} : { fault: 'a refusal without code or sentence' }) };
    }
    const json = envelopeJson(result.value.envelope, result.value.ledger, 'en');
    const checked = envelopeJsonSchema.safeParse(json);
    if (checked.success) return { code: 'read', done, ms };
    const [issue] = checked.error.issues;
    return { code: 'read', done, ms, fault: `${issue?.path.join('.')}: ${issue?.message}` };
  } catch (error) {
    return {
      code: 'thrown',
      done,
      ms: performance.now() - start,
      fault: error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error),
    };
  }
};

process.on('message', (order: Order) => {
  void read(order).then((outcome) => process.send?.(outcome));
});
