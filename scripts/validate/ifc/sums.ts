import type { EnvelopeJson } from '#create/index.ts';

/** Differences smaller than this come from the four decimals of the JSON. */
const ROUNDING_M2 = 0.01;

/**
 * What does not add up inside one envelope: totals against elements, orientations against elements, the net against
 * the gross, the ledger against itself. Empty when everything does.
 */
export const brokenSums = (json: EnvelopeJson): string[] => {
  const { totals, elements } = json;
  const sum = (
    wanted: (one: (typeof elements)[number]) => boolean,
    area: (one: (typeof elements)[number]) => number = (one) => one.areaNetM2,
  ): number => elements.reduce((total, one) => total + (wanted(one) ? area(one) : 0), 0);
  const bare = (one: (typeof elements)[number]): boolean =>
    one.exposure === 'exterior' || one.exposure === 'ground';
  const out = (one: (typeof elements)[number]): boolean => one.exposure !== 'internal';
  const pairs: readonly (readonly [string, number, number])[] = [
    [
      'outer walls gross',
      totals.exterior.wallGrossM2,
      sum(
        (one) => one.kind === 'wall' && bare(one),
        (one) => one.areaGrossM2,
      ),
    ],
    ['outer walls net', totals.exterior.wallNetM2, sum((one) => one.kind === 'wall' && bare(one))],
    ['roof', totals.exterior.roofM2, sum((one) => one.kind === 'roof' && out(one))],
    ['ground', totals.exterior.groundM2, sum((one) => one.kind === 'floor' && one.exposure === 'ground')],
    ['windows', totals.windowM2 + totals.roofLightM2, sum((one) => one.kind === 'window' && out(one))],
    ['doors', totals.doorM2, sum((one) => one.kind === 'door' && out(one))],
  ];
  const broken = pairs
    .filter(([, total, parts]) => Math.abs(total - parts) > ROUNDING_M2 + 1e-4 * elements.length)
    .map(([name, total, parts]) => `${name} ${total.toFixed(2)} is not the sum ${parts.toFixed(2)}`);
  for (const one of elements)
    if (one.areaNetM2 > one.areaGrossM2 + ROUNDING_M2 || one.areaNetM2 < 0)
      broken.push(`${one.globalId}: net ${one.areaNetM2} of gross ${one.areaGrossM2}`);
  if (json.ledger.recordsParsed > json.ledger.recordsInFile)
    broken.push('more records parsed than there are');
  return broken;
};
