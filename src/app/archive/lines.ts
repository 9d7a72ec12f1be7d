import { z } from 'zod';
import { splitLine } from '#formats/csv/index.ts';
import { type ArchiveKind, archiveRecords } from '#store/index.ts';
import { isCsv } from './manifest.ts';

const keysOf = (kind: ArchiveKind): string[] => Object.keys(archiveRecords[kind].shape);

/** A cell (RFC 4180): quoted where it has to be; nothing stands for null. */
const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** The first line of a file of a kind; a file of JSON lines has none. */
export const headLine = (kind: ArchiveKind): string => (isCsv(kind) ? `${keysOf(kind).join(',')}\n` : '');

/** A record as the line of its file. */
export const csvLine = (kind: ArchiveKind, record: Readonly<Record<string, unknown>>): string =>
  `${keysOf(kind)
    .map((key) => cell(record[key]))
    .join(',')}\n`;

const isNumber = (schema: unknown): boolean =>
  schema instanceof z.ZodNullable ? isNumber(schema.unwrap()) : schema instanceof z.ZodNumber;

/** How the lines of a kind become records, before their schema checks them. */
export const parserOf = (kind: ArchiveKind): ((line: string) => unknown) => {
  if (!isCsv(kind)) return (line) => JSON.parse(line) as unknown;
  const keys = keysOf(kind);
  const numbers = keys.map((key) => isNumber(archiveRecords[kind].shape[key as never]));
  return (line) => {
    const cells = splitLine(line, ',');
    if (cells.length !== keys.length) return undefined;
    return Object.fromEntries(
      keys.map((key, at) => {
        const text = cells[at] ?? '';
        if (text === '') return [key, null];
        return [key, (numbers[at] ?? false) ? Number(text) : text];
      }),
    );
  };
};
