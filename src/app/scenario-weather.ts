import { bordeaux, bordeauxPlace } from '../core/physics/bordeaux.ts';
import type { MonthlyWeather } from '../core/physics/monthly-weather.ts';
import { monthsOfDays } from '../core/physics/months-of-days.ts';
import { type Warning, warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { DailySeries } from '../core/series.ts';
import { madeYear } from '../core/weather/made-year.ts';
import { type ComfortYears, hotSpell, julyWarmingK, warmer2050, warmingSpread } from '#simulate/index.ts';
import { remembering } from './remembering.ts';
import type { ComparisonRequest } from './comparison-views.ts';
import { decimalEn, decimalFr } from '../core/wording.ts';

type Choice = NonNullable<ComparisonRequest['weather']>;

type ScenarioWeather = {
  readonly weather: MonthlyWeather;
  readonly years: ComfortYears;
  readonly warnings: readonly Warning[];
};

const MOST_YEARS = 8;
const yearsKept = remembering<ComfortYears>(MOST_YEARS);

const comfortYears = (weather: MonthlyWeather, warmerK: number): ComfortYears =>
  yearsKept(JSON.stringify([weather.name, weather.months, warmerK]), () => {
    const spell = hotSpell(warmerK);
    return {
      year: madeYear(weather, bordeauxPlace),
      hot: madeYear(weather, bordeauxPlace, spell),
      spell,
    };
  });

/** What the hourly year behind the comfort figures is, said with them. */
export const madeYearTold = warning(
  'made-hourly-year',
  'Le confort d’été est calculé sur une année horaire reconstituée depuis les mois (soleil égal d’un jour à l’autre) et une semaine de canicule aux seuils d’alerte de la Gironde : non vérifié, à lire entre options.',
  'Summer comfort is computed on an hourly year made from the months (even sun from day to day) and a heat-wave week at the alert thresholds of Gironde: not verified, to be read between options.',
);

/** Why a building has no comfort figures. */
export const heatedTooWarmTold = warning(
  'comfort-not-adaptive',
  'Le confort d’été n’est pas évalué : le bâtiment est chauffé au-dessus de la limite adaptative elle-même (EN 16798-1, faite pour des occupants habillés), qui compterait son chauffage d’hiver comme une surchauffe.',
  'Summer comfort is not evaluated: the building is heated above the adaptive limit itself (EN 16798-1, made for people in clothes), which would count its heating in winter as overheating.',
);

const lastYears = (years: number, series: DailySeries | undefined): Result<MonthlyWeather> => {
  const months =
    series === undefined ? undefined : monthsOfDays(bordeaux, series.firstDay, series.outdoorC, years);
  if (months === undefined)
    return failure(
      'weather-years-short',
      `La météo des ${years} dernières années n’est pas connue pour ce bâtiment : il faut au moins 20 jours connus de chaque mois et de chaque année. Demandez moins d’années, ou la météo « typical ».`,
      `The weather of the last ${years} years is not known for this building: it takes at least 20 known days of each month of each year. Ask for fewer years, or for the “typical” weather.`,
      { field: 'weather.years' },
    );
  return ok({ ...bordeaux, name: `${years} dernières années du bâtiment (last ${years} years)`, months });
};

/**
 * The weather a comparison is judged under: the typical year (also when nothing is asked), the last years of the building's own
 * days, or 2050 on the French reference warming path. Fails with `weather-years-short`.
 */
export const scenarioWeather = (
  choice: Choice | undefined,
  series: DailySeries | undefined,
): Result<ScenarioWeather> => {
  if (choice?.kind === 'last-years') {
    const read = lastYears(choice.years, series);
    if (!read.ok) return read;
    return ok({ weather: read.value, years: comfortYears(read.value, 0), warnings: [] });
  }
  if (choice?.kind !== 'warmer-2050')
    return ok({ weather: bordeaux, years: comfortYears(bordeaux, 0), warnings: [] });
  const weather = warmer2050(bordeaux);
  const { lowK, highK } = warmingSpread;
  return ok({
    weather,
    years: comfortYears(weather, julyWarmingK),
    warnings: [
      warning(
        'unverified-figures',
        `Météo 2050 : réchauffement de ${decimalFr(lowK, 1)} à ${decimalFr(highK, 1)} K selon la saison et l’incertitude (TRACC, source secondaire) ; les intervalles des kWh en tiennent compte, le confort d’été est celui du milieu ; non vérifié.`,
        `Weather of 2050: warming of ${decimalEn(lowK, 1)} to ${decimalEn(highK, 1)} K by season and uncertainty (TRACC, secondary source); the intervals of the kWh hold it, summer comfort is that of the middle; not verified.`,
      ),
    ],
  });
};
