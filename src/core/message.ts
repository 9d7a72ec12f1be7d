/** A sentence a person reads, in both languages of the product. French is shown first unless English is asked for. */
export type Message = { readonly fr: string; readonly en: string };

export type Language = 'fr' | 'en';

/** Where in the outside world a finding lies. `line` counts from 1. */
export type Place = { readonly file?: string; readonly line?: number; readonly field?: string };

/**
 * Something found in an input that did not stop the work. `code` is stable and kebab-case; `ref` names the
 * element, row or record it is about.
 */
export type Warning = {
  readonly code: string;
  readonly message: Message;
  readonly ref?: string;
  readonly place?: Place;
};

/** A sentence in both languages, French first: whoever writes one cannot forget the other. */
export const message = (fr: string, en: string): Message => ({ fr, en });

/**
 * A finding that does not stop the work: its stable code (docs/errors.md), the sentence in French and
 * English, and what it is about.
 */
export const warning = (
  code: string,
  fr: string,
  en: string,
  about: { ref?: string; place?: Place } = {},
): Warning => ({
  code,
  message: { fr, en },
  ...about,
});
