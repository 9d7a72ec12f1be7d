import { failure, ok, type Result } from '#core/result.ts';
import { type Mapping, mappingSchema } from './schema.ts';

export { type DecodedMessage, decodeMessage, type MessageReading } from './decode.ts';
export type { Mapping } from './schema.ts';

/**
 * Reads a mapping from MQTT topics to meters (JSON, `stacoptim.mqtt-mapping/1`). Fails with `mapping-malformed` and the
 * field.
 */
export const parseMapping = (name: string, text: string): Result<Mapping> => {
  const malformed = (detail: string, field?: string): Result<never> =>
    failure(
      'mapping-malformed',
      `La table « ${name} » n’est pas comprise : ${detail}. Voyez docs/mqtt.md.`,
      `The mapping “${name}” is not understood: ${detail}. See docs/mqtt.md.`,
      field === undefined ? { file: name } : { file: name, field },
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return malformed((error as Error).message);
  }
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return malformed(`${field}: ${issue?.message ?? ''}`, field);
};
