/** A node of the certificate: text or children by tag. Repeated tags are lists; `all` and `one` hide the difference. */
export type Node = { readonly [tag: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The children of a tag, whether the file has none, one or several. */
export const all = (node: Node | undefined, tag: string): Node[] => {
  const value = node?.[tag];
  return (Array.isArray(value) ? value : [value]).filter(isNode);
};

/** The first node at the end of a path of tags; undefined where the path breaks. */
export const one = (node: Node | undefined, ...path: readonly string[]): Node | undefined =>
  path.reduce<Node | undefined>((at, tag) => all(at, tag)[0], node);

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LAST_CODE_POINT = 0x10_ff_ff;

/** The five names of XML and numeric references, which the reader leaves as they are written. */
const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return names[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : whole;
  });

/** The text of a tag, trimmed and with its references decoded; undefined where it is empty. */
export const text = (node: Node | undefined, tag: string): string | undefined => {
  const found = node?.[tag];
  // A tag with attributes keeps its text beside them.
  const value = isNode(found) ? found['#text'] : found;
  return typeof value === 'string' && value.trim() !== '' ? decoded(value.trim()) : undefined;
};

/** The number of a tag, with a decimal point or comma; undefined where it is none. */
export const number = (node: Node | undefined, tag: string): number | undefined => {
  const value = Number(text(node, tag)?.replace(',', '.'));
  return Number.isFinite(value) ? value : undefined;
};
