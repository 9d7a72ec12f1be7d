import table from '../../../models/weather/bordeaux-merignac.json' with { type: 'json' };
import type { YearPlace } from '../weather/made-year.ts';
import type { MonthlyWeather } from './monthly-weather.ts';

/** The typical year of the sample stock; what a building without weather of its own is judged under. */
export const bordeaux: MonthlyWeather = table;

/** Where it is: Bordeaux-Mérignac, standard time of France. */
export const bordeauxPlace: YearPlace = {
  latitudeDeg: 44.83,
  longitudeDeg: -0.69,
  altitudeM: 47,
  utcOffsetH: 1,
};
