import { failure, ok, type Result } from '../core/result.ts';
import type { ProgrammeProblem } from './types.ts';

const refuseCandidates = (problem: ProgrammeProblem): Result<never> | undefined => {
  if (problem.candidates.length === 0)
    return failure(
      'programme-empty',
      'Aucun bâtiment à programmer. Chargez un parc puis recommencez.',
      'No building to plan for. Load a stock, then try again.',
    );
  const seen = new Set<string>();
  for (const { buildingId, packages } of problem.candidates) {
    if (seen.has(buildingId))
      return failure(
        'programme-duplicate-building',
        `Le bâtiment « ${buildingId} » figure deux fois. Gardez-en un.`,
        `Building “${buildingId}” stands twice. Keep one.`,
        { field: buildingId },
      );
    seen.add(buildingId);
    const wrong = packages.find(({ costEur }) => !(costEur >= 0 && Number.isFinite(costEur)));
    if (wrong !== undefined)
      return failure(
        'programme-cost',
        `Le coût du lot « ${wrong.id} » de « ${buildingId} » n’est pas un montant positif.`,
        `The cost of package “${wrong.id}” of “${buildingId}” is not a positive amount.`,
        { field: buildingId },
      );
    const lost = packages.find(({ savingKwh }) => !Number.isFinite(savingKwh));
    if (lost !== undefined)
      return failure(
        'programme-saving',
        `L’économie du lot « ${lost.id} » de « ${buildingId} » n’est pas un nombre.`,
        `The saving of package “${lost.id}” of “${buildingId}” is not a number.`,
        { field: buildingId },
      );
  }
  return undefined;
};

const refuseLinks = (problem: ProgrammeProblem): Result<never> | undefined => {
  const known = new Set(problem.candidates.map(({ buildingId }) => buildingId));
  const named = [
    ...(problem.together ?? []).flat(),
    ...(problem.after ?? []).flatMap(({ building, waitsFor }) => [building, waitsFor]),
  ];
  const unknown = named.find((id) => !known.has(id));
  if (unknown !== undefined)
    return failure(
      'programme-unknown-building',
      `Une contrainte nomme « ${unknown} », qui n’est pas parmi les bâtiments à programmer.`,
      `A constraint names “${unknown}”, which is not among the buildings to plan for.`,
      { field: unknown },
    );
  const groups = new Set(problem.candidates.map(({ group = '' }) => group));
  const shares = problem.fairness ?? [];
  const lost = shares.find(({ group }) => !groups.has(group));
  if (lost !== undefined)
    return failure(
      'programme-unknown-group',
      `Aucun bâtiment n’appartient au groupe « ${lost.group} ».`,
      `No building belongs to group “${lost.group}”.`,
      { field: lost.group },
    );
  const total = shares.reduce((sum, { minimumShare }) => sum + minimumShare, 0);
  if (shares.some(({ minimumShare }) => !(minimumShare >= 0 && minimumShare <= 1)) || total > 1)
    return failure(
      'programme-shares',
      'Les parts minimales vont de 0 à 1, et leur somme ne dépasse pas 1.',
      'Least shares go from 0 to 1, and their sum is at most 1.',
    );
  return undefined;
};

/**
 * Refuses what no plan can be made from. Codes: `programme-empty`, `programme-duplicate-building`, `programme-cost`,
 * `programme-saving`, `programme-budget`, `programme-unknown-building`, `programme-unknown-group`, `programme-shares`.
 */
export const checkProblem = (problem: ProgrammeProblem): Result<ProgrammeProblem> => {
  const refused = refuseCandidates(problem);
  if (refused !== undefined) return refused;
  if (
    problem.budgetsEur.length === 0 ||
    problem.budgetsEur.some((budget) => !(budget >= 0 && Number.isFinite(budget)))
  )
    return failure(
      'programme-budget',
      'Il faut un budget positif ou nul pour chaque année.',
      'Each year needs a budget of zero or more.',
    );
  return refuseLinks(problem) ?? ok(problem);
};
