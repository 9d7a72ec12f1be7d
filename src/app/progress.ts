import type { Message } from '../core/message.ts';

/** Tells how far a long piece of work is: done of total, and what is being done. */
export type Progress = (done: number, total: number, label: Message) => void;
