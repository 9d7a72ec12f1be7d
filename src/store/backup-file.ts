import { createHash } from 'node:crypto';
import { z } from 'zod';
import { storeError } from './errors.ts';

/** What the first line of a backup that this program reads calls itself. */
export const backupSchema = 'stacoptim.backup/1';

/** As little as any backup says of itself in its first line. */
const backupWordSchema = z.looseObject({ schema: z.templateLiteral(['stacoptim.backup/', z.int()]) });

/**
 * A backup is lines of text: a head, then for each table a line of JSON, the rows as PostgreSQL's COPY writes them, and
 * `\.`; at the end the sum of all the lines before.
 */
export const backupHeadSchema = z.object({
  schema: z.literal(backupSchema),
  createdAt: z.string(),
  migrations: z.array(z.string()),
});

export const backupTableSchema = z.object({
  table: z.string().regex(/^[a-z_]+$/),
  columns: z.array(z.string().regex(/^[a-z_0-9]+$/)).min(1),
  /** Of readings, the years whose partitions they need. */
  years: z.array(z.number().int()).optional(),
});

export const backupEndSchema = z.object({
  end: z.literal(true),
  rows: z.record(z.string(), z.number()),
  sha256: z.string(),
});

export const endOfTable = '\\.';

/** The failure `backup-unreadable`, to be thrown before anything was restored. */
export const unreadable = (cause?: unknown): Error =>
  storeError(
    'backup-unreadable',
    'Ce fichier n’est pas une sauvegarde entière de Stacoptim (tronqué, modifié ou d’un autre format). Rien n’a été restauré.',
    'This file is no whole backup of Stacoptim (cut short, changed or another format). Nothing was restored.',
    { cause },
  );

/** The failure `backup-newer`, to be thrown before anything was restored. */
export const newerBackup = (made: string, here: string): Error =>
  storeError(
    'backup-newer',
    `Cette sauvegarde a été faite par une version plus récente du programme (${made}, ici ${here}). Mettez ce programme à jour, puis restaurez-la. Rien n’a été restauré.`,
    `This backup was made by a later version of the program (${made}, here ${here}). Update this program, then restore it. Nothing was restored.`,
  );

/** The first line of a backup. Throws `backup-newer`, `backup-unreadable`. */
export const backupHead = (line: unknown): z.infer<typeof backupHeadSchema> => {
  const head = backupHeadSchema.safeParse(line);
  if (head.success) return head.data;
  const said = backupWordSchema.safeParse(line).data?.schema;
  throw said === undefined || said === backupSchema
    ? unreadable(head.error)
    : newerBackup(said, backupSchema);
};

/** Sums the text of a backup as it goes by. */
export const backupSum = (): { add: (part: Buffer | string) => void; value: () => string } => {
  const hash = createHash('sha256');
  return { add: (part) => void hash.update(part), value: () => hash.copy().digest('hex') };
};

const lineEnd = 10;

/** Reads a backup line by line, a table's rows in large parts. */
export class BackupReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #sum = backupSum();
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async #fill(): Promise<boolean> {
    try {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
      return true;
    } catch (error) {
      throw unreadable(error);
    }
  }

  /** The sum of what was read, before the line that is read next. */
  sum(): string {
    return this.#sum.value();
  }

  /** The next line, as JSON of a shape. Throws `backup-unreadable`. */
  async json<T>(schema: z.ZodType<T>): Promise<T> {
    let at = this.#rest.indexOf(lineEnd);
    while (at === -1) {
      if (!(await this.#fill())) throw unreadable();
      at = this.#rest.indexOf(lineEnd);
    }
    const line = this.#rest.subarray(0, at + 1);
    this.#rest = this.#rest.subarray(at + 1);
    this.#sum.add(line);
    try {
      return schema.parse(JSON.parse(line.toString('utf8')));
    } catch (error) {
      throw unreadable(error);
    }
  }

  /** The rows of the table whose line was read, up to its end. Throws `backup-unreadable`. */
  async *rows(): AsyncGenerator<Buffer> {
    const mark = Buffer.from(`${endOfTable}\n`);
    for (;;) {
      const last = this.#rest.lastIndexOf(lineEnd);
      const whole = this.#rest.subarray(0, last + 1);
      const end = whole.subarray(0, mark.length).equals(mark) ? 0 : whole.indexOf(`\n${endOfTable}\n`) + 1;
      const found = whole.subarray(end, end + mark.length).equals(mark);
      const part = found ? whole.subarray(0, end) : whole;
      if (part.length > 0) yield part;
      const used = found ? end + mark.length : whole.length;
      this.#sum.add(this.#rest.subarray(0, used));
      this.#rest = this.#rest.subarray(used);
      if (found) return;
      if (!(await this.#fill())) throw unreadable();
    }
  }
}
