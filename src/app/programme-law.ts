import type { Candidate, ProgrammePlan, ProgrammeProblem } from '#target/index.ts';
import { type Message, message } from '../core/message.ts';
import { countEn, countFr, dayEn, dayFr } from '../core/wording.ts';
import type { StockCandidate } from './programme-candidates.ts';
import type { ProgrammeLawView } from './programme-views.ts';
import { plain } from './report.ts';

type Row = ProgrammeLawView['buildings'][number];

const percent = (chance: number): string => String(Math.round(100 * chance));

/** What a date of the law asks, as a person says it. */
export const dateTold = (law: Row['law'], step: string, from: string): Message =>
  law === 'rental-ban'
    ? message(
        `classe ${step} interdite à la location le ${dayFr(from)}`,
        `class ${step} may not be let from ${dayEn(from)}`,
      )
    : message(`décret tertiaire, cible de ${step}`, `tertiary decree, target of ${step}`);

const standingTold = ({ standing, keptIn, deadlineYear, possible }: Omit<Row, 'sentence'>): Message => {
  if (standing === 'in-time')
    return message(`tenue par les travaux de ${keptIn}`, `kept by the works of ${keptIn}`);
  if (standing === 'late')
    return message(
      `travaux en ${keptIn}, après la dernière année utile (${deadlineYear})`,
      `works in ${keptIn}, after the last year that serves (${deadlineYear})`,
    );
  if (!possible)
    return message('aucun lot connu ne suffit à la tenir', 'no package known is enough to keep it');
  return standing === 'after-programme'
    ? message(
        `à tenir après ce programme, travaux en ${deadlineYear} au plus tard`,
        `to be kept after this programme, works in ${deadlineYear} at the latest`,
      )
    : message('non tenue par ce programme', 'not kept by this programme');
};

const rowOf = (
  { candidate, law }: StockCandidate,
  problem: ProgrammeProblem,
  taken: ReadonlyMap<string, ProgrammePlan['choices'][number]>,
): Row[] => {
  const { binding, keptBy } = law;
  const { buildingId, name, deadlineYear, dwellings = 1 } = candidate;
  if (binding === undefined || deadlineYear === undefined) return [];
  const lastYear = problem.firstYear + problem.budgetsEur.length - 1;
  const choice = taken.get(buildingId);
  const keptIn = choice !== undefined && keptBy.has(choice.packageId) ? choice.year : null;
  // A date already past is kept as well as it still can be by works of the first year.
  const latest = Math.max(deadlineYear, problem.firstYear);
  const standing =
    keptIn !== null
      ? keptIn <= latest
        ? 'in-time'
        : 'late'
      : deadlineYear > lastYear
        ? 'after-programme'
        : 'never';
  const { law: text, step, from, chanceOutside } = binding;
  const row = {
    buildingId,
    name,
    law: text,
    step,
    from,
    chanceOutside,
    deadlineYear,
    dwellings,
    possible: keptBy.size > 0,
    keptIn,
    standing,
  } as const;
  const [what, kept] = [dateTold(text, step, from), standingTold(row)];
  const homes =
    text === 'rental-ban'
      ? message(
          `, ${countFr(dwellings, 'logement', 'logements')}`,
          `, ${countEn(dwellings, 'dwelling', 'dwellings')}`,
        )
      : message('', '');
  return [
    {
      ...row,
      sentence: message(
        `${what.fr} (${percent(chanceOutside)} % de chances d’être hors la loi${homes.fr}) : ${kept.fr}.`,
        `${what.en} (${percent(chanceOutside)} % chance of standing outside the law${homes.en}): ${kept.en}.`,
      ),
    },
  ];
};

const ruleTold = (bindsAbove: number, mode: ProgrammeLawView['mode']): Message => {
  const used = {
    hard: message(
      'chaque date qui tombe pendant le programme est tenue',
      'each date that falls within the programme is kept',
    ),
    priced: message(
      'chaque logement-année hors la loi a un prix',
      'each dwelling-year outside the law has a price',
    ),
    told: message(
      'les dates sont dites, elles n’ont pas changé le choix',
      'the dates are told, they have not changed the choice',
    ),
  }[mode];
  return message(
    `Une date lie un bâtiment quand la chance qu’il soit alors hors la loi dépasse ${plain(100 * bindsAbove, 'fr')} % ; ${used.fr}. Estimation, pas un DPE ni une attestation OPERAT.`,
    `A date binds a building when the chance that it is then outside the law is over ${plain(100 * bindsAbove, 'en')} %; ${used.en}. An estimate, neither a DPE nor an OPERAT certificate.`,
  );
};

const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, { dwellings }) => sum + dwellings, 0);

/** What the law asked of each building of a programme and what its plan makes of it, soonest date first. */
export const programmeLaw = (
  stock: readonly StockCandidate[],
  problem: ProgrammeProblem,
  choices: ProgrammePlan['choices'],
  bindsAbove: number,
): ProgrammeLawView => {
  const taken = new Map(choices.map((choice) => [choice.buildingId, choice]));
  const buildings = stock
    .flatMap((one) => rowOf(one, problem, taken))
    .toSorted(
      (one, other) => one.deadlineYear - other.deadlineYear || other.chanceOutside - one.chanceOutside,
    );
  const { legalDates } = problem;
  const mode = legalDates === undefined ? 'told' : legalDates === 'hard' ? 'hard' : 'priced';
  const named = ({ buildingId, name }: Candidate, reason: Message) => ({ buildingId, name, reason });
  const expected = (withPlan: boolean): number =>
    stock.reduce((sum, { candidate, law }) => {
      const { binding, outsideAfter } = law;
      if (binding?.law !== 'rental-ban') return sum;
      const choice = withPlan ? taken.get(candidate.buildingId) : undefined;
      const chance =
        (choice === undefined ? undefined : outsideAfter.get(choice.packageId)) ?? binding.chanceOutside;
      return sum + chance * (candidate.dwellings ?? 1);
    }, 0);
  return {
    mode,
    price: typeof legalDates === 'number' ? legalDates : null,
    bindsAbove,
    rule: ruleTold(bindsAbove, mode),
    buildings,
    dwellingsInTime: sumOf(buildings.filter(({ standing }) => standing === 'in-time')),
    dwellingsLate: sumOf(buildings.filter(({ standing }) => standing === 'late' || standing === 'never')),
    expectedOutsideBefore: expected(false),
    expectedOutsideAfter: expected(true),
    notEvaluated: stock.flatMap(({ candidate, law }) =>
      law.notEvaluated === undefined ? [] : [named(candidate, law.notEvaluated)],
    ),
  };
};
