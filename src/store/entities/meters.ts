import { EntitySchema } from 'typeorm';

export type MeterRow = {
  number: number;
  id: string;
  buildingId: string;
  name: string;
  carrier: string;
  use: string;
  unit: string;
  timezone: string;
  personal: boolean;
};

export const MeterEntity = new EntitySchema<MeterRow>({
  name: 'meter',
  tableName: 'meters',
  columns: {
    number: { type: 'integer', generated: true },
    id: { type: 'text', primary: true },
    buildingId: { type: 'text', name: 'building_id' },
    name: { type: 'text' },
    carrier: { type: 'text' },
    use: { type: 'text' },
    unit: { type: 'text' },
    timezone: { type: 'text' },
    personal: { type: 'boolean' },
  },
});

type ReadingRow = {
  meterNumber: number;
  startAt: Date;
  endAt: Date;
  kwh: number;
  quality: number;
};

export const ReadingEntity = new EntitySchema<ReadingRow>({
  name: 'reading',
  tableName: 'readings',
  columns: {
    meterNumber: { type: 'integer', name: 'meter_number', primary: true },
    startAt: { type: 'timestamptz', name: 'start_at', primary: true },
    endAt: { type: 'timestamptz', name: 'end_at' },
    kwh: { type: 'double precision' },
    quality: { type: 'smallint' },
  },
});

type ImportRow = {
  id: number;
  meterId: string;
  fileName: string;
  sha256: string;
  rows: number;
  rejected: number;
  warnings: unknown;
  createdAt: Date;
};

export const ImportEntity = new EntitySchema<ImportRow>({
  name: 'import',
  tableName: 'imports',
  columns: {
    id: { type: 'integer', primary: true, generated: true },
    meterId: { type: 'text', name: 'meter_id' },
    fileName: { type: 'text', name: 'file_name' },
    sha256: { type: 'text' },
    rows: { type: 'integer', name: 'row_count' },
    rejected: { type: 'integer' },
    warnings: { type: 'jsonb' },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
  },
});

type StationRow = {
  id: string;
  name: string;
  latitudeDeg: number;
  longitudeDeg: number;
  altitudeM: number;
  source: string;
  simulated: boolean;
};

export const StationEntity = new EntitySchema<StationRow>({
  name: 'weather-station',
  tableName: 'weather_stations',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    latitudeDeg: { type: 'double precision', name: 'latitude_deg' },
    longitudeDeg: { type: 'double precision', name: 'longitude_deg' },
    altitudeM: { type: 'double precision', name: 'altitude_m' },
    source: { type: 'text' },
    simulated: { type: 'boolean' },
  },
});

export type ReadingDecisionRow = {
  id: number;
  meterId: string;
  finding: string;
  fromDay: string;
  toDay: string;
  action: string;
  factor: number | null;
  by: string;
  reason: string;
  decidedAt: Date;
  reversedBy: string | null;
  reversedReason: string | null;
  reversedAt: Date | null;
};

export const ReadingDecisionEntity = new EntitySchema<ReadingDecisionRow>({
  name: 'reading-decision',
  tableName: 'reading_decisions',
  columns: {
    id: { type: 'integer', primary: true, generated: true },
    meterId: { type: 'text', name: 'meter_id' },
    finding: { type: 'text' },
    fromDay: { type: 'date', name: 'from_day' },
    toDay: { type: 'date', name: 'to_day' },
    action: { type: 'text' },
    factor: { type: 'double precision', nullable: true },
    by: { type: 'text', name: 'by_whom' },
    reason: { type: 'text' },
    decidedAt: { type: 'timestamptz', name: 'decided_at', createDate: true },
    reversedBy: { type: 'text', name: 'reversed_by', nullable: true },
    reversedReason: { type: 'text', name: 'reversed_reason', nullable: true },
    reversedAt: { type: 'timestamptz', name: 'reversed_at', nullable: true },
  },
});
