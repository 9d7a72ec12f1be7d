import type { Message } from '#core/message.ts';
import type { Failure } from '#core/result.ts';

/**
 * The store could not do what was asked for a reason a person can act on. The front doors print `failure`
 * as they print any other one; `retryable` says that the same call may succeed in a moment.
 */
export class StoreError extends Error {
  readonly failure: Failure;
  readonly retryable: boolean;

  constructor(failure: Failure, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(`${failure.code}: ${failure.message.en}`, { cause: options.cause });
    this.name = 'StoreError';
    this.failure = failure;
    this.retryable = options.retryable ?? false;
  }
}

/** A `StoreError` from its code (docs/errors.md) and its sentence in French and English. */
export const storeError = (
  code: string,
  fr: string,
  en: string,
  options: { retryable?: boolean; cause?: unknown; file?: string } = {},
): StoreError => {
  const text: Message = { fr, en };
  const where = options.file === undefined ? {} : { where: { file: options.file } };
  return new StoreError({ code, message: text, ...where }, options);
};

const retryableCodes = new Set(['40001', '40P01', '57P01', '57P02', '57P03', '53300']);
const retryableNetwork = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/**
 * True when the database was away or asked to try again: the failed call was not acknowledged, and the same call
 * may succeed in a moment. SQLSTATE classes 08 (connection) and 40 (rollback), 57P0x (shutdown), 53300 (full).
 */
export const isRetryable = (error: unknown): boolean => {
  if (error instanceof StoreError) return error.retryable;
  if (!(error instanceof Error)) return false;
  const { code = '' } = error as { code?: string };
  if (code.startsWith('08') || retryableCodes.has(code) || retryableNetwork.has(code)) return true;
  // TypeORM takes a broken connection back under the feet of the call that was using it.
  if (/^QueryRunner(Provider)?AlreadyReleasedError$/.test(error.name)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message);
};
