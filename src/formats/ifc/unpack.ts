import type { ByteSource } from '#core/byte-source.ts';
import { ok, type Result } from '#core/result.ts';
import type { Deadline } from './deadline.ts';

/**
 * Gives the model inside an `.ifczip` or `.ifc.gz` (told by its first bytes, not its name), or the source itself.
 * Sizes are bounded: at most 1 GB and 200 times the archive.
 *
 * Errors: `not-an-ifc-file` (damaged, encrypted, without model), `archive-too-large`, `several-models`.
 */
export const unpack = async (source: ByteSource, deadline: Deadline): Promise<Result<ByteSource>> => {
  const magic = source.read(0, 4);
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const isZip = magic[0] === 0x50 && magic[1] === 0x4b;
  if (!isGzip && !isZip) return ok(source);
  // Loaded when there is something to unpack: most files are not compressed, and the code costs a start some time.
  const archive = await import('./archive.ts');
  return isGzip ? archive.gunzip(source, deadline) : archive.unzip(source, deadline);
};
