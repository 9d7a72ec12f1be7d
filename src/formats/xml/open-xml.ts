import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { failure, ok, type Result } from '#core/result.ts';
import { openText } from '../csv/index.ts';

/** Over eight years of quarter-hours. */
const defaultMaxBytes = 40_000_000;
/** Nesting no feed of readings comes near. */
const deepest = 64;

const doctype = /<!(DOCTYPE|ENTITY)/i;

/** Elements as objects, attributes under `@_name`, every element named in `arrays` as a list. */
export type XmlNode = { readonly [name: string]: unknown };

/**
 * Opens and parses XML without prefixes. A document type or an entity declaration is refused before anything is
 * parsed: no reading needs one, and they are how a small file grows without bound. Numeric references and the five
 * names of XML are left as written. Fails as `openText` does, and with `xml-entities-refused` or `xml-malformed`.
 */
export const openXml = (
  name: string,
  bytes: Uint8Array,
  arrays: readonly string[],
  maxBytes = defaultMaxBytes,
): Result<XmlNode> => {
  const text = openText(name, bytes, maxBytes);
  if (!text.ok) return text;
  const content = new TextDecoder(text.value.encoding).decode(text.value.bytes);
  if (doctype.test(content))
    return failure(
      'xml-entities-refused',
      `« ${name} » déclare un type de document ou des entités XML : il est refusé, car de telles déclarations peuvent faire grossir un fichier sans limite. Exportez-le sans DOCTYPE.`,
      `“${name}” declares a document type or XML entities: it is refused, for such declarations can make a file grow without bound. Export it without DOCTYPE.`,
      { file: name },
    );
  const malformed = (detail: string, line?: number): Result<never> =>
    failure(
      'xml-malformed',
      `« ${name} » n’est pas du XML bien formé (${detail}). Exportez-le de nouveau.`,
      `“${name}” is not well-formed XML (${detail}). Export it again.`,
      { file: name, ...(line === undefined ? {} : { line }) },
    );
  // A cut file is by far the commonest damage, and is seen at its end without walking through it.
  const root = /<([A-Za-z_][\w.:-]*)/.exec(
    content.slice(0, 4096).replaceAll(/<\?[^>]*\?>|<!--[\s\S]*?-->/g, ''),
  )?.[1];
  if (root === undefined) return malformed('no element');
  if (!content.trimEnd().endsWith('>')) return malformed(`cut before </${root}>`);
  const valid = XMLValidator.validate(content);
  if (valid !== true) return malformed(valid.err.msg, valid.err.line);
  const parser = new XMLParser({
    ignoreAttributes: false,
    removeNSPrefix: true,
    parseTagValue: false,
    processEntities: false,
    maxNestedTags: deepest,
    isArray: (tag) => arrays.includes(tag),
  });
  try {
    const parsed: unknown = parser.parse(content);
    return ok(parsed as XmlNode);
  } catch (error) {
    return malformed((error as Error).message.slice(0, 80));
  }
};
