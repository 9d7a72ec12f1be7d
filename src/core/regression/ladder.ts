import type { Candidate, ModelKind } from './candidate.ts';
import { changePointCandidate, workingCandidate } from './change-point.ts';
import { ridgeCandidate } from './ridge.ts';
import { degreeDayCandidate, meanCandidate } from './simple.ts';
import { twoSlopeCandidate } from './two-slope.ts';

/** Every candidate, the simplest first: the order of preference between equals (promise P4). */
export const ladder: readonly Candidate[] = [
  meanCandidate,
  degreeDayCandidate,
  changePointCandidate('3p-heating', 60),
  changePointCandidate('3p-cooling', 60),
  changePointCandidate('4p', 90),
  changePointCandidate('5p', 120),
  twoSlopeCandidate,
  workingCandidate('3p-heating-working', '3p-heating', 120),
  workingCandidate('3p-cooling-working', '3p-cooling', 120),
  workingCandidate('5p-working', '5p', 180),
  ridgeCandidate,
];

const byKind = new Map<ModelKind, Candidate>(ladder.map((candidate) => [candidate.kind, candidate]));

/** The rung of a kind. Throws on a kind no rung has. */
export const candidateOf = (kind: ModelKind): Candidate => {
  const found = byKind.get(kind);
  if (found === undefined) throw new Error(`No candidate of kind ${kind}`);
  return found;
};
