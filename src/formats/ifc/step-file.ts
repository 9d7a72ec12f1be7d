/** A reference to another record of the same file. */
type StepRef = { readonly ref: number };
/** An enumeration such as `.T.` or `.ROOF.`, upper case, without the dots. */
type StepEnum = { readonly enum: string };
/** A select value that carries its type, such as `IFCLENGTHMEASURE(2.5)`. */
type StepTyped = { readonly type: string; readonly value: StepValue };
/** `$` and `*` both read as null. */
export type StepValue = null | number | string | StepRef | StepEnum | StepTyped | readonly StepValue[];

/** An opened STEP physical file: records are parsed when asked for, and only those. Type names are upper case. */
export type StepFile = {
  readonly schema: string;
  readonly application: string;
  typeOf(id: number): string | undefined;
  /** The record's arguments in order, or undefined when the id is absent or its text is broken. */
  record(id: number): readonly StepValue[] | undefined;
  /** Whether the file holds the record. */
  has(id: number): boolean;
  /** Ids of exactly this type, in file order; subtypes are other types. */
  idsOfType(type: string): readonly number[];
};

/** Whether a value refers to another record. */
export const isRef = (value: StepValue | undefined): value is StepRef =>
  typeof value === 'object' && value !== null && 'ref' in value;

/** Whether a value is an enumeration. */
export const isEnum = (value: StepValue | undefined): value is StepEnum =>
  typeof value === 'object' && value !== null && 'enum' in value;

/** Whether a value carries its type. */
export const isTyped = (value: StepValue | undefined): value is StepTyped =>
  typeof value === 'object' && value !== null && 'type' in value;

/** Whether a value is a list. */
export const isList = (value: StepValue | undefined): value is readonly StepValue[] => Array.isArray(value);
