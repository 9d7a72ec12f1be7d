import { createHash } from 'node:crypto';
import { isEnum, isRef, isTyped, type StepValue } from './step-file.ts';

/** A string as ISO 10303-21 writes it: quotes and backslashes doubled, what is beyond ASCII as UTF-16 in `\X2\`. */
const stepString = (text: string): string =>
  `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "''")
    .replaceAll(/[^\x20-\x7e]+/gu, (part) => {
      const units = Array.from({ length: part.length }, (_, at) =>
        part.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0'),
      );
      return `\\X2\\${units.join('')}\\X0\\`;
    })}'`;

const stepNumber = (value: number): string => {
  const text = String(value).toUpperCase();
  if (text.includes('.')) return text;
  return text.includes('E') ? text.replace('E', '.E') : `${text}.`;
};

/** A parsed value written back. Numbers become reals: only write arguments that are none. */
export const stepText = (value: StepValue | undefined): string => {
  if (value === null || value === undefined) return '$';
  if (typeof value === 'string') return stepString(value);
  if (typeof value === 'number') return stepNumber(value);
  if (isRef(value)) return `#${value.ref}`;
  if (isEnum(value)) return `.${value.enum}.`;
  if (isTyped(value)) return `${value.type}(${stepText(value.value)})`;
  return `(${value.map(stepText).join(',')})`;
};

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$';

/** A GlobalId that depends on `seed` alone, so that the same input gives the same file: 128 bits in IFC's base 64. */
export const globalIdOf = (seed: string): string => {
  let bits = BigInt(`0x${createHash('sha256').update(seed).digest('hex').slice(0, 32)}`);
  let text = '';
  for (let at = 0; at < 22; at++) {
    text = (ALPHABET[Number(bits & 63n)] ?? '0') + text;
    bits >>= 6n;
  }
  return text;
};
