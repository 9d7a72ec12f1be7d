import type { SourceElement } from '#core/building-model.ts';
import { rectangularWindow, windowU } from '#core/physics/u-values/index.ts';
import table from '../../models/windows.json' with { type: 'json' };
import { keyWords, namesInclude, wordsOf } from './materials.ts';

export const windowTable = table;

/** Whether a U-value is one of Revit's built-in constructions for windows and doors, left in place by an author who declared nothing. */
export const isRevitDefault = (uWm2K: number): boolean =>
  [...table.revitDefaults.window, ...table.revitDefaults.door].some(
    (value) => Math.abs(value - uWm2K) <= table.revitDefaults.toleranceWm2K,
  );

type Glass = (typeof table.glasses)[number];

/** Panes written as thicknesses: 4/16/4 is double, 4-12-4-12-4 triple; the odd numbers are the gaps. */
const panesPattern = /\b\d{1,2}(?:[/-]\d{1,2}){2,4}\b/;

const glassOf = (name: string, words: readonly string[]): Glass | undefined => {
  const named = table.glasses.find((glass) => glass.words.some((key) => namesInclude(words, keyWords(key))));
  if (named !== undefined) return named;
  const panes = panesPattern.exec(name)?.[0].split(/[/-]/).length;
  const id = panes === 5 ? 'triple-low-e' : panes === 3 ? 'double' : undefined;
  return table.glasses.find((glass) => glass.id === id);
};

type WindowFromName = {
  readonly uWm2K: number;
  readonly solarFactor: number;
  readonly basis: string;
};

/**
 * U and g of a window from what its names say of glass and frame, by its parts (ISO 10077-1:2017, 6.2.1). Sizes from the file,
 * else an ordinary casement; undefined when no name tells the glass.
 */
export const windowFromNames = (element: SourceElement): WindowFromName | undefined => {
  const said = [...element.materialNames, element.typeName ?? '', element.name].join(' ').slice(0, 800);
  const words = wordsOf(said);
  const glass = glassOf(said, words);
  if (glass === undefined) return undefined;
  const named = table.frames.find((frame) => frame.words.some((key) => namesInclude(words, keyWords(key))));
  const frame = named ?? table.frames.find((one) => one.id === table.defaultFrame);
  if (frame === undefined) return undefined;
  const plausible = (size: number | undefined): number | undefined =>
    size !== undefined && size >= 0.2 && size <= 10 ? size : undefined;
  const width = plausible(element.overallWidthM) ?? table.defaultWidthM;
  const height = plausible(element.overallHeightM) ?? table.defaultHeightM;
  const edge =
    glass.edge === 'none' ? 0 : frame.edge === 'metal' ? table.edgePsiWmK.metal : table.edgePsiWmK.plain;
  const uWm2K = windowU({
    ...rectangularWindow(width, height, table.frameWidthM),
    glassUWm2K: glass.uWm2K,
    frameUWm2K: frame.uWm2K,
    edgePsiWmK: edge,
  });
  return {
    uWm2K,
    solarFactor: glass.solarFactor,
    basis: `ISO 10077-1:2017 6.2.1: ${glass.id} Ug ${glass.uWm2K}, ${frame.id}${named === undefined ? ' (assumed)' : ''} Uf ${frame.uWm2K}, ψ ${edge}, ${width.toFixed(2)} × ${height.toFixed(2)} m with a ${table.frameWidthM} m frame; windows table version ${table.version}`,
  };
};
