import { seededRandom } from '#core/random.ts';
import type { Candidate, Package, ProgrammeProblem } from '#target/index.ts';
import { normals } from './validate/simulated-meter.ts';

/** Last year in which a class may still be let (Loi Climat et résilience, art. 160). */
const lastLawfulYear: Readonly<Record<string, number>> = { G: 2024, F: 2027, E: 2033 };
/** Shares of the classes in social housing, close to the SDES count of 2023: few G and F, most D and C. */
const classShares = [
  ['G', 0.02],
  ['F', 0.05],
  ['E', 0.16],
  ['D', 0.4],
  ['C', 0.37],
] as const;
/** Middle of a class, kWh of final energy a square metre and year. */
const intensity: Readonly<Record<string, number>> = { G: 330, F: 260, E: 200, D: 150, C: 105 };
const lettersUp = ['G', 'F', 'E', 'D', 'C', 'B', 'A'];
const classOf = (kwhM2: number): string => {
  if (kwhM2 > 300) return 'G';
  if (kwhM2 > 230) return 'F';
  if (kwhM2 > 175) return 'E';
  return kwhM2 > 128 ? 'D' : 'C';
};

/** Works of rising ambition, so that a plan reads as one; their costs and savings are the laws below, not the catalogue's. */
const ladder = [
  ['set-back'],
  ['set-back', 'balancing'],
  ['roof-insulation'],
  ['roof-insulation', 'floor-insulation'],
  ['roof-insulation', 'windows'],
  ['roof-insulation', 'windows', 'ventilation-hygro'],
  ['wall-insulation-outside', 'roof-insulation'],
  ['wall-insulation-outside', 'roof-insulation', 'windows'],
  ['wall-insulation-outside', 'roof-insulation', 'windows', 'ventilation-hygro'],
  ['wall-insulation-outside', 'roof-insulation', 'windows', 'ventilation-hygro', 'heat-pump-air'],
] as const;

/**
 * A landlord that does not exist, with laws one can check: residences of 8 to 150 dwellings (log-uniform) of 65 m2; a class by
 * the shares above, an intensity log-normal (15 %) around its middle; packages of rising ambition that save 6 to 65 % with
 * diminishing returns, cost per square metre rising faster than the saving (45 to 600 EUR/m2, log-normal 30 %); 20 communes. A package
 * keeps the law when it brings a better class whose own date, if any, comes after the building's. Savings have a common error of a residence of 25 % on their draws. Seeded: the same numbers on every machine.
 */
export const simulatedLandlord = (
  residences: number,
  options: { readonly seed: number; readonly packages?: number; readonly draws?: number },
): Candidate[] => {
  const random = seededRandom(options.seed);
  const normal = normals(options.seed + 1);
  const packages = options.packages ?? 10;
  const draws = options.draws ?? 1;
  return Array.from({ length: residences }, (_, index) => {
    const dwellings = Math.round(8 * (150 / 8) ** random());
    const areaM2 = 65 * dwellings;
    let left = random();
    const [letter] = classShares.find(([, share]) => (left -= share) < 0) ?? ['C'];
    const kwhM2 = intensity[letter] * Math.exp(0.15 * normal());
    const own = classOf(kwhM2);
    const deadline = lastLawfulYear[own];
    const dearness = Math.exp(0.3 * normal());
    const errors = Float64Array.from({ length: draws }, () => Math.exp(0.25 * normal() - 0.25 ** 2 / 2));
    const menu = Array.from({ length: packages }, (__, k): Package => {
      const ambition = (k + 0.5 + 0.6 * (random() - 0.5)) / packages;
      const share = 0.06 + 0.59 * ambition ** 0.8;
      const savingKwh = share * kwhM2 * areaM2;
      const after = classOf((1 - share) * kwhM2);
      const lawfulAfter = lastLawfulYear[after];
      return {
        id: `p${k}`,
        measures: ladder[Math.floor((k * ladder.length) / packages)],
        costEur: Math.round((45 + 555 * ambition ** 1.7) * dearness * Math.exp(0.1 * normal()) * areaM2),
        savingKwh,
        savingDraws: errors.map((error) => savingKwh * error),
        carbonKg: 0.2 * savingKwh,
        meetsLaw:
          lettersUp.indexOf(after) > lettersUp.indexOf(own) &&
          (lawfulAfter === undefined || lawfulAfter > (deadline ?? 0)),
      };
    });
    return {
      buildingId: `r${String(index + 1).padStart(5, '0')}`,
      name: { fr: `Résidence simulée ${index + 1}`, en: `Simulated residence ${index + 1}` },
      baselineKwh: kwhM2 * areaM2,
      packages: menu,
      dwellings,
      group: `commune-${1 + (index % 20)}`,
      ...(deadline === undefined ? {} : { deadlineYear: deadline }),
    };
  });
};

/** Ten yearly budgets that pay for about a quarter of what the dearest packages of all would cost. */
export const landlordProgramme = (candidates: readonly Candidate[], years = 10): ProgrammeProblem => {
  const middle = candidates.reduce(
    (sum, { packages }) => sum + (packages[Math.floor(packages.length / 2)]?.costEur ?? 0),
    0,
  );
  return {
    candidates,
    firstYear: 2027,
    budgetsEur: Array.from({ length: years }, () => Math.round((0.5 * middle) / years)),
    legalDates: 'hard',
  };
};
