import { lawCalendarQuerySchema, lawCalendarSchema, tertiaryAnswerSchema } from '../app/law-views.ts';
import { tertiaryDeclarationSchema } from '../app/law-facts.ts';
import {
  fuelPovertyAnswerSchema,
  fuelPovertyImportSchema,
  fuelPovertyLinesSchema,
  fuelPovertySchema,
} from '../app/fuel-poverty-views.ts';
import { stockMapQuery, stockSheetQuery, stockSummaryQuery } from '../app/list-views.ts';
import { stockMapSchema, stockSummarySchema } from '../app/stock-figure-views.ts';
import { z } from 'zod';
import { meteringChoiceSchema, meteringPlanSchema, meteringRequestSchema } from '../app/metering-views.ts';
import { benchmarksSchema } from '../app/benchmark-views.ts';
import type { Operation } from './openapi.ts';

/** What is asked of the whole stock at once. */
export const stockOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/stock/law',
    background: 'request',
    summary: 'Labels and dates of the law of every building, and what each date finds if nothing is done',
    query: lawCalendarQuerySchema,
    answer: lawCalendarSchema,
  },
  {
    method: 'get',
    path: '/v1/stock/summary',
    summary:
      'What the filters of the list of buildings leave of the stock: counts, totals, labels, urgencies, dates of the law',
    query: stockSummaryQuery,
    answer: stockSummarySchema,
  },
  {
    method: 'get',
    path: '/v1/stock/map',
    summary: 'Where the buildings that the filters leave stand, gathered in the cells of a box',
    query: stockMapQuery,
    answer: stockMapSchema,
  },
  {
    method: 'get',
    path: '/v1/stock/sheet',
    summary: 'The lines of the stock that the filters leave, as one CSV',
    query: stockSheetQuery,
    answer: z.string(),
    type: 'text/csv',
  },
  {
    method: 'get',
    path: '/v1/stock/benchmarks',
    background: 'request',
    summary: 'Where each meter stands within its family, and the habits that cost energy, in words',
    answer: benchmarksSchema,
  },
  {
    method: 'put',
    path: '/v1/buildings/{id}/tertiary',
    summary:
      'Keeps what the owner declares of a tertiary site: area, reference year and use, absolute targets',
    body: tertiaryDeclarationSchema,
    answer: tertiaryAnswerSchema,
  },
  {
    method: 'put',
    path: '/v1/buildings/{id}/fuel-poverty',
    summary: 'Keeps what a person knows of fuel poverty in a building: a share of households or a score',
    body: fuelPovertySchema,
    answer: fuelPovertyAnswerSchema,
  },
  {
    method: 'post',
    path: '/v1/stock/fuel-poverty',
    background: 'request',
    summary: 'The same for many buildings; each bad line is told and the good ones stand',
    body: fuelPovertyLinesSchema,
    answer: fuelPovertyImportSchema,
  },
  {
    method: 'post',
    path: '/v1/programmes/{id}/metering-plan',
    allow: 'read',
    background: 'own',
    summary:
      'Which buildings of a programme to measure, and how, so that its saving is known best for the money',
    body: meteringRequestSchema,
    answer: meteringPlanSchema,
  },
  {
    method: 'post',
    path: '/v1/programmes/{id}/metering-for-choice',
    background: 'request',
    allow: 'read',
    summary: 'Which buildings to measure before deciding, because the reading may change the choice of works',
    body: meteringRequestSchema,
    answer: meteringChoiceSchema,
  },
];
