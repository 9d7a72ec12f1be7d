import type { Exposure } from '#core/twin.ts';
import { dot } from '#core/geometry/index.ts';
import { message } from '#core/message.ts';
import type { ThermalElement } from '../types.ts';
import type { Seen } from './exposure-interior.ts';
import { type Outward, outward, type SideOutcome, sideOutcomes } from './exposure-walls.ts';
import { type CutSide, cutSide, type Hole } from './openings.ts';
import { azimuthOf, tiltOf } from './orientation.ts';
import type { BuildingPlan } from './plan.ts';
import { decide, type Verdict, type Vote } from './votes.ts';
import { decimalFr } from '../../core/wording.ts';

export type MeasuredSide = { readonly outcome: SideOutcome; readonly cut: CutSide };

/** A wall or curtain wall with its verdict and everything measured on its sides. */
export type MeasuredWall = {
  readonly index: number;
  readonly verdict: Verdict;
  readonly sides: readonly MeasuredSide[];
  readonly elements: readonly ThermalElement[];
};

/** Below this share of a wall's side a stray sample, above it a real part. */
const PART_SHARE = 0.15;
const PART_M2 = 1;
const WHOLE_SHARE = 0.6;
/** Cosine within which the sides of a wall with niches look the same way. */
const SAME_WAY = 0.9;

const percent = (share: number): number => Math.round(100 * share);

const sideVote = (sides: readonly SideOutcome[]): { vote?: Vote; area: Record<Outward, number> } => {
  const sum = (pick: (one: SideOutcome) => number): number => sides.reduce((s, one) => s + pick(one), 0);
  const area = {
    exterior: sum((one) => one.exterior),
    ground: sum((one) => one.ground),
    unheated: sum((one) => one.unheated),
  };
  const half = sum((one) => one.side.areaM2) / 2;
  const best = outward.toSorted((a, b) => area[b] - area[a])[0];
  const out = area.exterior + area.ground + area.unheated;
  if (half === 0) return { area };
  const share = Math.min(1, out / half);
  const covered = sum((one) => one.covered);
  if (share > 0.25 && out > covered)
    return {
      area,
      vote: {
        exposure: best,
        weight: 0.4 + 0.6 * share,
        reason: message(
          `En plan, ${percent(share)} % du mur sépare un volume chauffé de ${placeFr[best]}.`,
          `In plan, ${percent(share)} % of the wall parts a heated volume from ${placeEn[best]}.`,
        ),
      },
    };
  const doubled = covered > 0.25 * half;
  return {
    area,
    vote: {
      exposure: 'internal',
      weight: doubled ? 2 : 1 - share,
      reason: doubled
        ? message(
            'Un autre mur le double vers l’extérieur : c’est lui qui est compté.',
            'Another wall stands in front of it: that one is counted.',
          )
        : message(
            'En plan, il ne sépare pas un volume chauffé d’un autre milieu.',
            'In plan, it does not part a heated volume from another side.',
          ),
    },
  };
};

const placeFr: Record<Outward, string> = {
  exterior: 'l’extérieur',
  ground: 'la terre',
  unheated: 'un volume non chauffé',
};
const placeEn: Record<Outward, string> = {
  exterior: 'the outside',
  ground: 'the earth',
  unheated: 'an unheated volume',
};

const roomVote = (seen: readonly Seen[], sideM2: number): Vote | undefined => {
  const sums = new Map<Exposure, number>();
  for (const one of seen) sums.set(one.exposure, (sums.get(one.exposure) ?? 0) + one.areaM2);
  const total = [...sums.values()].reduce((s, one) => s + one, 0);
  const out = outward.map((one) => [one, sums.get(one) ?? 0] as const).toSorted((a, b) => b[1] - a[1])[0];
  if (out === undefined || total === 0 || total < 0.05 * sideM2) return undefined;
  const outer = outward.reduce((s, one) => s + (sums.get(one) ?? 0), 0);
  const strength = Math.min(1, total / (0.5 * sideM2));
  return outer > 0.3 * total
    ? {
        exposure: out[0],
        weight: (0.8 * strength * outer) / total,
        reason: message(
          `Vu des locaux chauffés, ${decimalFr(out[1], 1)} m² donnent sur ${placeFr[out[0]]}.`,
          `Seen from the heated rooms, ${out[1].toFixed(1)} m2 face ${placeEn[out[0]]}.`,
        ),
      }
    : {
        exposure: 'internal',
        weight: 0.8 * strength * (1 - outer / total),
        reason: message(
          'Vu des locaux chauffés, il est entre deux d’entre eux.',
          'Seen from the heated rooms, it stands between two of them.',
        ),
      };
};

const flagVote = (isExternal: boolean | undefined): Vote | undefined =>
  isExternal === undefined
    ? undefined
    : {
        exposure: isExternal ? 'exterior' : 'internal',
        weight: 0.15,
        reason: message(
          `Le fichier le dit ${isExternal ? 'extérieur' : 'intérieur'} (IsExternal).`,
          `The file says it is ${isExternal ? 'external' : 'internal'} (IsExternal).`,
        ),
      };

const shareOf = (outcome: SideOutcome, exposure: Outward): number =>
  outcome.side.areaM2 === 0 ? 0 : outcome[exposure] / outcome.side.areaM2;

/**
 * Area of the sides that look in over that of the sides that look out, 1 where it cannot be told: what air enclosed by
 * the wall sees of it (corners cut the inner side short). Never more than 1.
 */
export const innerShare = (sides: readonly MeasuredSide[]): number => {
  const out = sides.toSorted((a, b) => outwardM2(b.outcome) - outwardM2(a.outcome))[0]?.outcome.side;
  if (out === undefined) return 1;
  const area = (way: 1 | -1): number =>
    sides.reduce(
      (sum, { outcome, cut }) =>
        way * dot(outcome.side.normal, out.normal) > SAME_WAY ? sum + cut.grossM2 : sum,
      0,
    );
  const [outer, inner] = [area(1), area(-1)];
  return outer > 0 && inner > 0 ? Math.min(1, inner / outer) : 1;
};

const outwardM2 = (outcome: SideOutcome): number => outward.reduce((sum, one) => sum + outcome[one], 0);

/** Measures one wall: exposure by vote, areas of the sides that look out, one element for each real part. */
export const measureWall = (
  plan: BuildingPlan,
  index: number,
  holes: readonly Hole[],
  seen: readonly Seen[],
  boundary: Vote | undefined,
  terrainM: number,
): MeasuredWall => {
  const body = plan.bodies[index];
  if (body === undefined) throw new RangeError(`No body ${index}`);
  const { element } = body;
  const outcomes = sideOutcomes(plan, index, terrainM);
  const sides = outcomes.map((outcome) => ({
    outcome,
    cut: cutSide(outcome.side, outcome.side.depthM, holes),
  }));
  const { vote, area } = sideVote(outcomes);
  const half = outcomes.reduce((s, one) => s + one.side.areaM2, 0) / 2;
  const votes = [vote, roomVote(seen, half), boundary, flagVote(element.isExternal)];
  const verdict = decide(votes.filter((one) => one !== undefined));
  const largest = sides.toSorted((a, b) => b.outcome.side.areaM2 - a.outcome.side.areaM2)[0];
  const inward = innerShare(sides);
  const describe = (
    exposure: Exposure,
    measured: { gross: number; net: number; normal: SideOutcome['side']['normal'] | undefined },
    suffix: string,
  ): ThermalElement => {
    const fromRooms = seen.filter((one) => one.exposure === exposure).reduce((s, one) => s + one.areaM2, 0);
    const fromAir =
      exposure === 'internal' || exposure === 'adiabatic'
        ? 0
        : inward * outcomes.reduce((s, one) => s + one.fromAir[exposure], 0);
    const interiorGrossM2 = plan.hasRooms ? fromRooms + fromAir : inward * measured.gross;
    const normal = measured.normal ?? [0, 1, 0];
    return {
      globalId: `${element.globalId}${suffix}`,
      ifcType: element.ifcType,
      name: element.name,
      kind: element.kind === 'curtain-wall' ? 'curtain-wall' : 'wall',
      exposure,
      exposureConfidence: verdict.confidence,
      exposureReason: verdict.reason,
      areaNetM2: measured.net,
      areaGrossM2: measured.gross,
      interiorGrossM2,
      interiorNetM2: Math.max(0, interiorGrossM2 - (measured.gross - measured.net)),
      azimuthDeg: azimuthOf(normal, plan.model.northDeg),
      tiltDeg: tiltOf(normal),
    };
  };
  const normal = largest?.outcome.side.normal;
  const facing = sides.filter(
    ({ outcome }) => normal !== undefined && dot(outcome.side.normal, normal) > SAME_WAY,
  );
  const whole = {
    gross: facing.reduce((sum, one) => sum + one.cut.grossM2, 0),
    net: facing.reduce((sum, one) => sum + one.cut.netM2, 0),
    normal,
  };
  if (verdict.exposure === 'internal' || verdict.exposure === 'adiabatic')
    return { index, verdict, sides, elements: [describe(verdict.exposure, whole, '')] };
  const main = verdict.exposure;
  const parts = outward.filter(
    (one) => one === main || (area[one] > PART_M2 && area[one] > PART_SHARE * half),
  );
  const elements = parts
    .toSorted((a, b) => Number(b === main) - Number(a === main))
    .map((exposure): ThermalElement => {
      let gross = 0;
      let net = 0;
      let normal: SideOutcome['side']['normal'] | undefined;
      let best = 0;
      for (const { outcome, cut } of sides) {
        const share = shareOf(outcome, exposure);
        if (share < 0.02) continue;
        const others = parts
          .filter((one) => one !== exposure)
          .reduce((sum, one) => sum + shareOf(outcome, one), 0);
        const factor = exposure === main && share + others >= WHOLE_SHARE ? 1 - others : share;
        gross += factor * cut.grossM2;
        net += factor * cut.netM2;
        if (factor * cut.grossM2 > best) {
          best = factor * cut.grossM2;
          normal = outcome.side.normal;
        }
      }
      const measured = gross > 0 ? { gross, net, normal } : whole;
      return describe(exposure, measured, exposure === main ? '' : `:${exposure}`);
    });
  return { index, verdict, sides, elements };
};
