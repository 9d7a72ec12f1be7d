import { programmeReport } from '#app/loop-reports.ts';
import { planView, robustnessOf } from '#app/programme-plan.ts';
import type { StockCandidate } from '#app/programme-candidates.ts';
import { programmeLaw } from '#app/programme-law.ts';
import { highsSolver } from '#app/solver.ts';
import { brokenConstraints, type Candidate, optimiseProgramme, relaxations } from '#target/index.ts';
import { landlordProgramme, simulatedLandlord } from './simulated-landlord.ts';

/**
 * `node scripts/landlord-plan.ts [RESIDENCES] [YEARLY_BUDGET_EUR]`: the programme of the simulated landlord as a new user reads it: the
 * whole of it in figures, then ten residences with the reason of each. With a budget too small for the legal dates, what would have to
 * give way.
 */
const [residences = '1500', budget] = process.argv.slice(2);

const classOf: Readonly<Record<number, string>> = { 2024: 'G', 2027: 'F', 2033: 'E' };

const lawOf = ({ deadlineYear, packages }: Candidate): StockCandidate['law'] => ({
  keptBy: new Set(packages.flatMap(({ id, meetsLaw }) => (meetsLaw === true ? [id] : []))),
  outsideAfter: new Map(packages.map(({ id, meetsLaw }) => [id, meetsLaw === true ? 0 : 1])),
  ...(deadlineYear === undefined
    ? {}
    : {
        binding: {
          law: 'rental-ban',
          step: classOf[deadlineYear] ?? '?',
          from: `${deadlineYear + 1}-01-01`,
          chanceOutside: 1,
        },
      }),
});

const candidates = simulatedLandlord(Number(residences), { seed: 6, draws: 200 });
const planned = landlordProgramme(candidates);
const problem =
  budget === undefined ? planned : { ...planned, budgetsEur: planned.budgetsEur.map(() => Number(budget)) };
const options = {
  solver: highsSolver,
  nowMs: () => performance.now(),
  relativeGap: 0.005,
  timeLimitMs: 60_000,
};
const plan = await optimiseProgramme(problem, options);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

if (plan.ok) {
  const stock = candidates.map((candidate) => ({ candidate, metered: true, law: lawOf(candidate) }));
  const { choices, late, notChosen } = plan.value;
  const view = {
    id: '1',
    ...planView(
      problem,
      plan.value,
      problem.budgetsEur.reduce((sum, one) => sum + one, 0),
    ),
    target: null,
    rates: [],
    stale: null,
    law: programmeLaw(stock, problem, choices, 0.5),
    robustness: robustnessOf(problem, plan.value, undefined),
  };
  // Ten that differ: the first years, the last ones, those the law asks for, those left out.
  const dated = view.law.buildings.map(({ buildingId }) => buildingId);
  const shown = new Set([
    ...view.chosen.slice(0, 2).map(({ buildingId }) => buildingId),
    ...dated.slice(0, 2),
    ...dated.slice(-1),
    ...late.slice(0, 2).map(({ buildingId }) => buildingId),
    ...late.slice(-1).map(({ buildingId }) => buildingId),
    ...notChosen.slice(0, 2).map(({ buildingId }) => buildingId),
  ]);
  const of = ({ buildingId }: { readonly buildingId: string }): boolean => shown.has(buildingId);
  say(`${choices.length} / ${residences} ; écart prouvé ${plan.value.gapPercent.toPrecision(2)} %`);
  say(`contraintes manquées : ${brokenConstraints(problem, choices).length}`);
  for (const line of programmeReport(
    {
      ...view,
      rates: [],
      defaults: [],
      stale: null,
      chosen: view.chosen.filter(of),
      late: view.late.filter(of),
      notChosen: view.notChosen.filter(of),
      law: { ...view.law, buildings: view.law.buildings.filter(of) },
    },
    'fr',
  ))
    say(line);
} else {
  say(plan.error.message.fr);
  for (const way of await relaxations(problem, options)) say(`  ${way.message.fr}`);
}
