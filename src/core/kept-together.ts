const NO_BREAK = '\u00a0';

/** Units as the documents write them, after a number and a space. */
const unit = /(\d) (?=(?:[kM]?€|%|[kMG]?Wh|[kM]?J\b|W\/|m[²³]|°C|kg\b|t CO|[hK]\b|cm\b|ans?\b|years?\b))/g;

/**
 * The text with the spaces that no line may end at made no-break ones: between a number and its unit, after « n° », inside French
 * quotation marks and before the marks that French sets apart. A figure parted from its unit is read wrong.
 */
export const keptTogether = (text: string): string =>
  text
    .replaceAll(unit, `$1${NO_BREAK}`)
    .replaceAll(/\b(t|kg) (?=CO₂)/g, `$1${NO_BREAK}`)
    .replaceAll(/\bn° (?=\d)/g, `n°${NO_BREAK}`)
    .replaceAll('« ', `«${NO_BREAK}`)
    .replaceAll(/ (?=[:;?!»])/g, NO_BREAK);
