import { measuredClauses } from './basis/measured.ts';
import { programmeClauses } from './basis/programmes.ts';
import { scenarioClauses } from './basis/scenarios.ts';
import { twinClauses } from './basis/twin.ts';

/**
 * What the server writes of a figure, clause by clause (`; ` between them), and how it is said in French. The `basis` of a figure is
 * one English sentence by contract (docs/schemas); a test holds that none of the sample stock's stays untranslated.
 */
const clauses = [...measuredClauses, ...twinClauses, ...scenarioClauses, ...programmeClauses];

/** « 1 200,5 » for a number as the server writes it; anything else as it is. */
const inFrench = (found: string): string =>
  /^-?\d{1,3}(?:,\d{3})*(?:\.\d+)?$|^-?\d+\.\d+$/.test(found ?? '')
    ? found.replaceAll(',', '\u202f').replace('.', ',').replace('-', '\u2212')
    : found?.replaceAll("'", '’');

export type BasisPart = { readonly text: string; readonly french: boolean };

/** Thousands apart where a unit says that the number is one, not a year. */
const apart = (text: string): string =>
  text.replaceAll(/(?<![\d,.])(\d{1,3})(\d{3})(?= (?:kWh|€|jours|heures|tirages))/g, '$1\u202f$2');

/** The sentence behind a figure in French, clause by clause; what has no French yet stays English and says so. */
export const basisInFrench = (basis: string): BasisPart[] =>
  basis.split(/; (?=\S)/).map((part) => {
    for (const [pattern, say] of clauses) {
      const found = pattern.exec(part);
      if (found !== null) return { text: apart(say(...found.slice(1).map(inFrench))), french: true };
    }
    return { text: part, french: false };
  });
