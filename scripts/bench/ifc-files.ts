import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

export type ModelFile = { readonly name: string; readonly path: string; readonly bytes: number };

/** The models of a corpus folder (`ifc/` and `ifc/more/`), unpacked into `folder`, smallest first. */
export const unpackedModels = async (corpus: string, folder: string): Promise<readonly ModelFile[]> => {
  const models: ModelFile[] = [];
  for (const part of [join(corpus, 'ifc'), join(corpus, 'ifc', 'more')]) {
    if (!existsSync(part)) continue;
    for (const file of readdirSync(part).filter((one) => /\.ifc(\.gz)?$/i.test(one))) {
      const name = file.replace(/\.gz$/i, '');
      const path = join(folder, name);
      if (name === file) copyFileSync(join(part, file), path);
      else await pipeline(createReadStream(join(part, file)), createGunzip(), createWriteStream(path));
      models.push({ name: name.replace(/\.ifc$/i, ''), path, bytes: statSync(path).size });
    }
  }
  return models.toSorted((a, b) => a.bytes - b.bytes);
};
