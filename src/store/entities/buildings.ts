import { EntitySchema } from 'typeorm';

/** Rows as the tables hold them; JSON columns come out unchecked and are parsed by the repositories. */
export type BuildingRow = {
  id: string;
  name: unknown;
  use: string;
  commune: string | null;
  constructionYear: number | null;
  simulated: boolean;
  facts: unknown;
};

export const BuildingEntity = new EntitySchema<BuildingRow>({
  name: 'building',
  tableName: 'buildings',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'jsonb' },
    use: { type: 'text' },
    commune: { type: 'text', nullable: true },
    constructionYear: { type: 'integer', name: 'construction_year', nullable: true },
    simulated: { type: 'boolean' },
    facts: { type: 'jsonb' },
  },
});

export type TwinRow = {
  buildingId: string;
  version: number;
  current: boolean;
  twin: unknown;
  fileName: string | null;
  sha256: string | null;
  createdAt: Date;
};

export const TwinEntity = new EntitySchema<TwinRow>({
  name: 'twin',
  tableName: 'twins',
  columns: {
    buildingId: { type: 'text', name: 'building_id', primary: true },
    version: { type: 'integer', primary: true },
    current: { type: 'boolean' },
    twin: { type: 'jsonb' },
    fileName: { type: 'text', name: 'file_name', nullable: true },
    sha256: { type: 'text', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
  },
});

export type DocumentRow = {
  id: number;
  buildingId: string;
  document: unknown;
  fileName: string | null;
  sha256: string | null;
  createdAt: Date;
};

const documentEntity = (name: string, tableName: string): EntitySchema<DocumentRow> =>
  new EntitySchema<DocumentRow>({
    name,
    tableName,
    columns: {
      id: { type: 'integer', primary: true, generated: true },
      buildingId: { type: 'text', name: 'building_id' },
      document: { type: 'jsonb' },
      fileName: { type: 'text', name: 'file_name', nullable: true },
      sha256: { type: 'text', nullable: true },
      createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
    },
  });

export const EnvelopeEntity = documentEntity('envelope', 'envelopes');
export const OutlineEntity = documentEntity('outline', 'outlines');
export const ScenarioEntity = documentEntity('scenario', 'scenarios');
