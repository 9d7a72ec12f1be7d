import type { Router } from 'express';
import type { AppContext } from '../app/context.ts';
import {
  getStation,
  ingestWeatherDays,
  listStations,
  saveStation,
  viewWeatherDays,
} from '../app/pushed-weather.ts';
import { sentWeatherDaysSchema, stationRequestSchema, weatherDaysQuerySchema } from '../app/weather-views.ts';
import { answer, idOf, readBody, refuse } from './respond.ts';

/** Weather stations and their days, as another system sends and reads them. */
export const mountWeather = (api: Router, context: AppContext): void => {
  api.get('/weather-stations', (_request, response) => answer(response, listStations(context)));
  api.get('/weather-stations/:id', (request, response) =>
    answer(response, getStation(context, idOf(request))),
  );
  api.put('/weather-stations/:id', (request, response) => {
    const body = readBody(stationRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, saveStation(context, idOf(request), body.value));
  });
  api.get('/weather-stations/:id/days', (request, response) => {
    const query = readBody(weatherDaysQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error);
    return answer(response, viewWeatherDays(context, idOf(request), query.value));
  });
  api.post('/weather-stations/:id/days', (request, response) => {
    const body = readBody(sentWeatherDaysSchema, request.body);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, ingestWeatherDays(context, idOf(request), body.value.days));
  });
};
