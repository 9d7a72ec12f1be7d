import { z } from 'zod';
import { buildingUses, meterCarriers } from '../core/twin.ts';
import {
  bdnbSchema,
  cadastreSchema,
  identifiersSchema,
  ownSchema,
  rnbSchema,
} from './building-identifiers.ts';
import { eventSchema } from './event-views.ts';
import { alarmSchema, alarmStates } from './gap-views.ts';
import { liveModelSchema } from './live-models-views.ts';
import type { ListShape } from './listing.ts';
import { programmeSummarySchema } from './programme-views.ts';
import { meterViewSchema } from './meter-record.ts';
import { savedScenarioSchema } from './scenario-views.ts';
import { lineFiguresSchema, mapQueryShape, urgencies } from './stock-figure-views.ts';
import { messageSchema, quantitySchema } from './views.ts';
import { worksRecordSchema } from './works-views.ts';

const several = (one: z.ZodType = z.string().min(1).max(200)) => z.array(one).min(1).max(100).optional();
const yes = z.enum(['true', 'false']).optional();
const year = z.coerce.number().int().min(0).max(9999).optional();
const area = z.coerce.number().min(0).max(1e9).optional();

/** A building as a list of the stock shows it; figures that need a fit are in GET /v1/buildings/{id}. */
export const listedBuildingSchema = z.object({
  id: z.string(),
  name: messageSchema,
  use: z.string(),
  commune: z.string().nullable(),
  department: z
    .string()
    .nullable()
    .describe('As it was given; null where it is not, and climates are assumed'),
  constructionYear: z.number().nullable(),
  data: z.enum(['simulated', 'metered']),
  identifiers: identifiersSchema,
  floorAreaM2: quantitySchema.nullable(),
  heatLossWK: quantitySchema.nullable(),
});
export type ListedBuildingView = z.infer<typeof listedBuildingSchema>;

/** The same with what is computed of it: kept figures, that a list gives without fitting anything. */
const stockLineSchema = listedBuildingSchema.extend({
  place: z.object({ latitudeDeg: z.number(), longitudeDeg: z.number() }).nullable(),
  ...lineFiguresSchema.shape,
});
export type StockLine = z.infer<typeof stockLineSchema>;

const share = z.coerce.number().min(0).max(1).optional();

export const buildingList: ListShape = {
  item: stockLineSchema,
  sorts: [
    'id',
    'name',
    'commune',
    'constructionYear',
    'floorAreaM2',
    'heatLossWK',
    'annualKwh',
    'annualEur',
    'annualKgCo2e',
    'intensityKwhM2',
    'label',
    'legalUntil',
    'dataCoverage',
    'urgency',
  ],
  usualSort: 'id',
  skips: true,
  filters: z.object({
    id: several(),
    use: several(z.enum(buildingUses)),
    commune: several(),
    constructionYearFrom: year,
    constructionYearTo: year,
    floorAreaM2From: area,
    floorAreaM2To: area,
    search: z.string().min(1).max(200).optional().describe('Part of the name, in either language'),
    communeSearch: z.string().min(1).max(200).optional().describe('Part of the commune'),
    label: several(z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G'])),
    legalBefore: z.iso.date().optional().describe('Stands outside the law from that day on, or before'),
    carrier: several(z.enum(meterCarriers)),
    coverageFrom: share,
    coverageTo: share,
    urgency: several(z.enum(urgencies)),
    placed: yes.describe('Whether it is known where the building stands'),
    own: several(ownSchema),
    rnb: several(rnbSchema),
    bdnb: several(bdnbSchema),
    cadastre: several(cadastreSchema),
  }),
};

/** What the totals, the map and the sheet of the stock are asked for: the filters of the list. */
export const stockSummaryQuery = buildingList.filters;
export const stockMapQuery = buildingList.filters.extend(mapQueryShape);
export const stockSheetQuery = buildingList.filters.extend({
  sort: z.enum(buildingList.sorts.flatMap((name) => [name, `-${name}`])).optional(),
  lang: z.enum(['fr', 'en']).default('fr'),
});

export const listedMeterSchema = meterViewSchema.omit({ derivation: true });

export const meterList: ListShape = {
  item: listedMeterSchema,
  sorts: ['id'],
  usualSort: 'id',
  filters: z.object({
    id: several(),
    building: several(),
    carrier: several(z.enum(meterCarriers)),
    use: several(),
  }),
};

export const worksList: ListShape = {
  item: worksRecordSchema,
  sorts: ['start', 'end', 'id'],
  usualSort: 'start',
  filters: z.object({
    building: several(),
    measure: several(),
    startFrom: z.iso.date().optional(),
    startTo: z.iso.date().optional(),
    accepted: yes,
  }),
};

export const eventList: ListShape = {
  item: eventSchema,
  sorts: ['id', 'from'],
  usualSort: 'from',
  filters: z.object({
    building: several(),
    works: several(),
    state: several(z.enum(['proposed', 'accepted', 'refused'])),
  }),
};

export const alarmList: ListShape = {
  item: alarmSchema,
  sorts: ['id', 'to'],
  usualSort: '-to',
  filters: z.object({
    building: several(),
    meter: several(),
    code: several(),
    state: several(z.enum(alarmStates)),
  }),
};

export const scenarioList: ListShape = {
  item: savedScenarioSchema,
  sorts: ['id'],
  usualSort: '-id',
  filters: z.object({}),
};

export const programmeList: ListShape = {
  item: programmeSummarySchema,
  sorts: ['id'],
  usualSort: '-id',
  filters: z.object({ accepted: yes }),
};

export const modelList: ListShape = {
  item: liveModelSchema,
  sorts: ['id'],
  usualSort: '-id',
  filters: z.object({
    role: z.enum(['baseline', 'live']).optional(),
    status: several(z.enum(['candidate', 'current', 'retired', 'frozen'])),
  }),
};

/** The same list without a filter that its address already sets. */
export const within = (shape: ListShape, filter: string): ListShape => ({
  ...shape,
  filters: z.object(
    Object.fromEntries(Object.entries(shape.filters.shape).filter(([name]) => name !== filter)),
  ),
});
