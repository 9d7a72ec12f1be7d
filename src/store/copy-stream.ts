import type { Readable, Writable } from 'node:stream';
import type pg from 'pg';

type Wire = { readonly stream: Readable; query(text: string): void };

/** Runs `COPY … TO STDOUT` into a stream, as fast as the stream takes it: memory stays flat. `onRow` sees each row's bytes. Gives the number of rows. */
export const copyOutTo = (
  client: pg.ClientBase,
  statement: string,
  into: Writable,
  onRow: (row: Buffer) => void,
): Promise<number> =>
  new Promise((resolve, reject) => {
    let wire: Wire | undefined;
    let rows = 0;
    const submittable = {
      handleRowDescription: (): void => undefined,
      handleDataRow: (): void => undefined,
      handlePortalSuspended: (): void => undefined,
      handleEmptyQuery: (): void => undefined,
      handleCommandComplete: (): void => undefined,
      submit: (connection: unknown) => {
        wire = connection as Wire;
        wire.query(statement);
      },
      // In text form each message is one row with its line end, in a buffer that is written over by the next packet.
      handleCopyData: ({ chunk }: { chunk: Buffer }) => {
        rows += 1;
        const row = Buffer.from(chunk);
        onRow(row);
        if (into.write(row) || wire?.stream.isPaused() === true) return;
        wire?.stream.pause();
        into.once('drain', () => wire?.stream.resume());
      },
      handleError: reject,
      handleReadyForQuery: () => resolve(rows),
    };
    client.query(submittable);
  });
