import { readIfc } from '#formats/ifc/index.ts';
import {
  type Envelope,
  type EnvelopeJson,
  envelopeFrom,
  envelopeJson,
  thermalGeometry,
  twinFromEnvelope,
} from '#create/index.ts';
import type { ByteSource } from '../core/byte-source.ts';
import type { Language } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { startLedger } from './clock.ts';
import { openFileSource } from './files.ts';
import type { FileAnswer } from './meter-file.ts';
import { envelopeReport } from './report.ts';

export type CreateOptions = { readonly period?: string; readonly deadlineMs: number };

export type Digitised = { readonly envelope: Envelope; readonly ledger: Parameters<typeof envelopeJson>[1] };

/** Bytes of the twin as the store keeps it, before anything but its envelope is known of the building. */
const keptBytes = (envelope: Envelope, name: string): number =>
  Buffer.byteLength(JSON.stringify(twinFromEnvelope(envelope, { id: name, name, use: 'other' })));

/** Digitises the thermal envelope of a model: reading, geometry, U-values. Fails as `readIfc` does. */
export const digitise = async (source: ByteSource, options: CreateOptions): Promise<Result<Digitised>> => {
  const end = startLedger('create');
  const model = await readIfc(source, { deadlineMs: options.deadlineMs });
  if (!model.ok) return model;
  const geometry = thermalGeometry(model.value);
  const envelope = envelopeFrom(
    model.value,
    geometry,
    options.period === undefined ? {} : { period: options.period },
  );
  return ok({
    envelope,
    ledger: { ...end(), ...model.value.read, bytesKept: keptBytes(envelope, source.name) },
  });
};

/** The verb `create` on a file. */
export const createFromFile = async (
  path: string,
  options: CreateOptions & { readonly language: Language },
): Promise<Result<FileAnswer<EnvelopeJson>>> => {
  const source = openFileSource(path);
  if (!source.ok) return source;
  try {
    const digitised = await digitise(source.value, options);
    if (!digitised.ok) return digitised;
    const json = envelopeJson(digitised.value.envelope, digitised.value.ledger, options.language);
    return ok({ json, report: envelopeReport(json, options.language) });
  } finally {
    source.value.close();
  }
};
