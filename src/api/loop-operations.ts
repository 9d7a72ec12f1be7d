import { z } from 'zod';
import { alarmList, eventList, modelList, within, worksList } from '../app/list-views.ts';
import { buildingResultsSchema } from '../app/building-results-views.ts';
import { alarmDecisionSchema, alarmSchema, gapSchema, meterWatchSchema } from '../app/gap-views.ts';
import { eventDecisionSchema, eventRequestSchema, eventSchema } from '../app/event-views.ts';
import { liveModelsSchema, promotionRequestSchema } from '../app/live-models-views.ts';
import { namedReasonSchema } from '../app/decision-views.ts';
import { ratesSchema } from '../app/rates-views.ts';
import { worksPatchSchema, worksRecordSchema, worksRequestSchema } from '../app/works-views.ts';
import { list } from './list-operation.ts';
import type { Operation } from './openapi.ts';
import { signed } from './permissions.ts';

/** Works and live models, as the OpenAPI document tells them. */
export const loopOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/buildings/{id}/works',
    summary: 'Works of a building, with the baselines frozen for them',
    ...list(within(worksList, 'building')),
  },
  {
    method: 'get',
    path: '/v1/works',
    summary: 'Works of the stock, with the baselines frozen for them',
    ...list(worksList),
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/works/{works}',
    summary: 'One of the works of a building',
    answer: worksRecordSchema,
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/works',
    summary: 'Adds works; those that have begun freeze their baselines with the readings behind them',
    body: signed(worksRequestSchema),
    answer: worksRecordSchema,
  },
  {
    method: 'patch',
    path: '/v1/buildings/{id}/works/{works}',
    summary:
      'Corrects works: what was really done, cost, last day; their acceptance for those who may decide, in their own name',
    body: signed(worksPatchSchema),
    answer: worksRecordSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/events',
    summary: 'Non-routine events of the works of a building: proposed, accepted, refused',
    ...list(within(eventList, 'building')),
  },
  {
    method: 'get',
    path: '/v1/events',
    summary: 'Non-routine events of the stock',
    ...list(eventList),
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/events/{event}',
    summary: 'One non-routine event of a building',
    answer: eventSchema,
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/events',
    summary: 'A named person declares a non-routine event; the savings are measured anew with and without it',
    allow: 'decide',
    body: signed(eventRequestSchema),
    answer: eventSchema,
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/events/{event}/decision',
    guards: '/v1/buildings/{id}/events/{event}',
    summary: 'A named person accepts, edits, refuses or reopens a non-routine event',
    allow: 'decide',
    body: signed(eventDecisionSchema),
    answer: eventSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/results',
    summary:
      'The works of a building with what they saved, what disturbed the measurement and its alarms, together',
    answer: buildingResultsSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/alarms',
    summary:
      'What the nightly watch found that the meters of a building take too much of, with its evidence and what people decided',
    ...list(within(alarmList, 'building')),
  },
  {
    method: 'get',
    path: '/v1/alarms',
    summary: 'The alarms of the stock',
    ...list(alarmList),
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/alarms/{alarm}',
    summary: 'One alarm of a building',
    answer: alarmSchema,
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/alarms/{alarm}/decision',
    guards: '/v1/buildings/{id}/alarms/{alarm}',
    summary: 'A named person acknowledges, refuses, closes or reopens an alarm',
    allow: 'decide',
    body: signed(alarmDecisionSchema),
    answer: alarmSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/watch',
    summary:
      'What the last night made of each meter of a building: watched or not, by what and why, so that no alarm can be told from no watch',
    answer: z.array(meterWatchSchema),
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/gap',
    summary:
      'The gap between the saving promised and the one read after the last works, in kWh by cause, with what the meter cannot tell apart',
    answer: gapSchema,
  },
  {
    method: 'get',
    path: '/v1/rates',
    summary:
      'What the stock has learnt of its finished works: realised over predicted saving by measure and family of buildings',
    answer: ratesSchema,
  },
  {
    method: 'get',
    path: '/v1/meters/{id}/models',
    summary: 'The models of a meter: in force, candidates, retired, frozen baselines',
    ...list(modelList, (models) => z.object({ meterId: z.string(), models })),
  },
  {
    method: 'post',
    path: '/v1/meters/{id}/models/rollback',
    guards: '/v1/meters/{id}/models',
    allow: 'decide',
    summary: 'Puts the model before the one in force back',
    body: signed(namedReasonSchema),
    answer: liveModelsSchema,
  },
  {
    method: 'post',
    path: '/v1/meters/{id}/models/{model}/promotion',
    guards: '/v1/meters/{id}/models',
    allow: 'decide',
    summary: 'A named person puts a candidate in force that the gate had kept out',
    body: signed(promotionRequestSchema),
    answer: liveModelsSchema,
  },
];
