import { DISCOUNT_RATE } from '../core/economics.ts';
import { type Message, message } from '../core/message.ts';
import type { Objective, ProgrammeProblem } from './types.ts';

/** Years over which a saving counts after the programme's last year, so that a late choice still has a value. */
const HORIZON_AFTER_YEARS = 10;

export const attributes = ['costEur', 'savingKwh', 'carbonKg', 'dwellings', 'sites'] as const;
export type Attribute = (typeof attributes)[number];

/** Σ attribute · yearWeight · groupWeight ≤ limit over all choices; "at least" rows are kept with their signs turned. */
type CouplingRow = {
  readonly id: string;
  readonly name: Message;
  readonly unit: string;
  readonly attribute: number;
  readonly yearWeight: Float64Array;
  readonly groupWeight: Float64Array;
  readonly limit: number;
};

/** Buildings that are decided together; a building of its own is a unit of one. */
export type Unit = {
  readonly members: readonly number[];
  /** Pairs of positions in `members`. */
  readonly sameYear: readonly (readonly [number, number])[];
  readonly notBefore: readonly (readonly [number, number])[];
};

/** A programme as arrays: packages of all buildings in a row, `option = package · years + year`. */
export type Compiled = {
  readonly problem: ProgrammeProblem;
  readonly years: number;
  readonly firstPackage: Int32Array;
  readonly packageBuilding: Int32Array;
  readonly group: Int32Array;
  /** Attributes of each package, by position in `attributes`. */
  readonly attribute: readonly Float64Array[];
  /** Value of each option over doing nothing. */
  readonly worth: Float64Array;
  readonly allowed: Uint8Array;
  /** Buildings that must have works for their legal date. */
  readonly required: Uint8Array;
  readonly rows: readonly CouplingRow[];
  readonly units: readonly Unit[];
};

/**
 * What a unit of the objective decided in each year counts: a yearly saving counts the years to the horizon, a net value is brought
 * back to the first year.
 */
export const yearWeights = (objective: Exclude<Objective, 'legal-risk'>, years: number): number[] =>
  Array.from({ length: years }, (_, t) =>
    objective === 'net-value' ? 1 / (1 + DISCOUNT_RATE) ** t : years - t + HORIZON_AFTER_YEARS,
  );

/** Years of a building outside the law from its date to the end of the horizon when works of `yearIndex` end it. */
const lawlessYears = (
  problem: ProgrammeProblem,
  deadlineYear: number,
  yearIndex: number | undefined,
): number => {
  const firstUnlawful = deadlineYear + 1 - problem.firstYear;
  const end = problem.budgetsEur.length + HORIZON_AFTER_YEARS;
  return Math.max(0, (yearIndex ?? end) - Math.max(0, firstUnlawful));
};

/** Value of a package of a candidate in a year, over doing nothing. */
export type Worth = (
  candidate: ProgrammeProblem['candidates'][number],
  packaged: number,
  yearIndex: number,
) => number;

const worthOf = (problem: ProgrammeProblem): Worth => {
  const objective: Objective = problem.objective ?? 'energy';
  const weights = objective === 'legal-risk' ? [] : yearWeights(objective, problem.budgetsEur.length);
  const legalPrice = typeof problem.legalDates === 'number' ? problem.legalDates : 0;
  return (candidate, packaged, yearIndex) => {
    const { savingKwh, carbonKg, netValueEur, meetsLaw } = candidate.packages[packaged];
    const { deadlineYear, dwellings = 1 } = candidate;
    const lawful =
      deadlineYear !== undefined && meetsLaw === true
        ? dwellings *
          (lawlessYears(problem, deadlineYear, undefined) - lawlessYears(problem, deadlineYear, yearIndex))
        : 0;
    const yearly = { energy: savingKwh, carbon: carbonKg ?? 0, 'net-value': netValueEur ?? 0 };
    const plain = objective === 'legal-risk' ? lawful : yearly[objective] * weights[yearIndex];
    return objective === 'legal-risk' ? plain : plain + legalPrice * lawful;
  };
};

const rowsOf = (problem: ProgrammeProblem, groups: ReadonlyMap<string, number>): CouplingRow[] => {
  const years = problem.budgetsEur.length;
  const all = new Float64Array(groups.size).fill(1);
  const inYear = (yearIndex: number): Float64Array =>
    Float64Array.from({ length: years }, (_, t) => (t === yearIndex ? 1 : 0));
  const upTo = (yearIndex: number): Float64Array =>
    Float64Array.from({ length: years }, (_, t) => (t <= yearIndex ? 1 : 0));
  const rows: CouplingRow[] = [];
  let kept = 0;
  problem.budgetsEur.forEach((budget, t) => {
    const year = problem.firstYear + t;
    kept = problem.carryOver === true ? kept + budget : budget;
    rows.push({
      id: `budget-${year}`,
      name:
        problem.carryOver === true
          ? message(`budget cumulé jusqu’à ${year}`, `budget up to ${year}`)
          : message(`budget ${year}`, `budget of ${year}`),
      unit: 'EUR',
      attribute: attributes.indexOf('costEur'),
      yearWeight: problem.carryOver === true ? upTo(t) : inYear(t),
      groupWeight: all,
      limit: kept,
    });
    for (const [attribute, most, fr, en] of [
      ['dwellings', problem.dwellingsAYear, 'logements en travaux', 'dwellings at work'],
      ['sites', problem.sitesAYear, 'chantiers', 'sites at work'],
    ] as const)
      if (most !== undefined)
        rows.push({
          id: `${attribute}-${year}`,
          name: message(`${fr} en ${year}`, `${en} in ${year}`),
          unit: '1',
          attribute: attributes.indexOf(attribute),
          yearWeight: inYear(t),
          groupWeight: all,
          limit: most,
        });
  });
  const everyYear = new Float64Array(years).fill(1);
  const atLeast = (id: string, name: Message, unit: string, attribute: Attribute, least: number): void => {
    rows.push({
      id,
      name,
      unit,
      attribute: attributes.indexOf(attribute),
      yearWeight: everyYear,
      groupWeight: all.map(() => -1),
      limit: -least,
    });
  };
  if (problem.minimumSavingKwh !== undefined)
    atLeast(
      'saving',
      message('économie minimale', 'least saving'),
      'kWh',
      'savingKwh',
      problem.minimumSavingKwh,
    );
  if (problem.minimumCarbonKg !== undefined)
    atLeast(
      'carbon',
      message('carbone évité minimal', 'least avoided carbon'),
      'kg',
      'carbonKg',
      problem.minimumCarbonKg,
    );
  if (problem.maximumCostEur !== undefined)
    rows.push({
      id: 'cost',
      name: message('coût total', 'whole cost'),
      unit: 'EUR',
      attribute: attributes.indexOf('costEur'),
      yearWeight: everyYear,
      groupWeight: all,
      limit: problem.maximumCostEur,
    });
  for (const { group, minimumShare } of problem.fairness ?? []) {
    const own = groups.get(group);
    rows.push({
      id: `share-${group}`,
      name: message(`part de « ${group} »`, `share of “${group}”`),
      unit: 'EUR',
      attribute: attributes.indexOf('costEur'),
      yearWeight: everyYear,
      // share·all − own ≤ 0
      groupWeight: all.map((_, g) => minimumShare - (g === own ? 1 : 0)),
      limit: 0,
    });
  }
  return rows;
};

const unitsOf = (problem: ProgrammeProblem): Unit[] => {
  const position = new Map(problem.candidates.map(({ buildingId }, index) => [buildingId, index]));
  const at = (id: string): number => position.get(id) ?? -1;
  const leader = problem.candidates.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (leader[root] !== root) root = leader[root];
    return root;
  };
  const same = (problem.together ?? []).flatMap((ids) =>
    ids.slice(1).map((id) => [at(ids[0] ?? ''), at(id)] as const),
  );
  const after = (problem.after ?? []).map(({ building, waitsFor }) => [at(building), at(waitsFor)] as const);
  for (const [one, other] of [...same, ...after]) leader[find(one)] = find(other);
  const members = Map.groupBy(leader.keys(), find);
  return [...members.values()].map((own) => {
    const inside = (pairs: readonly (readonly [number, number])[]) =>
      own.length === 1
        ? []
        : pairs
            .filter(([one]) => own.includes(one))
            .map(([one, other]) => [own.indexOf(one), own.indexOf(other)] as const);
    return { members: own, sameYear: inside(same), notBefore: inside(after) };
  });
};

/** Whether a hard legal date falls within the programme; a later one can still be kept after it. */
export const mustAct = (
  { legalDates, firstYear, budgetsEur }: ProgrammeProblem,
  { deadlineYear }: ProgrammeProblem['candidates'][number],
): boolean =>
  legalDates === 'hard' && deadlineYear !== undefined && deadlineYear < firstYear + budgetsEur.length;

/** Lays a checked programme out as arrays, under its own objective unless another worth is asked for. */
export const compileProgramme = (problem: ProgrammeProblem, worthFor: Worth = worthOf(problem)): Compiled => {
  const years = problem.budgetsEur.length;
  const { candidates } = problem;
  const count = candidates.reduce((sum, { packages }) => sum + packages.length, 0);
  const groups = new Map<string, number>([['', 0]]);
  for (const { group = '' } of candidates) if (!groups.has(group)) groups.set(group, groups.size);
  for (const { group } of problem.fairness ?? []) if (!groups.has(group)) groups.set(group, groups.size);
  const firstPackage = new Int32Array(candidates.length + 1);
  const packageBuilding = new Int32Array(count);
  const attribute = attributes.map(() => new Float64Array(count));
  const worth = new Float64Array(count * years);
  const allowed = new Uint8Array(count * years);
  const required = new Uint8Array(candidates.length);
  const mostEur =
    problem.carryOver === true
      ? problem.budgetsEur.map((_, t) => problem.budgetsEur.slice(0, t + 1).reduce((a, b) => a + b, 0))
      : problem.budgetsEur;
  const { dwellingsAYear = Number.POSITIVE_INFINITY, sitesAYear = Number.POSITIVE_INFINITY } = problem;
  let next = 0;
  candidates.forEach((candidate, b) => {
    firstPackage[b] = next;
    const dated = mustAct(problem, candidate);
    if (dated) required[b] = 1;
    // A date already past asks for works in the first year of the programme.
    const latestYear = Math.max(candidate.deadlineYear ?? problem.firstYear, problem.firstYear);
    candidate.packages.forEach((packaged, k) => {
      const p = next + k;
      packageBuilding[p] = b;
      const dwellings = candidate.dwellings ?? 1;
      const own = [packaged.costEur, packaged.savingKwh, packaged.carbonKg ?? 0, dwellings, 1];
      own.forEach((value, a) => {
        attribute[a][p] = value;
      });
      for (let t = 0; t < years; t++) {
        worth[p * years + t] = worthFor(candidate, k, t);
        const lawful = !dated || (packaged.meetsLaw === true && problem.firstYear + t <= latestYear);
        const fits = packaged.costEur <= mostEur[t] && dwellings <= dwellingsAYear && sitesAYear >= 1;
        allowed[p * years + t] = lawful && fits && packaged.savingKwh > 0 ? 1 : 0;
      }
    });
    next += candidate.packages.length;
  });
  firstPackage[candidates.length] = next;
  return {
    problem,
    years,
    firstPackage,
    packageBuilding,
    group: Int32Array.from(candidates, ({ group = '' }) => groups.get(group) ?? 0),
    attribute,
    worth,
    allowed,
    required,
    rows: rowsOf(problem, groups),
    units: unitsOf(problem),
  };
};

/** What an option takes of a row. */
export const coefficient = (compiled: Compiled, row: CouplingRow, option: number): number => {
  const p = Math.floor(option / compiled.years);
  const t = option - p * compiled.years;
  return (
    compiled.attribute[row.attribute][p] *
    row.yearWeight[t] *
    row.groupWeight[compiled.group[compiled.packageBuilding[p]]]
  );
};
