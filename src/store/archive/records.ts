import { z } from 'zod';
import { savingsScopes } from '#core/meter-rules.ts';
import {
  buildingUseSchema,
  documentSchema,
  messageSchema,
  meterCarrierSchema,
  quantitySchema,
  twinSchema,
  warningsSchema,
} from '../schema.ts';

/** What stands in the archive of an organisation: a record a line, each key a column. Instants are UTC, days local. */
const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();
const buildingId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/);
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/);
const text = z.string().min(1).max(10_000);
const source = { fileName: z.string().nullable(), sha256: z.string().nullable(), createdAt: instant };
const document = z.strictObject({ buildingId, document: documentSchema, ...source });
/** The place of a record among its kind: other records refer to it by that, and the database gives it a number of its own. */
const number = z.int32().positive();
const isTimezone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
const stale = messageSchema.nullable();

export const archiveRecords = {
  'weather-stations': z.strictObject({
    id: z.string().regex(/^[^\p{Cc}]{1,200}$/u),
    name: z.string(),
    latitudeDeg: z.number(),
    longitudeDeg: z.number(),
    altitudeM: z.number(),
    source: z.string(),
    simulated: z.boolean(),
    addedAt: instant,
  }),
  'weather-days': z.strictObject({
    stationId: z.string(),
    day,
    meanC: z.number().nullable(),
    ghiWm2: z.number().nullable(),
  }),
  buildings: z.strictObject({
    id: buildingId,
    name: messageSchema,
    use: buildingUseSchema,
    commune: z.string().nullable(),
    constructionYear: z.int32().nullable(),
    simulated: z.boolean(),
    facts: documentSchema,
  }),
  'building-identifiers': z.strictObject({
    buildingId,
    scheme: z.enum(['own', 'rnb', 'bdnb', 'cadastre']),
    value: z.string().min(1).max(100),
  }),
  twins: z.strictObject({
    buildingId,
    version: z.int32(),
    current: z.boolean(),
    twin: twinSchema,
    ...source,
  }),
  envelopes: document,
  scenarios: document.extend({ number }),
  meters: z.strictObject({
    id: name,
    buildingId,
    name: z.string(),
    carrier: meterCarrierSchema,
    use: z.string(),
    unit: z.string(),
    timezone: z.string().refine(isTimezone),
    personal: z.boolean(),
  }),
  'meter-derivations': z.strictObject({
    meterId: name,
    rule: documentSchema,
    byWhom: text,
    reason: text,
    decidedAt: instant,
  }),
  'meter-sources': z.strictObject({ meterId: name, sourceId: name }),
  imports: z.strictObject({
    number,
    meterId: name,
    fileName: z.string(),
    sha256: z.string(),
    rowCount: z.int32(),
    rejected: z.int32(),
    warnings: warningsSchema,
    createdAt: instant,
  }),
  readings: z.strictObject({
    meterId: name,
    startAt: instant,
    endAt: instant,
    kwh: z.number(),
    quality: z.int32().min(-32_768).max(32_767),
  }),
  'replaced-readings': z.strictObject({
    meterId: name,
    startAt: instant,
    endAt: instant,
    kwh: z.number(),
    quality: z.int32().min(-32_768).max(32_767),
    replacedAt: instant,
    importNumber: number.nullable(),
  }),
  registers: z.strictObject({ meterId: name, at: instant, kwh: z.number() }),
  'reading-decisions': z.strictObject({
    meterId: name,
    finding: z.string(),
    fromDay: day,
    toDay: day,
    action: z.enum(['keep', 'exclude', 'correct']),
    factor: z.number().nullable(),
    byWhom: text,
    reason: text,
    decidedAt: instant,
    reversedBy: text.nullable(),
    reversedReason: text.nullable(),
    reversedAt: instant.nullable(),
  }),
  works: z.strictObject({
    id: name,
    buildingId,
    measures: z.array(z.string()),
    startDay: day,
    endDay: day,
    costEur: z.number().nullable(),
    note: z.string().nullable(),
    planned: z.array(z.string()).nullable(),
    contractor: z.string().nullable(),
    acceptedDay: day.nullable(),
    acceptedBy: z.string().nullable(),
    carrierAfter: meterCarrierSchema.nullable(),
    // Archives of before say nothing of it.
    scope: z.enum(savingsScopes).nullable().default(null),
    endedBy: z.literal('demolition').nullable(),
  }),
  models: z.strictObject({
    number,
    meterId: name,
    role: z.enum(['baseline', 'live']),
    status: z.enum(['candidate', 'current', 'retired', 'frozen']),
    record: documentSchema,
    dataHash: z.string(),
    fromAt: instant,
    toAt: instant,
    stale,
    previousNumber: number.nullable(),
    createdAt: instant,
  }),
  'baseline-evidence': z.strictObject({
    modelNumber: number,
    worksId: z.string(),
    document: documentSchema,
    createdAt: instant,
  }),
  events: z.strictObject({
    number,
    worksId: name,
    meterId: name,
    code: text,
    fromDay: day,
    toDay: day,
    message: messageSchema,
    state: z.enum(['proposed', 'accepted', 'refused']),
    factor: z.number().nullable(),
    byWhom: text.nullable(),
    reason: text.nullable(),
    decidedAt: instant.nullable(),
    createdAt: instant,
  }),
  savings: z.strictObject({
    worksId: name,
    meterId: name,
    fromAt: instant,
    toAt: instant,
    /** Its `frozenModel` and `events` are numbers of records of this archive. */
    result: documentSchema,
    stale,
    createdAt: instant,
  }),
  alarms: z.strictObject({
    meterId: name,
    code: text,
    fromDay: day,
    toDay: day,
    message: messageSchema,
    evidence: documentSchema,
    createdAt: instant,
  }),
  programmes: z.strictObject({
    document: documentSchema,
    stale,
    acceptedBy: z.string().nullable(),
    acceptedAt: instant.nullable(),
    createdAt: instant,
  }),
  rates: z.strictObject({
    measure: z.string(),
    family: z.string(),
    prior: documentSchema,
    posterior: documentSchema,
    n: z.int32(),
  }),
  ledger: z.strictObject({
    buildingId: buildingId.nullable(),
    work: z.string(),
    wallMs: z.number(),
    cpuMs: z.number(),
    peakRssMb: z.number(),
    energyJ: quantitySchema,
    createdAt: instant,
  }),
  /** Audit logs, the organisation's own and those it brought from elsewhere: `origin` is the last hash of the chain. */
  audit: z.strictObject({
    origin: z.string(),
    chainOf: z.int32(),
    position: z.int32().positive(),
    byWhom: text,
    action: z.string(),
    subject: z.string(),
    reason: z.string(),
    detail: documentSchema,
    at: instant,
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
} as const;

export type ArchiveKind = keyof typeof archiveRecords;

/** Every kind, those that others refer to first. */
export const archiveKinds = Object.keys(archiveRecords) as ArchiveKind[];
