import type { WorkedExample, WorkedExamples } from '#api/worked-examples.ts';

const MOST_TEXT = 600;
/** Two items of a list show that it is one; of large ones, the first alone. */
const LARGE_ITEMS = 800;

const beginning = (items: readonly unknown[]): unknown[] => {
  const two = items.slice(0, 2).map(shorter);
  return JSON.stringify(two).length > LARGE_ITEMS ? two.slice(0, 1) : two;
};

/** An answer with the beginning of its lists and of its long texts alone. */
const shorter = (value: unknown): unknown => {
  if (Array.isArray(value)) return beginning(value);
  if (typeof value === 'string') return value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shorter(one)]));
};

const abridgedExample = (example: WorkedExample): WorkedExample =>
  example.answer === undefined ? example : { ...example, answer: shorter(example.answer) };

/** Examples short enough to be read: what was asked as it was asked, of what was answered the beginning. */
export const abridged = (examples: WorkedExamples): WorkedExamples =>
  Object.fromEntries(Object.entries(examples).map(([operation, one]) => [operation, abridgedExample(one)]));
