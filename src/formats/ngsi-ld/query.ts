/** One condition of `q` (ETSI GS CIM 009, 4.9): an attribute path, an operator and its values. */
export type NgsiCondition = {
  readonly path: string;
  readonly operator: '==' | '>' | '>=' | '<' | '<=';
  readonly values: readonly (string | number | boolean)[];
};

const valueOf = (text: string): string | number | boolean | undefined => {
  if (/^"[^"]*"$/.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  // A name of an entity may stand without quotes.
  return /^urn:[^\s";,()|]+$/.test(text) ? text : undefined;
};

/** The parts of a text between a separator that stands outside quotes. */
const split = (text: string, separator: string): string[] => {
  const parts: string[] = [''];
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
};

/**
 * Reads the subset of `q` that is supported: conditions joined by `;` (and), each of an attribute or a member of one in
 * brackets, `==` with one or several values, or one of the comparisons. Undefined for anything else.
 */
export const readQuery = (text: string): readonly NgsiCondition[] | undefined => {
  const conditions: NgsiCondition[] = [];
  for (const part of split(text, ';')) {
    const [, path, operator, written] =
      /^([A-Za-z]\w*(?:\[[A-Za-z]\w*\])?)(==|>=|<=|>|<)([^=].*)$/.exec(part) ?? [];
    if (path === undefined || operator === undefined || written === undefined) return undefined;
    const values = split(written, ',').map(valueOf);
    const known = values.filter((value) => value !== undefined);
    if (known.length < values.length || known.length > 100) return undefined;
    if (operator !== '==' && known.length > 1) return undefined;
    conditions.push({ path, operator: operator as NgsiCondition['operator'], values: known });
  }
  return conditions;
};
