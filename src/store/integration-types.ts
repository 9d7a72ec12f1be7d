import type { JsonDocument } from './types.ts';

/** Something of an organisation that changed; what it now is, its own route tells. */
export type Change = {
  /** The same for ever, and in every delivery: what was received twice is known by it. */
  readonly id: string;
  /** 1, 2, 3… for each organisation, without a gap. */
  readonly position: number;
  readonly kind: string;
  readonly action: 'created' | 'updated' | 'deleted' | 'stale';
  readonly subject: string;
  readonly buildingId?: string;
  readonly meterId?: string;
  readonly detail: JsonDocument;
  readonly atMs: number;
};

export type ChangePage = {
  readonly changes: readonly Change[];
  /** The position of the last change there is, and that of the last one no longer kept. */
  readonly latest: number;
  readonly forgotten: number;
};

/** A receiver of changes; its secrets come with a delivery alone. */
export type Webhook = {
  readonly id: number;
  readonly url: string;
  /** Absent: changes of every kind. */
  readonly kinds?: readonly string[];
  readonly state: 'active' | 'failed';
  /** Every change up to this position was received. */
  readonly sentTo: number;
  /** Attempts to send what comes next that were not received. */
  readonly attempts: number;
  readonly nextMs: number;
  readonly createdBy: string;
  readonly createdMs: number;
  /** What a subscription of another standard asked for; absent where changes are sent as they are. */
  readonly subscription?: JsonDocument;
};

export type Delivery = {
  readonly webhook: Webhook;
  /** The one in force, and the one before while it still signs. */
  readonly secrets: readonly string[];
  /** What was tried before and is to be sent again as it was. */
  readonly underWay?: { readonly id: string; readonly to: number };
};

export type AttemptOutcome = {
  readonly changes: number;
  readonly status?: number;
  readonly durationMs: number;
} & (
  | { readonly received: true }
  | {
      readonly received: false;
      readonly error: string;
      readonly againInSeconds: number;
      readonly givenUp: boolean;
    }
);

export type StoredAttempt = {
  readonly deliveryId: string;
  readonly changes: number;
  readonly attempt: number;
  readonly status?: number;
  readonly error?: string;
  readonly durationMs: number;
  readonly atMs: number;
};
