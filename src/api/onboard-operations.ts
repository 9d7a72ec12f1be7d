import { z } from 'zod';
import { addedWeatherSchema, weatherPlaceSchema } from '../app/add-weather-views.ts';
import { elementsSchema } from '../app/element-views.ts';
import {
  answerRequestSchema,
  certificateAnswersSchema,
  answersSchema,
  closuresRequestSchema,
  closuresSchema,
  confirmedSchema,
  confirmRequestSchema,
  draftSchema,
  preflightSchema,
} from '../app/onboarding-views.ts';
import { bodyLimits } from './body-limits.ts';
import type { Operation } from './openapi.ts';
import { signed } from './permissions.ts';

/** A body that is a file, as a form or as its bytes alone. */
const file = {
  query: z.object({ name: z.string().max(200).optional().describe('The name of the file') }),
  body: z.string().describe('The bytes of the file'),
  bodyType: 'application/octet-stream',
} as const;

/** The way of a file into the stock, and the exports. */
export const onboardOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/onboarding',
    background: 'upload',
    mostBytes: bodyLimits.upload,
    status: 202,
    summary: 'Uploads an IFC model, a certificate, a form or a sheet; it is read in the background',
    ...file,
    answer: draftSchema,
  },
  {
    method: 'get',
    path: '/v1/onboarding/{id}',
    summary: 'Where an upload stands: found, assumed, contradictory, missing, and the questions',
    answer: draftSchema,
  },
  {
    method: 'put',
    path: '/v1/onboarding/{id}/answers',
    summary: 'Replaces the answers of an upload; every one of them can be taken back',
    body: answersSchema,
    answer: draftSchema,
  },
  {
    method: 'post',
    path: '/v1/onboarding/{id}/confirm',
    background: 'upload',
    mostBytes: bodyLimits.answers,
    summary: 'Makes the upload a building of the stock, or each good line of a sheet',
    body: signed(confirmRequestSchema),
    answer: confirmedSchema,
  },
  {
    method: 'delete',
    path: '/v1/onboarding/{id}',
    summary: 'Cancels an upload and deletes it',
    answer: z.object({ cancelled: z.boolean() }),
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/preflight',
    summary: 'The pre-flight report of a building, with the answers in force',
    answer: preflightSchema,
  },
  {
    method: 'put',
    path: '/v1/buildings/{id}/answers',
    guards: '/v1/buildings/{id}/preflight',
    summary: 'Replaces the answers of a building: a new version of its twin',
    body: signed(answerRequestSchema.extend({ answers: answersSchema })),
    answer: preflightSchema,
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/certificate',
    background: 'request',
    mostBytes: bodyLimits.certificate,
    summary: 'What a certificate (ADEME XML) would answer of a building; nothing is kept',
    ...file,
    answer: certificateAnswersSchema,
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/weather',
    background: 'request',
    mostBytes: bodyLimits.weather,
    allow: 'ingest',
    summary: 'Keeps the measured weather of a file for the place of a building; days sent again are replaced',
    ...file,
    query: weatherPlaceSchema,
    answer: addedWeatherSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/elements',
    summary: 'The elements of the envelope with the answers in force, each with its outline for a picture',
    answer: elementsSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/closures',
    summary: 'The days on which a building is closed, as they were given',
    answer: closuresSchema,
  },
  {
    method: 'put',
    path: '/v1/buildings/{id}/closures',
    summary: 'Replaces the days on which a building is closed; models read each as a holiday',
    body: signed(closuresRequestSchema),
    answer: closuresSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/envelope.json',
    summary: 'The envelope, in the published schema',
    answer: z.looseObject({ schema: z.literal('stacoptim.envelope/1') }),
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/envelope.gbxml',
    type: 'application/xml',
    summary: 'The envelope as gbXML',
    answer: z.string(),
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/enriched.ifc',
    background: 'request',
    mostBytes: bodyLimits.upload,
    type: 'application/x-step',
    writesNothing: true,
    summary: 'The model it was read from, sent again, with its resolved U-values',
    ...file,
    answer: z.string(),
  },
];
