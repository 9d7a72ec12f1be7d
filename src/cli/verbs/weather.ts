import { join } from 'node:path';
import { defaultDataFolder } from '../../app/open.ts';
import { type RefreshRequest, refreshWeather, type WeatherService } from '../../app/refresh-weather.ts';
import { type DayRange, formatRange, parseRange } from '../../core/calendar.ts';
import { message } from '../../core/message.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import type { Arguments, Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const dayMs = 86_400_000;
/** Without a period: what a nightly run needs to catch up after a month away. */
const usualDays = 31;

const serviceOf = (args: Arguments): Result<WeatherService> => {
  const [kind, department] = [args.text('service'), args.text('department')];
  const baseUrl = args.text('base-url');
  const base = baseUrl === undefined ? {} : { baseUrl };
  if (kind === 'open-meteo') return ok({ kind, ...base });
  if (kind === 'meteo-france' && department !== undefined && /^\d[\dAB]\d?$/i.test(department))
    return ok({ kind, department, ...base });
  return failure(
    'wrong-use',
    '--service attend open-meteo, ou meteo-france avec --department 33.',
    '--service takes open-meteo, or meteo-france with --department 33.',
  );
};

const degrees = (args: Arguments, name: string, most: number): Result<number> => {
  const value = Number(args.text(name) ?? Number.NaN);
  return Math.abs(value) <= most
    ? ok(value)
    : failure(
        'wrong-use',
        `--${name} attend des degrés décimaux (est et nord positifs).`,
        `--${name} takes decimal degrees (east and north positive).`,
      );
};

const requestOf = (args: Arguments, nowMs: number): Result<RefreshRequest> => {
  const service = serviceOf(args);
  if (!service.ok) return service;
  const latitude = degrees(args, 'latitude', 90);
  if (!latitude.ok) return latitude;
  const longitude = degrees(args, 'longitude', 180);
  if (!longitude.ok) return longitude;
  const altitude = args.text('altitude');
  const altitudeM = Number(altitude ?? Number.NaN);
  if (altitude !== undefined && !Number.isFinite(altitudeM))
    return failure('wrong-use', '--altitude attend des mètres.', '--altitude takes metres.');
  const yesterday = Math.floor(nowMs / dayMs) - 1;
  const asked = args.text('days');
  const days: Result<DayRange> =
    asked === undefined ? ok({ from: yesterday - usualDays + 1, to: yesterday }) : parseRange(asked);
  if (!days.ok) return days;
  return ok({
    service: service.value,
    site: {
      latitudeDeg: latitude.value,
      longitudeDeg: longitude.value,
      ...(Number.isFinite(altitudeM) ? { altitudeM } : {}),
    },
    days: days.value,
    timezone: args.text('timezone') ?? 'Europe/Paris',
  });
};

export const weather: Verb = {
  usage:
    'weather --service open-meteo|meteo-france [--department 33] --latitude=D --longitude=D [--altitude M] [--days FROM/TO] [--timezone Z] [--offline] [--base-url URL] [--data FOLDER] [--json]',
  summary: message(
    'va chercher la météo d’un lieu et la garde (pour une tâche planifiée) ; le service apprend le lieu à un kilomètre près',
    'fetches the weather of a place and keeps it (for a scheduled job); the service learns the place to about a kilometre',
  ),
  options: {
    service: 'string',
    department: 'string',
    latitude: 'string',
    longitude: 'string',
    altitude: 'string',
    days: 'string',
    timezone: 'string',
    offline: 'boolean',
    'base-url': 'string',
    data: 'string',
  },
  positionals: { min: 0, max: 0 },
  run: async (args, output) => {
    const request = requestOf(args, Date.now());
    if (!request.ok) return wrongUse(request.error, output);
    return withContext(args.text('data'), output, async (context) => {
      const done = await refreshWeather(context, request.value, {
        cacheFolder: join(args.text('data') ?? defaultDataFolder(), 'weather'),
        nowMs: context.nowMs,
        ...(args.flag('offline') ? { offline: true } : {}),
      });
      if (!done.ok) return output.refuse(done.error);
      const { station, from, days, knownDays, warnings } = done.value;
      const range = formatRange(days);
      return output.answer(
        ok({
          json: {
            station,
            from,
            days: range,
            knownDays,
            warnings: warnings.map((one) => ({ code: one.code, message: output.say(one.message) })),
          },
          report: [
            output.say(
              message(
                `${station.name} : ${knownDays} jours gardés (${range}).`,
                `${station.name}: ${knownDays} days kept (${range}).`,
              ),
            ),
            ...warnings.map((one) => `  - ${output.say(one.message)}`),
          ],
        }),
      );
    });
  },
};
