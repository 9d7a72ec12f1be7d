export { readWeatherCsv, type WeatherCsvOptions, type WeatherFile } from './read-weather.ts';
