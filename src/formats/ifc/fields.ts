import { isEnum, isList, isRef, isTyped, type StepValue } from './step-file.ts';

/** Readers of single arguments: each gives undefined when the argument is absent or of another kind. */

const bare = (value: StepValue | undefined): StepValue | undefined =>
  isTyped(value) ? bare(value.value) : value;

/** A string, also within a typed value. */
export const textOf = (value: StepValue | undefined): string | undefined => {
  const inner = bare(value);
  return typeof inner === 'string' ? inner : undefined;
};

/** A finite number, also within a typed value; in the units of the file. */
export const numberOf = (value: StepValue | undefined): number | undefined => {
  const inner = bare(value);
  return typeof inner === 'number' && Number.isFinite(inner) ? inner : undefined;
};

/** An enumeration without its dots, in capitals. */
export const enumOf = (value: StepValue | undefined): string | undefined => {
  const inner = bare(value);
  return isEnum(inner) ? inner.enum : undefined;
};

/** Booleans are `.T.`, `.F.`; some writers put them in quotes or as numbers. `.U.` is undefined. */
export const booleanOf = (value: StepValue | undefined): boolean | undefined => {
  const inner = bare(value);
  const said = isEnum(inner) ? inner.enum : inner;
  if (said === 'T' || said === 'TRUE' || said === 1) return true;
  if (said === 'F' || said === 'FALSE' || said === 0) return false;
  if (typeof said === 'string' && /^true$/i.test(said)) return true;
  return typeof said === 'string' && /^false$/i.test(said) ? false : undefined;
};

/** The id of the record that is referred to. */
export const refOf = (value: StepValue | undefined): number | undefined =>
  isRef(value) ? value.ref : undefined;

/** References in a list, in a typed list or alone. */
export const refsOf = (value: StepValue | undefined): readonly number[] => {
  const inner = bare(value);
  if (isRef(inner)) return [inner.ref];
  if (!isList(inner)) return [];
  const refs: number[] = [];
  for (const item of inner) if (isRef(item)) refs.push(item.ref);
  return refs;
};

/** The numbers of a list, in the units of the file; what is no number is left out. */
export const numbersOf = (value: StepValue | undefined): readonly number[] => {
  const inner = bare(value);
  if (!isList(inner)) return [];
  const numbers: number[] = [];
  for (const item of inner) {
    const number = numberOf(item);
    if (number !== undefined) numbers.push(number);
  }
  return numbers;
};
