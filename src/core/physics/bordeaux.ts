import table from '../../../models/weather/bordeaux-merignac.json' with { type: 'json' };
import type { MonthlyWeather } from './monthly-weather.ts';

/** The typical year of the sample stock; what a building without weather of its own is judged under. */
export const bordeaux: MonthlyWeather = table;
