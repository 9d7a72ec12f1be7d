import type { MeterFileOptions } from '../../app/open-meter.ts';
import { type DayRange, holidayCountries, parseRange } from '../../core/calendar.ts';
import { savingsScopes, zeroRules } from '../../core/meter-rules.ts';
import { energyUnits } from '../../core/series.ts';
import { type Failure, failure, ok, type Result } from '../../core/result.ts';
import type { Arguments, OptionNames } from '../arguments.ts';
import { EXIT, type Output } from '../output.ts';

/** The options that say how a readings file is written; `fit`, `measure` and `quality` share them. */
export const meterOptionNames: OptionNames = {
  weather: 'string',
  'time-column': 'string',
  'value-column': 'string',
  'temperature-column': 'string',
  unit: 'string',
  'm3-kwh': 'string',
  timezone: 'string',
  zeros: 'string',
  holidays: 'string',
  closures: 'string',
  register: 'boolean',
  meter: 'string',
  mapping: 'string',
};

export const meterUsage =
  '[--weather FILE] [--mapping FILE.json] [--meter ID] [--time-column N] [--value-column N] [--temperature-column N] [--unit kWh|MWh|Wh|m3|kW|W] [--m3-kwh 11.2] [--register] [--timezone Z] [--zeros auto|missing|real] [--holidays FR|GB|US|none] [--closures FILE.json]';

/** The value of an option that takes one of a few words; undefined when it was not given. Fails with `wrong-use`. */
export const oneOf = <T extends string>(
  args: Arguments,
  name: string,
  allowed: readonly T[],
): Result<T | undefined> => {
  const text = args.text(name);
  if (text === undefined) return ok(undefined);
  const found = allowed.find((candidate) => candidate === text);
  return found === undefined
    ? failure(
        'wrong-use',
        `--${name} attend ${allowed.join(', ')} ; reçu « ${text} ».`,
        `--${name} takes ${allowed.join(', ')}; got “${text}”.`,
      )
    : ok(found);
};

/**
 * Reads the options that say how a readings file is written. Fails with `wrong-use` for a word that an option
 * does not know, or a calorific value that is no positive number.
 */
export const readMeterOptions = (args: Arguments): Result<MeterFileOptions> => {
  const unit = oneOf(args, 'unit', energyUnits);
  if (!unit.ok) return unit;
  const holidays = oneOf(args, 'holidays', holidayCountries);
  if (!holidays.ok) return holidays;
  const zeros = oneOf(args, 'zeros', zeroRules);
  if (!zeros.ok) return zeros;
  const scope = oneOf(args, 'scope', savingsScopes);
  if (!scope.ok) return scope;
  const calorific = args.text('m3-kwh');
  if (calorific !== undefined && !(Number(calorific) > 0))
    return failure('wrong-use', '--m3-kwh attend un nombre positif.', '--m3-kwh takes a positive number.');
  const text = (name: string): Record<string, string> => {
    const value = args.text(name);
    const key = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    return value === undefined ? {} : { [key]: value };
  };
  return ok({
    ...text('weather'),
    ...text('time-column'),
    ...text('value-column'),
    ...text('temperature-column'),
    ...text('timezone'),
    ...text('meter'),
    ...text('mapping'),
    ...text('closures'),
    ...(unit.value === undefined ? {} : { unit: unit.value }),
    ...(holidays.value === undefined ? {} : { holidays: holidays.value }),
    ...(zeros.value === undefined ? {} : { zeros: zeros.value }),
    ...(scope.value === undefined ? {} : { scope: scope.value }),
    ...(calorific === undefined ? {} : { kwhPerM3: Number(calorific) }),
    ...(args.flag('register') ? { register: true } : {}),
  });
};

/** Reads a required period option, `FROM/TO`, both days included. Fails with `wrong-use` or `bad-range`. */
export const readPeriod = (args: Arguments, name: string): Result<DayRange> => {
  const text = args.text(name);
  return text === undefined
    ? failure(
        'wrong-use',
        `Il manque --${name}, une période DÉBUT/FIN comme 2022-01-01/2022-12-31.`,
        `--${name} is missing: a period FROM/TO such as 2022-01-01/2022-12-31.`,
      )
    : parseRange(text);
};

/** Tells a wrong use and gives its exit code. */
export const wrongUse = (failed: Failure, output: Output): number => {
  output.status(`stacoptim: ${output.say(failed.message)}`);
  return EXIT.wrongUse;
};
