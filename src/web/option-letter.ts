/** A, B, C…: the name of an option by its place; twelve at most. */
export const optionLetter = (index: number): string => String.fromCodePoint(65 + index);
