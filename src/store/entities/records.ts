import { EntitySchema } from 'typeorm';

type LedgerRow = {
  id: number;
  buildingId: string | null;
  work: string;
  wallMs: number;
  cpuMs: number;
  peakRssMb: number;
  energyJ: unknown;
  createdAt: Date;
};

export const LedgerEntity = new EntitySchema<LedgerRow>({
  name: 'ledger',
  tableName: 'ledger',
  columns: {
    id: { type: 'integer', primary: true, generated: true },
    buildingId: { type: 'text', name: 'building_id', nullable: true },
    work: { type: 'text' },
    wallMs: { type: 'double precision', name: 'wall_ms' },
    cpuMs: { type: 'double precision', name: 'cpu_ms' },
    peakRssMb: { type: 'double precision', name: 'peak_rss_mb' },
    energyJ: { type: 'jsonb', name: 'energy_j' },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
  },
});

type AuditRow = {
  id: number;
  by: string;
  action: string;
  subject: string;
  reason: string;
  detail: unknown;
  at: Date;
};

export const AuditEntity = new EntitySchema<AuditRow>({
  name: 'audit',
  tableName: 'audit_log',
  columns: {
    id: { type: 'integer', primary: true, generated: true },
    by: { type: 'text', name: 'by_whom' },
    action: { type: 'text' },
    subject: { type: 'text' },
    reason: { type: 'text' },
    detail: { type: 'jsonb' },
    at: { type: 'timestamptz', createDate: true },
  },
});

export type JobRow = {
  id: number;
  kind: string;
  state: string;
  input: unknown;
  progress: number;
  attempts: number;
  result: unknown;
  error: string | null;
  leaseUntil: Date | null;
  createdAt: Date;
  runAfter: Date;
  mostAttempts: number | null;
  step: unknown;
  failure: unknown;
  by: string | null;
  finishedAt: Date | null;
};

export const JobEntity = new EntitySchema<JobRow>({
  name: 'job',
  tableName: 'jobs',
  columns: {
    id: { type: 'integer', primary: true, generated: true },
    kind: { type: 'text' },
    state: { type: 'text' },
    input: { type: 'jsonb' },
    progress: { type: 'double precision' },
    attempts: { type: 'integer' },
    result: { type: 'jsonb', nullable: true },
    error: { type: 'text', nullable: true },
    leaseUntil: { type: 'timestamptz', name: 'lease_until', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
    runAfter: { type: 'timestamptz', name: 'run_after', default: () => 'now()' },
    mostAttempts: { type: 'integer', name: 'most_attempts', nullable: true },
    step: { type: 'jsonb', nullable: true },
    failure: { type: 'jsonb', nullable: true },
    by: { type: 'text', name: 'by_whom', nullable: true },
    finishedAt: { type: 'timestamptz', name: 'finished_at', nullable: true },
  },
});
