import type { Text } from './i18n.ts';

/** The weather of a comparison, which is named in French with its English in brackets where that is another. */
export const weatherName = (weather: string): Text => ({
  fr: weather.replace(/ \(last \d+ years\)$/, ''),
  en: /\((last \d+ years)\)$/.exec(weather)?.[1] ?? weather,
});
