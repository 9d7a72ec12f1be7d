import type { Language, Message, Place } from '../core/message.ts';
import type { Failure, Result } from '../core/result.ts';

/** Exit codes of the command line: an answer, a refusal, a wrong use. */
export const EXIT = { answered: 0, refused: 1, wrongUse: 2 } as const;

/** What a verb may do to the world: data to stdout, status to stderr. */
export type Output = {
  readonly language: Language;
  readonly json: boolean;
  readonly say: (message: Message) => string;
  readonly data: (value: unknown) => void;
  readonly text: (line: string) => void;
  readonly status: (line: string) => void;
  /** Redraws one line on a terminal; on a pipe only the label of each new step is written. */
  readonly progress: (done: number, total: number, label: string) => void;
  readonly refuse: (failure: Failure) => number;
  /** Prints an answer as JSON or as its report; gives the exit code. */
  readonly answer: (result: Result<{ readonly json: unknown; readonly report: readonly string[] }>) => number;
};

const placeText = (place: Place | undefined): string | null => {
  if (place === undefined) return null;
  const parts = [place.file, place.line, place.field].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join(':');
};

const bar = (share: number, width = 24): string => {
  const full = Math.round(Math.max(0, Math.min(1, share)) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
};

/** NaN and infinities have no JSON form; they read as null, which is said by the schemas. */
const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value;

/**
 * The output of one run of the command line: answers to stdout, all else to stderr, in the language given.
 */
export const createOutput = (language: Language, json: boolean): Output => {
  let lastLabel = '';
  const terminal = process.stderr.isTTY;
  const status = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const say = (message: Message): string => message[language];
  const data = (value: unknown): void => {
    process.stdout.write(`${JSON.stringify(value, finite, 2)}\n`);
  };
  const refuse = (failure: Failure): number => {
    const where = placeText(failure.where);
    // One line, so that a log of one answer a line stays one when a night is refused.
    if (json)
      process.stdout.write(
        `${JSON.stringify({ error: { code: failure.code, message: say(failure.message), where } })}\n`,
      );
    status(`stacoptim: ${say(failure.message)}${where === null ? '' : ` (${where})`}`);
    return EXIT.refused;
  };
  return {
    language,
    json,
    say,
    data,
    text: (line) => {
      process.stdout.write(`${line}\n`);
    },
    status,
    progress: (done, total, label) => {
      if (terminal) {
        process.stderr.write(`\r\u001b[2K${bar(done / total)} ${done}/${total} ${label}`);
        if (done >= total) process.stderr.write('\n');
      } else if (label !== lastLabel) {
        status(`[${done}/${total}] ${label}`);
      }
      lastLabel = label;
    },
    refuse,
    answer: (result) => {
      if (!result.ok) return refuse(result.error);
      if (json) data(result.value.json);
      else process.stdout.write(`${result.value.report.join('\n')}\n`);
      return EXIT.answered;
    },
  };
};
