import { createHash } from 'node:crypto';
import { envelopeJson } from '#create/index.ts';
import { enrichIfc } from '#formats/ifc/enrich.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { envelopeGbxml, resolvedTransmittances } from './export-envelope.ts';
import { answeredBuilding } from './building-answers.ts';

/** A document to hand over: media type, file name, content. */
export type Download = { readonly type: string; readonly name: string; readonly body: string | Uint8Array };

/**
 * The envelope of a building of the stock as the published JSON; reading cost is that of this export. Fails as
 * `answeredBuilding`.
 */
export const envelopeDocument = async (context: AppContext, id: string): Promise<Result<Download>> => {
  const end = context.startLedger('export');
  const building = await answeredBuilding(context, id);
  if (!building.ok) return building;
  const { envelope } = building.value;
  const { length } = envelope.elements;
  const ledger = { ...end(), recordsInFile: length, recordsParsed: length, bytesInFile: 0, bytesKept: 0 };
  return ok({
    type: 'application/json',
    name: `${id}.envelope.json`,
    body: `${JSON.stringify(envelopeJson(envelope, ledger), null, 2)}\n`,
  });
};

/** The envelope of a building of the stock as gbXML. Fails as `answeredBuilding`. */
export const gbxmlDocument = async (context: AppContext, id: string): Promise<Result<Download>> => {
  const building = await answeredBuilding(context, id);
  if (!building.ok) return building;
  const { envelope, twin } = building.value;
  return ok({ type: 'application/xml', name: `${id}.gbxml.xml`, body: envelopeGbxml(envelope, twin) });
};

/**
 * The model a building came from, sent again since it is not kept, with the building's U-values in it.
 * @returns `another-file` when it is not the file the building was read from.
 */
export const enrichStored = async (
  context: AppContext,
  id: string,
  fileName: string,
  body: unknown,
): Promise<Result<Download>> => {
  const building = await answeredBuilding(context, id);
  if (!building.ok) return building;
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  const { envelope, sha256 } = building.value;
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    return failure(
      'another-file',
      'Ce n’est pas la maquette dont ce bâtiment a été lu. Envoyez la même.',
      'This is not the model this building was read from. Send the same one.',
      { file: fileName },
    );
  const enriched = await enrichIfc(fileName, bytes, resolvedTransmittances(envelope));
  return enriched.ok
    ? ok({ type: 'application/x-step', name: `${id}.ifc`, body: enriched.value.bytes })
    : enriched;
};
