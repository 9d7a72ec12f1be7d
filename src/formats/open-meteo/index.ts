export { isOpenMeteo, type OpenMeteoFile, readOpenMeteo } from './read-open-meteo.ts';
