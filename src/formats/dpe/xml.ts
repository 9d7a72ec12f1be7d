import { XMLParser } from 'fast-xml-parser';

/** A node of the certificate: text or children by tag. Repeated tags are lists; `all` and `one` hide the difference. */
export type Node = { readonly [tag: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const all = (node: Node | undefined, tag: string): Node[] => {
  const value = node?.[tag];
  return (Array.isArray(value) ? value : [value]).filter(isNode);
};

export const one = (node: Node | undefined, ...path: readonly string[]): Node | undefined =>
  path.reduce<Node | undefined>((at, tag) => all(at, tag)[0], node);

export const text = (node: Node | undefined, tag: string): string | undefined => {
  const value = node?.[tag];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

export const number = (node: Node | undefined, tag: string): number | undefined => {
  const value = Number(text(node, tag)?.replace(',', '.'));
  return Number.isFinite(value) ? value : undefined;
};

/** Parses the XML; undefined when it is not well formed. Document types and their entities are refused by the parser's own limits. */
export const parseXml = (xml: string): Node | undefined => {
  try {
    const parsed: unknown = new XMLParser({
      ignoreAttributes: true,
      parseTagValue: false,
      removeNSPrefix: true,
      processEntities: true,
    }).parse(xml, true);
    return isNode(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};
