import { seedOf, seeded } from './random.ts';

/** A value of a STEP record: text as it stands in the file, or a reference. */
type Ref = string;

const encode = (text: string): string => {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === "'") out += "''";
    else if (code < 127) out += char;
    else out += `\\X2\\${code.toString(16).toUpperCase().padStart(4, '0')}\\X0\\`;
  }
  return `'${out}'`;
};

const guidAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$';

/** Numbers as STEP wants them: a point always, no exponent in lower case. */
export const real = (value: number): string => {
  const rounded = Math.round(value * 1e7) / 1e7;
  return Number.isInteger(rounded) ? `${rounded}.` : String(rounded).replace('e', 'E');
};

/** Writes the records of one file, numbered as they come. */
export const createStepWriter = (seedName: string, lengthFactor: number) => {
  const lines: string[] = [];
  const random = seeded(seedOf(seedName));
  const points = new Map<string, Ref>();
  const add = (type: string, ...args: readonly string[]): Ref => {
    lines.push(`#${lines.length + 1}=${type.toUpperCase()}(${args.join(',')});`);
    return `#${lines.length}`;
  };
  const guid = (): string =>
    `'${Array.from({ length: 22 }, (_, index) => guidAlphabet[Math.floor(random.uniform() * (index === 0 ? 4 : 64))]).join('')}'`;
  const length = (metres: number): string => real(metres * lengthFactor);
  const list = (items: readonly string[]): string => `(${items.join(',')})`;
  const point = (...coordinates: readonly number[]): Ref => {
    const text = list(coordinates.map(length));
    const known = points.get(text);
    if (known !== undefined) return known;
    const made = add('IfcCartesianPoint', text);
    points.set(text, made);
    return made;
  };
  const direction = (...ratios: readonly number[]): Ref => add('IfcDirection', list(ratios.map(real)));
  return { add, guid, length, list, point, direction, text: encode, lines };
};

export type StepWriter = ReturnType<typeof createStepWriter>;
