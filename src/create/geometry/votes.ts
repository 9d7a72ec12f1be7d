import type { BuildingModel } from '#core/building-model.ts';
import { faceArea } from '#core/geometry/index.ts';
import { type Message, message } from '#core/message.ts';
import type { Exposure } from '#core/twin.ts';

export type Vote = {
  readonly exposure: Exposure;
  readonly weight: number;
  readonly reason: Message;
};

export type Verdict = { readonly exposure: Exposure; readonly confidence: number; readonly reason: Message };

/** The exposure with the most weight; what agrees with it explains it, and what disagrees is said too. */
export const decide = (votes: readonly Vote[]): Verdict => {
  const sums = new Map<Exposure, number>();
  for (const vote of votes) sums.set(vote.exposure, (sums.get(vote.exposure) ?? 0) + vote.weight);
  const [winner] = [...sums].toSorted((a, b) => b[1] - a[1]);
  const total = [...sums.values()].reduce((sum, one) => sum + one, 0);
  if (winner === undefined || total === 0)
    return {
      exposure: 'internal',
      confidence: 0.3,
      reason: message(
        'Rien ne relie cet élément à un volume chauffé : il est laissé hors de l’enveloppe.',
        'Nothing ties this element to a heated volume: it is left out of the envelope.',
      ),
    };
  const [exposure, weight] = winner;
  const agreeing = votes.filter((vote) => vote.exposure === exposure);
  const against = votes.filter((vote) => vote.exposure !== exposure && vote.weight > 0.1);
  const fr = agreeing.map((vote) => vote.reason.fr).join(' ');
  const en = agreeing.map((vote) => vote.reason.en).join(' ');
  const reason =
    against.length === 0
      ? message(fr, en)
      : message(
          `${fr} En désaccord : ${against.map((vote) => vote.reason.fr).join(' ')}`,
          `${en} Against it: ${against.map((vote) => vote.reason.en).join(' ')}`,
        );
  return { exposure, confidence: Math.round((100 * weight) / total) / 100, reason };
};

const sideExposure = { external: 'exterior', 'external-earth': 'ground', internal: 'internal' } as const;

/**
 * Votes of the file's own space boundaries, by element. Heard only where they are second level, tell inside from
 * outside, and their exterior area is within 5 % of `interiorM2`, the same area measured on the rooms.
 */
export const boundaryVotes = (
  model: BuildingModel,
  isRoom: (spaceId: string) => boolean,
  interiorM2: number,
): ReadonlyMap<string, Vote> => {
  const heard = model.boundaries.filter(
    (one) => one.physical && one.level === 2 && one.elementId !== undefined && isRoom(one.spaceId),
  );
  const fillings = new Set(
    model.elements.filter((one) => one.kind === 'window' || one.kind === 'door').map((one) => one.globalId),
  );
  const byElement = new Map<string, Map<Exposure, number>>();
  let outside = 0;
  for (const one of heard) {
    if (one.side === 'unknown' || one.face === undefined || one.elementId === undefined) continue;
    const exposure = sideExposure[one.side];
    const area = faceArea(one.face);
    if (exposure !== 'internal' && !fillings.has(one.elementId)) outside += area;
    const sums = byElement.get(one.elementId) ?? new Map<Exposure, number>();
    sums.set(exposure, (sums.get(exposure) ?? 0) + area);
    byElement.set(one.elementId, sums);
  }
  const trusted = outside > 0 && Math.abs(outside - interiorM2) <= 0.05 * interiorM2;
  if (!trusted) return new Map();
  return new Map(
    [...byElement].flatMap(([id, sums]): [string, Vote][] => {
      const [best] = [...sums].toSorted((a, b) => b[1] - a[1]);
      if (best === undefined) return [];
      const total = [...sums.values()].reduce((sum, area) => sum + area, 0);
      return [
        [
          id,
          {
            exposure: best[0],
            weight: (0.8 * best[1]) / total,
            reason: message(
              'Limites d’espaces du fichier, jugées fiables.',
              'Space boundaries of the file, found trustworthy.',
            ),
          },
        ],
      ];
    }),
  );
};
