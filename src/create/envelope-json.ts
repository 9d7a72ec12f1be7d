import type { Language, Message } from '#core/message.ts';
import type { Quantity } from '#core/quantity.ts';
import type { EnvelopeJson } from './schema.ts';
import type { CreateLedger, Envelope, EnvelopeAreas } from './types.ts';

/** A tenth of a millimetre or of a milliwatt is beyond what any of these figures knows. */
const rounded = (value: number): number => Number(value.toFixed(4));

const quantityJson = (quantity: Quantity): EnvelopeJson['heatLossCoefficient'] => ({
  value: rounded(quantity.value),
  unit: quantity.unit,
  low: rounded(quantity.low),
  high: rounded(quantity.high),
  level: quantity.level,
  provenance: quantity.provenance,
  basis: quantity.basis,
});

const areasJson = (areas: EnvelopeAreas): EnvelopeAreas => ({
  wallGrossM2: rounded(areas.wallGrossM2),
  wallNetM2: rounded(areas.wallNetM2),
  roofM2: rounded(areas.roofM2),
  groundM2: rounded(areas.groundM2),
});

/** The published shape of an envelope (docs/schemas/envelope-1.schema.json), its sentences in one language. */
export const envelopeJson = (
  envelope: Envelope,
  ledger: CreateLedger,
  language: Language = 'fr',
): EnvelopeJson => {
  const say = (message: Message): string => message[language];
  return {
    schema: envelope.schema,
    closed: envelope.closed,
    missing: envelope.missing.map(say),
    warnings: envelope.warnings.map(({ code, message, ref }) => ({
      code,
      message: say(message),
      ...(ref === undefined ? {} : { ref }),
    })),
    totals: {
      exterior: areasJson(envelope.exterior),
      interior: areasJson(envelope.interior),
      windowM2: rounded(envelope.windowM2),
      roofLightM2: rounded(envelope.roofLightM2),
      doorM2: rounded(envelope.doorM2),
      floorAreaM2: rounded(envelope.floorAreaM2),
      volumeM3: rounded(envelope.volumeM3),
      externalWalls: envelope.externalWalls,
      internalWalls: envelope.internalWalls,
    },
    byOrientation: envelope.byOrientation.map((one) => ({
      azimuthDeg: rounded(one.azimuthDeg),
      wallGrossM2: rounded(one.wallGrossM2),
      wallNetM2: rounded(one.wallNetM2),
      windowM2: rounded(one.windowM2),
      doorM2: rounded(one.doorM2),
    })),
    elements: envelope.elements.map((element) => ({
      globalId: element.globalId,
      ifcType: element.ifcType,
      kind: element.kind,
      exposure: element.exposure,
      exposureConfidence: rounded(element.exposureConfidence),
      areaNetM2: rounded(element.areaNetM2),
      areaGrossM2: rounded(element.areaGrossM2),
      azimuthDeg: rounded(element.azimuthDeg),
      tiltDeg: rounded(element.tiltDeg),
      u: quantityJson(element.u),
    })),
    heatLossCoefficient: quantityJson(envelope.heatLossCoefficient),
    ledger: {
      recordsInFile: ledger.recordsInFile,
      recordsParsed: ledger.recordsParsed,
      bytesInFile: ledger.bytesInFile,
      bytesKept: ledger.bytesKept,
      wallMs: rounded(ledger.wallMs),
      cpuMs: rounded(ledger.cpuMs),
      peakRssMb: rounded(ledger.peakRssMb),
      energyJ: quantityJson(ledger.energyJ),
    },
  };
};
