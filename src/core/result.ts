import type { Message, Place } from './message.ts';

/** An expected failure: what a person can act on. Bugs are thrown, never returned. */
export type Failure = {
  /** Stable, kebab-case, documented in docs/errors.md. */
  readonly code: string;
  readonly message: Message;
  readonly where?: Place;
};

export type Result<T, E = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** A success that holds its value. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** A failure that holds its error; for the common kind with a sentence in two languages see `failure`. */
export const fail = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** Shorthand for the common failure: a code and the sentence in French and English. */
export const failure = (
  code: string,
  fr: string,
  en: string,
  where?: Place,
): { readonly ok: false; readonly error: Failure } =>
  fail({ code, message: { fr, en }, ...(where === undefined ? {} : { where }) });
