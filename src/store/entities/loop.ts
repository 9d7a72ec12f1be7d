import { EntitySchema } from 'typeorm';

export type ModelRow = {
  id: number;
  meterId: string;
  role: string;
  status: string;
  record: unknown;
  dataHash: string;
  fromAt: Date;
  toAt: Date;
  stale: unknown;
  previousId: number | null;
  createdAt: Date;
};

export const ModelEntity = new EntitySchema<ModelRow>({
  name: 'model',
  tableName: 'models',
  columns: {
    id: { type: 'integer', primary: true, generated: true },
    meterId: { type: 'text', name: 'meter_id' },
    role: { type: 'text' },
    status: { type: 'text' },
    record: { type: 'jsonb' },
    dataHash: { type: 'text', name: 'data_hash' },
    fromAt: { type: 'timestamptz', name: 'from_at' },
    toAt: { type: 'timestamptz', name: 'to_at' },
    stale: { type: 'jsonb', nullable: true },
    previousId: { type: 'integer', name: 'previous_id', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
  },
});

export type WorksRow = {
  id: string;
  buildingId: string;
  measures: unknown;
  startDay: string;
  endDay: string;
  costEur: number | null;
  note: string | null;
  planned: string[] | null;
  contractor: string | null;
  acceptedDay: string | null;
  acceptedBy: string | null;
  carrierAfter: string | null;
  scope: string | null;
  endedBy: string | null;
};

export const WorksEntity = new EntitySchema<WorksRow>({
  name: 'works',
  tableName: 'works',
  columns: {
    id: { type: 'text', primary: true },
    buildingId: { type: 'text', name: 'building_id' },
    measures: { type: 'jsonb' },
    startDay: { type: 'date', name: 'start_day' },
    endDay: { type: 'date', name: 'end_day' },
    costEur: { type: 'double precision', name: 'cost_eur', nullable: true },
    note: { type: 'text', nullable: true },
    planned: { type: 'jsonb', nullable: true },
    contractor: { type: 'text', nullable: true },
    acceptedDay: { type: 'date', name: 'accepted_day', nullable: true },
    acceptedBy: { type: 'text', name: 'accepted_by', nullable: true },
    carrierAfter: { type: 'text', name: 'carrier_after', nullable: true },
    scope: { type: 'text', nullable: true },
    endedBy: { type: 'text', name: 'ended_by', nullable: true },
  },
});

export type SavingsRow = {
  id: number;
  worksId: string;
  meterId: string;
  fromAt: Date;
  toAt: Date;
  result: unknown;
  stale: unknown;
  createdAt: Date;
};

export const SavingsEntity = new EntitySchema<SavingsRow>({
  name: 'savings',
  tableName: 'savings',
  columns: {
    id: { type: 'integer', primary: true, generated: true },
    worksId: { type: 'text', name: 'works_id' },
    meterId: { type: 'text', name: 'meter_id' },
    fromAt: { type: 'timestamptz', name: 'from_at' },
    toAt: { type: 'timestamptz', name: 'to_at' },
    result: { type: 'jsonb' },
    stale: { type: 'jsonb', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
  },
});

export type ProgrammeRow = {
  id: number;
  document: unknown;
  stale: unknown;
  acceptedBy: string | null;
  acceptedAt: Date | null;
  createdAt: Date;
};

export const ProgrammeEntity = new EntitySchema<ProgrammeRow>({
  name: 'programme',
  tableName: 'programmes',
  columns: {
    id: { type: 'integer', primary: true, generated: true },
    document: { type: 'jsonb' },
    stale: { type: 'jsonb', nullable: true },
    acceptedBy: { type: 'text', name: 'accepted_by', nullable: true },
    acceptedAt: { type: 'timestamptz', name: 'accepted_at', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
  },
});

export type RateRow = { measure: string; family: string; prior: unknown; posterior: unknown; n: number };

export const RateEntity = new EntitySchema<RateRow>({
  name: 'realisation-rate',
  tableName: 'realisation_rates',
  columns: {
    measure: { type: 'text', primary: true },
    family: { type: 'text', primary: true },
    prior: { type: 'jsonb' },
    posterior: { type: 'jsonb' },
    n: { type: 'integer' },
  },
});
