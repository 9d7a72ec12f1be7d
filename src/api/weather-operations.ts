import { z } from 'zod';
import {
  stationRequestSchema,
  stationViewSchema,
  weatherDaysAnswerSchema,
  weatherDaysQuerySchema,
  weatherDaysRequestSchema,
  weatherDaysSchema,
} from '../app/weather-views.ts';
import type { Operation } from './openapi.ts';

const one = '/v1/weather-stations/{id}';

/** Weather as another system sends it: without temperatures a meter has neither a signature nor provable savings. */
export const weatherOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/weather-stations',
    summary: 'The weather stations of the stock, with the days held of each',
    answer: z.array(stationViewSchema),
  },
  { method: 'get', path: one, summary: 'One weather station', answer: stationViewSchema },
  {
    method: 'put',
    path: one,
    summary: 'Declares a weather station, or changes its name and place; buildings choose theirs by it',
    body: stationRequestSchema,
    answer: stationViewSchema,
  },
  {
    method: 'get',
    path: `${one}/days`,
    summary: 'The days of weather held of a station',
    query: weatherDaysQuerySchema,
    answer: weatherDaysSchema,
  },
  {
    method: 'post',
    path: `${one}/days`,
    background: 'request',
    allow: 'ingest',
    summary:
      'Sends days of weather; sending them twice stores them once, a day sent again takes the new value',
    body: weatherDaysRequestSchema,
    answer: weatherDaysAnswerSchema,
  },
];
