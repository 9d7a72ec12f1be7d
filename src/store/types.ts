import type { LedgerEntry } from '#core/ledger.ts';
import type { Message } from '#core/message.ts';
import type { SavingsScope } from '#core/meter-rules.ts';
import type { Quantity } from '#core/quantity.ts';
import type { meterCarriers, Twin } from '#core/twin.ts';

/** JSON kept as it came; whoever owns its `schema` validates the inside. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonDocument;
export type JsonDocument = { readonly [key: string]: JsonValue };

/** A calendar day, `YYYY-MM-DD`, in the time zone of the thing it belongs to. */
export type Day = string;

export type Building = {
  /** Slug, stable, chosen by whoever adds the building. */
  readonly id: string;
  readonly name: Message;
  readonly use: Twin['use'];
  readonly commune?: string;
  readonly constructionYear?: number;
  /** True for the sample stock and any building whose readings were not measured. */
  readonly simulated: boolean;
  readonly facts: JsonDocument;
};

/** By what others know a building: its owner, the national register (RNB), the BDNB, the parcels it stands on. */
export type BuildingIdentifiers = {
  readonly own: readonly string[];
  readonly rnb: readonly string[];
  readonly bdnb: readonly string[];
  readonly cadastre: readonly string[];
};

/** A building as a list of the stock shows it: the two figures of its twin are absent while it has none. */
export type ListedBuilding = Building & {
  readonly identifiers: BuildingIdentifiers;
  readonly floorAreaM2?: Quantity;
  readonly heatLossWK?: Quantity;
  /** What was computed of it for the lists of the stock; absent until it was. */
  readonly figures?: { readonly document: JsonDocument; readonly computedMs: number };
};

/** Where a document came from. */
export type Source = { readonly fileName?: string; readonly sha256?: string };

export type StoredTwin = {
  readonly buildingId: string;
  readonly version: number;
  readonly current: boolean;
  readonly twin: Twin;
  readonly source: Source;
  readonly createdMs: number;
};

export type StoredDocument = {
  readonly id: number;
  readonly buildingId: string;
  readonly document: JsonDocument;
  readonly source: Source;
  readonly createdMs: number;
};

export type Meter = {
  readonly id: string;
  readonly buildingId: string;
  readonly name: string;
  readonly carrier: (typeof meterCarriers)[number];
  /** What the energy serves: heating, hot water, both, everything. */
  readonly use: string;
  /** Unit of the source; the readings themselves are in kWh. */
  readonly unit: string;
  readonly timezone: string;
  /** Readings of a single dwelling are personal data (promise P7). */
  readonly personal: boolean;
};

/** How a meter is computed from others; whoever owns the rule checks its inside. */
export type StoredDerivation = Decision & {
  readonly meterId: string;
  readonly rule: JsonDocument;
  readonly sources: readonly string[];
};

export type WeatherStation = {
  readonly id: string;
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeM: number;
  readonly source: string;
  readonly simulated: boolean;
};

/** Consecutive days from `firstDay` (days since 1970-01-01); NaN where the station has nothing. */
export type WeatherDays = {
  readonly firstDay: number;
  readonly meanC: Float64Array;
  /** Mean global horizontal irradiance over the 24 h, W/m2. */
  readonly ghiWm2: Float64Array;
};

export type ModelRole = 'baseline' | 'live';
type ModelStatus = 'candidate' | 'current' | 'retired' | 'frozen';

/** Readings a result was computed from: it becomes stale when one of them changes. */
export type Window = { readonly fromMs: number; readonly toMs: number };

export type NewModel = {
  readonly meterId: string;
  readonly role: ModelRole;
  readonly record: object;
  readonly dataHash: string;
  readonly window: Window;
};

export type StoredModel = {
  readonly id: number;
  readonly meterId: string;
  readonly role: ModelRole;
  readonly status: ModelStatus;
  readonly record: JsonDocument;
  readonly dataHash: string;
  readonly window: Window;
  /** Why it should be computed again; absent while its readings have not changed. */
  readonly stale?: Message;
  readonly previousId?: number;
  readonly createdMs: number;
};

/** A named person (or the nightly job) and the reason, for the audit log (promise P5). */
export type Decision = { readonly by: string; readonly reason: string };

export type Works = {
  readonly id: string;
  readonly buildingId: string;
  /** Codes of the renovation measures really carried out. */
  readonly measures: readonly string[];
  readonly startDay: Day;
  readonly endDay: Day;
  readonly costEur?: number;
  readonly note?: string;
  /** Codes of the measures that had been planned, where they are known. */
  readonly planned?: readonly string[];
  readonly contractor?: string;
  /** Acceptance (réception): the day, and who pronounced it. */
  readonly accepted?: { readonly day: Day; readonly by: string };
  /** What the building is heated with afterwards, where the works change it. */
  readonly carrierAfter?: Meter['carrier'];
  /** What they aimed at, where a person says it: how a change of the base load counts. */
  readonly scope?: SavingsScope;
  /** `demolition`: nothing is measured from their first day on. */
  readonly endedBy?: 'demolition';
};

/** A change that is no effect of works, found by the program or declared by a person; days are local, both included. */
export type NewEvent = {
  readonly worksId: string;
  readonly meterId: string;
  readonly code: string;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly message: Message;
};

export type EventDecision = {
  readonly state: 'proposed' | 'accepted' | 'refused';
  readonly fromDay: Day;
  readonly toDay: Day;
  /** What the consumption without works is multiplied by on these days; without it they are set aside. */
  readonly factor?: number;
};

export type StoredEvent = NewEvent &
  EventDecision & {
    readonly id: number;
    /** Who decided last; absent while it is only proposed. */
    readonly decided?: { readonly by: string; readonly reason: string; readonly atMs: number };
  };

/** The days a frozen baseline was fitted on, kept with it; null where nothing was known. */
export type BaselineEvidence = {
  readonly modelId: number;
  readonly worksId: string;
  readonly document: JsonDocument;
};

export type NewSavings = {
  readonly worksId: string;
  readonly meterId: string;
  readonly window: Window;
  readonly result: object;
};

export type StoredSavings = {
  readonly id: number;
  readonly worksId: string;
  readonly meterId: string;
  readonly window: Window;
  readonly result: JsonDocument;
  readonly stale?: Message;
  readonly createdMs: number;
};

export type StoredProgramme = {
  readonly id: number;
  readonly document: JsonDocument;
  /** What has changed since it was computed. */
  readonly stale?: Message;
  readonly acceptedBy?: string;
  readonly acceptedMs?: number;
  readonly createdMs: number;
};

/** What less and more money would bring beside a programme, as it was computed. */
export type StoredFront = { readonly document: JsonDocument; readonly madeMs: number };

/** Something a meter takes too much of, as a night found it. */
export type NewAlarm = {
  readonly code: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly message: Message;
  readonly evidence: JsonDocument;
};

export type AlarmState = 'open' | 'acknowledged' | 'refused' | 'closed';

export type StoredAlarm = NewAlarm & {
  readonly id: number;
  readonly meterId: string;
  readonly state: AlarmState;
  /** Absent while it is open. */
  readonly decided?: { readonly by: string; readonly reason: string; readonly atMs: number };
};

/** What the last night made of a meter: looked at or not, and why. */
export type MeterWatch = {
  readonly meterId: string;
  readonly watched: boolean;
  /** Nights were looked at too, which needs hourly readings. */
  readonly nights: boolean;
  /** Last day read. */
  readonly lastDay?: Day;
  /** Last day of what the model that judges was fitted on. */
  readonly learntUntil?: Day;
  readonly reason: Message;
  readonly lookedAtMs: number;
};

/** What the stock has learnt of how much of the predicted savings a measure delivers. */
export type RealisationRate = {
  readonly measure: string;
  /** Family of buildings; null over all of them. */
  readonly family: string | null;
  readonly prior: JsonDocument;
  readonly posterior: JsonDocument;
  /** Works it was learnt from. */
  readonly n: number;
};

/** By what the stock has learnt that a period default is to be multiplied. */
export type StoredDefault = {
  readonly figure: string;
  /** Class of the table of periods; null over all of them. */
  readonly period: string | null;
  /** Of the logarithm of the factor. */
  readonly mean: number;
  readonly sd: number;
  readonly cases: number;
};

export type StoredLedgerEntry = LedgerEntry & {
  readonly id: number;
  readonly buildingId?: string;
  readonly createdMs: number;
};

export type LedgerTotal = {
  readonly work: string;
  readonly runs: number;
  readonly cpuMs: number;
  readonly energyJ: number;
  readonly lowJ: number;
  readonly highJ: number;
  /** How the energy of its entries was found. */
  readonly methods: readonly string[];
};

export type AuditEntry = {
  readonly id: number;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
  readonly reason: string;
  readonly detail: JsonDocument;
  readonly atMs: number;
};

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export type Job = {
  readonly id: number;
  readonly kind: string;
  readonly state: JobState;
  readonly input: JsonDocument;
  /** 0 to 1. */
  readonly progress: number;
  readonly attempts: number;
  readonly result?: JsonDocument;
  readonly error?: string;
  readonly createdMs: number;
  /** Waiting jobs are not taken before. */
  readonly runAfterMs: number;
  /** Attempts after which it fails; absent where it is taken over for as long as it takes. */
  readonly mostAttempts?: number;
  /** What is being done. */
  readonly step?: Message;
  readonly failure?: { readonly code: string; readonly message: Message };
  readonly by?: string;
  readonly finishedMs?: number;
};

export type JobFile = { readonly name: string; readonly type: string; readonly body: Uint8Array };
