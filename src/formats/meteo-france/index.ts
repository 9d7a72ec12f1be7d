export { isMeteoFrance, type MeteoFranceFile, readMeteoFrance } from './read-meteo-france.ts';
