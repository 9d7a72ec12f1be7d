import type { Message } from '#core/message.ts';

export const findingCodes = [
  'unit-break',
  'zero-as-missing',
  'gap',
  'spike',
  'frozen',
  'reset',
  'clock-shift',
  'duplicate',
  'estimated',
  'impossible',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** A defect of a series, between two local days (both included), what it looks like and what to do about it. */
export type Finding = {
  readonly code: FindingCode;
  /** Days since 1970-01-01. */
  readonly from: number;
  readonly to: number;
  /** Size of the defect: level after over level before for a unit break, value over the usual for a spike. */
  readonly ratio?: number;
  readonly message: Message;
  readonly action: Message;
};

/** Whether a person is asked: what the supplier estimated, its next real read sets right by itself. */
export const asksPerson = (code: FindingCode): boolean => code !== 'estimated';
