import { operatRequestSchema, operatSchema } from '../app/operat-views.ts';
import {
  savingsReportQuerySchema,
  savingsReportSchema,
  savingsScopeSchema,
  stockSavingsSchema,
} from '../app/stock-savings-views.ts';
import type { Operation } from './openapi.ts';

/** Savings summed and reported, as the OpenAPI document tells them. */
export const savingsOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/savings',
    background: 'request',
    summary:
      'Measured savings of a building, a programme or the whole stock: first year, since the works, years, months, by energy',
    query: savingsScopeSchema,
    answer: stockSavingsSchema,
  },
  {
    method: 'get',
    path: '/v1/savings/report',
    background: 'request',
    summary:
      'The yearly report of savings, to be signed: PDF, xlsx, or JSON (docs/schemas/savings-report-1.schema.json)',
    query: savingsReportQuerySchema,
    answer: savingsReportSchema,
    files: ['application/pdf', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  },
  {
    method: 'post',
    path: '/v1/operat',
    background: 'request',
    allow: 'read',
    summary:
      'Consumption of a year by energy of the buildings subject to the tertiary decree, for OPERAT: JSON or CSV, with what is missing',
    body: operatRequestSchema,
    answer: operatSchema,
    files: ['text/csv'],
  },
];
