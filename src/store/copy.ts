import type { Writable } from 'node:stream';
import type pg from 'pg';

/** The part of pg's connection that a COPY speaks to. */
type Wire = {
  readonly stream: Writable;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

type Chunks = Iterable<Buffer> | AsyncIterable<Buffer>;

type Settle = { readonly resolve: () => void; readonly reject: (error: Error) => void };

const settled = (start: (settle: Settle) => pg.Submittable, client: pg.ClientBase): Promise<void> =>
  new Promise((resolve, reject) => {
    client.query(start({ resolve, reject }));
  });

const quiet = {
  handleRowDescription: (): void => undefined,
  handleDataRow: (): void => undefined,
  handlePortalSuspended: (): void => undefined,
  handleEmptyQuery: (): void => undefined,
  handleCommandComplete: (): void => undefined,
};

/** Resolves once the socket takes more, or is gone (the query then fails by itself). */
const drained = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    const resume = (): void => {
      stream.off('drain', resume);
      stream.off('close', resume);
      resolve();
    };
    stream.on('drain', resume);
    stream.on('close', resume);
  });

const pump = async (wire: Wire, chunks: Chunks, hasFailed: () => boolean): Promise<void> => {
  try {
    for await (const chunk of chunks) {
      if (hasFailed()) return;
      wire.sendCopyFromChunk(chunk);
      if (wire.stream.writableNeedDrain) await drained(wire.stream);
    }
    if (!hasFailed()) wire.endCopyFrom();
  } catch (error) {
    wire.sendCopyFail(error instanceof Error ? error.message : String(error));
  }
};

/**
 * Runs `COPY … FROM STDIN` with the given chunks, waiting whenever the socket is full. Rejects with the
 * server's error; the transaction is then to be rolled back by the caller.
 */
export const copyIn = (client: pg.ClientBase, statement: string, chunks: Chunks): Promise<void> =>
  settled(({ resolve, reject }) => {
    let failed = false;
    const query = {
      ...quiet,
      submit: (wire: unknown) => (wire as Wire).query(statement),
      handleCopyInResponse: (wire: Wire) => void pump(wire, chunks, () => failed),
      handleError: (error: Error) => {
        failed = true;
        reject(error);
      },
      handleReadyForQuery: resolve,
    };
    return query;
  }, client);

/** Runs `COPY … TO STDOUT`, after the statements before it in the same transaction, and gives all its bytes. */
export const copyOut = async (client: pg.ClientBase, statement: string): Promise<Buffer> => {
  let bytes = Buffer.allocUnsafe(1 << 16);
  let used = 0;
  // Each part is a view of a buffer that pg writes over when the next packet comes: it is copied at once.
  const keep = (part: Buffer): void => {
    if (used + part.length > bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, used + part.length));
      bytes.copy(larger, 0, 0, used);
      bytes = larger;
    }
    part.copy(bytes, used);
    used += part.length;
  };
  await settled(({ resolve, reject }) => {
    const query = {
      ...quiet,
      submit: (wire: unknown) => (wire as Wire).query(statement),
      handleCopyData: (part: { chunk: Buffer }) => keep(part.chunk),
      handleError: reject,
      handleReadyForQuery: resolve,
    };
    return query;
  }, client);
  return bytes.subarray(0, used);
};
