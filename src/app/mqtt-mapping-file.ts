import { type Mapping, parseMapping } from '#formats/mqtt-mapping/index.ts';
import { failure, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { readFileBytes } from './files.ts';
import { unknownMeters } from './ingest-message.ts';

export type { Mapping };

/** Opens a mapping file. Fails as `readFileBytes`, with `mapping-malformed`, or with `unknown-meter`. */
export const openMapping = async (context: AppContext, path: string): Promise<Result<Mapping>> => {
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  const mapping = parseMapping(path, new TextDecoder().decode(bytes.value));
  if (!mapping.ok) return mapping;
  const [unknown] = await unknownMeters(context, mapping.value);
  return unknown === undefined
    ? mapping
    : failure(
        'unknown-meter',
        `La table nomme le compteur « ${unknown} », qui n’existe pas : ses messages seraient perdus. Ajoutez-le d’abord.`,
        `The mapping names meter “${unknown}”, which does not exist: its messages would be lost. Add it first.`,
        { file: path, field: unknown },
      );
};
