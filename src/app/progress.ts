import type { Message } from '../core/message.ts';

/** Tells how far a long piece of work is: done of total, and what is being done. */
export type Progress = (done: number, total: number, label: Message) => void;

/** A line of a streamed answer before its last one, which is the result or the refusal. */
export type ProgressLine = {
  readonly progress: { readonly done: number; readonly total: number; readonly message: Message };
};
