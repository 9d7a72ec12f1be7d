import { envelopeFrom } from '#create/envelope.ts';
import { envelopeJson } from '#create/envelope-json.ts';
import { drawnGeometry, type GeometryOptions, thermalGeometry } from '#create/geometry.ts';
import type { EnvelopeJson } from '#create/schema.ts';
import { twinFromEnvelope } from '#create/twin.ts';
import type { CreateLedger, Envelope, Outlines, ThermalGeometry } from '#create/types.ts';
import { DeadlinePassed, deadlineRefusal, startDeadline } from '#formats/ifc/deadline.ts';
import { readIfc } from '#formats/ifc/index.ts';
import type { BuildingModel } from '../core/building-model.ts';
import type { ByteSource } from '../core/byte-source.ts';
import type { Language } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { startLedger } from './clock.ts';
import { openFileSource } from './files.ts';
import { settleNewSpace } from './memory.ts';
import type { FileAnswer } from './meter-file.ts';
import { envelopeReport } from './report.ts';

export type CreateOptions = {
  readonly period?: string;
  /** What a person said of the spaces. */
  readonly spaces?: GeometryOptions;
  /** Whether the outlines are drawn too: for the stock they are, for figures alone they are not. */
  readonly drawn?: boolean;
  readonly deadlineMs: number;
};

export type Digitised = {
  readonly model: BuildingModel;
  readonly envelope: Envelope;
  readonly outlines?: Outlines;
  readonly ledger: CreateLedger;
};

/** Bytes of the twin as the store keeps it, before anything but its envelope is known of the building. */
const keptBytes = (envelope: Envelope, name: string): number =>
  Buffer.byteLength(JSON.stringify(twinFromEnvelope(envelope, { id: name, name, use: 'other' })));

/** Digitises the thermal envelope of a model: reading, geometry, U-values. Fails as `readIfc` does. */
export const digitise = async (source: ByteSource, options: CreateOptions): Promise<Result<Digitised>> => {
  const end = startLedger('create');
  const deadline = startDeadline(options.deadlineMs);
  const model = await readIfc(source, { deadlineMs: options.deadlineMs });
  if (!model.ok) return model;
  try {
    const { envelope, outlines } = deadline.run(() => {
      const measured: { geometry: ThermalGeometry; outlines?: Outlines } =
        options.drawn === true
          ? drawnGeometry(model.value, options.spaces)
          : { geometry: thermalGeometry(model.value, options.spaces) };
      const dated = options.period === undefined ? {} : { period: options.period };
      return { envelope: envelopeFrom(model.value, measured.geometry, dated), outlines: measured.outlines };
    });
    return ok({
      model: model.value,
      envelope,
      ...(outlines === undefined ? {} : { outlines }),
      ledger: { ...end(), ...model.value.read, bytesKept: keptBytes(envelope, source.name) },
    });
  } catch (error) {
    if (error instanceof DeadlinePassed) return deadlineRefusal(source.name, options.deadlineMs);
    throw error;
  }
};

/** The verb `create` on a file. Fails as `openFileSource` and `digitise`. */
export const createFromFile = async (
  path: string,
  options: CreateOptions & { readonly language: Language },
): Promise<Result<FileAnswer<EnvelopeJson>>> => {
  settleNewSpace();
  const source = openFileSource(path);
  if (!source.ok) return source;
  try {
    const digitised = await digitise(source.value, options);
    if (!digitised.ok) return digitised;
    const json = envelopeJson(digitised.value.envelope, digitised.value.ledger, options.language);
    // The sentences are only made for the person who reads them: formatting numbers costs more than a small model.
    return ok({
      json,
      get report() {
        return envelopeReport(json, options.language);
      },
    });
  } finally {
    source.value.close();
  }
};
