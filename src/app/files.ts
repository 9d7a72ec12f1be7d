import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import type { ByteSource } from '../core/byte-source.ts';
import { failure, ok, type Result } from '../core/result.ts';

const refuse = (path: string, error: unknown): Result<never> => {
  const code = (error as NodeJS.ErrnoException).code;
  const name = basename(path);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return failure(
      'file-not-found',
      `Le fichier « ${name} » est introuvable. Vérifiez le chemin.`,
      `The file “${name}” does not exist. Check the path.`,
      { file: path },
    );
  if (code === 'EISDIR')
    return failure(
      'file-is-folder',
      `« ${name} » est un dossier. Donnez un fichier.`,
      `“${name}” is a folder. Give a file.`,
      { file: path },
    );
  if (code === 'EACCES' || code === 'EPERM')
    return failure(
      'file-not-readable',
      `Le fichier « ${name} » ne peut pas être lu : les droits manquent.`,
      `The file “${name}” may not be read: permission is missing.`,
      { file: path },
    );
  throw error;
};

/** Opens a file for random reads; the caller closes it. Fails with `file-not-found`, `file-is-folder` or `file-not-readable`. */
export const openFileSource = (path: string): Result<ByteSource & { readonly close: () => void }> => {
  try {
    const descriptor = openSync(path, 'r');
    const status = fstatSync(descriptor);
    if (status.isDirectory()) {
      closeSync(descriptor);
      return refuse(path, { code: 'EISDIR' });
    }
    const readInto = (offset: number, target: Uint8Array): number => {
      let filled = 0;
      while (filled < target.length) {
        const count = readSync(descriptor, target, filled, target.length - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
      return filled;
    };
    return ok({
      name: basename(path),
      size: status.size,
      readInto,
      read: (offset, length) => {
        const buffer = new Uint8Array(Math.max(0, Math.min(length, status.size - offset)));
        return buffer.subarray(0, readInto(offset, buffer));
      },
      close: () => closeSync(descriptor),
    });
  } catch (error) {
    return refuse(path, error);
  }
};

/** The whole file in memory, for formats that are read at once. Same failures as `openFileSource`. */
export const readFileBytes = (path: string): Result<Uint8Array> => {
  try {
    return ok(readFileSync(path));
  } catch (error) {
    return refuse(path, error);
  }
};

/**
 * Writes a file whole or not at all: beside its place first, then moved there. Fails with `file-not-found` (no such folder),
 * `file-is-folder` or `file-not-readable` (it may not be written).
 */
export const writeFileBytes = (path: string, content: Uint8Array | string): Result<string> => {
  const beside = `${path}.${process.pid}.part`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, path);
    return ok(path);
  } catch (error) {
    rmSync(beside, { force: true });
    return refuse(path, error);
  }
};

/** The same for a value as JSON; numbers that JSON has no form for become null. Fails as `writeFileBytes`. */
export const writeJsonFile = (path: string, value: object): Result<string> =>
  writeFileBytes(path, `${JSON.stringify(value, null, 2)}\n`);
