import type { SourceElement, Vec3 } from '#core/building-model.ts';
import { fromPlane, type PlaneFrame, type Trapezoid } from '#core/geometry/index.ts';
import { message, type Message } from '#core/message.ts';
import type { Exposure } from '#core/twin.ts';
import type { ThermalElement } from '../types.ts';
import type { SideOutcome } from './exposure-walls.ts';
import { type CutHole, fillingShares } from './openings.ts';
import { azimuthOf, tiltOf } from './orientation.ts';
import type { BuildingPlan } from './plan.ts';
import { ACROSS_M, gridAt, type Met, probe } from './probe.ts';
import type { MeasuredWall } from './wall-elements.ts';

/** An opening on the side of its host that looks out (or on its largest side), with what it looks at. */
type Placed = {
  readonly cut: CutHole;
  /** Of the opening, where several windows stand in one. */
  readonly share: number;
  /** The shares before it. */
  readonly from: number;
  readonly normal: Vec3;
  readonly frame: PlaneFrame;
  readonly exposure: Exposure;
  readonly sure: boolean;
  readonly hostConfidence: number;
};

const rank: Record<Exposure, number> = { exterior: 4, ground: 3, unheated: 2, adiabatic: 1, internal: 0 };

/** What an opening in a wall against this faces. */
const airOf = (exposure: Exposure): Exposure => (exposure === 'ground' ? 'exterior' : exposure);

const exposureAt = (
  plan: BuildingPlan,
  index: number,
  outcome: SideOutcome,
  cut: CutHole,
): Exposure | undefined => {
  const { side } = outcome;
  const point = fromPlane(side.frame, cut.middle);
  const grid = gridAt(plan, point[2]);
  const flat = Math.hypot(side.normal[0], side.normal[1]);
  if (grid === undefined || flat < 0.1) return undefined;
  const out = [side.normal[0] / flat, side.normal[1] / flat] as const;
  const behind: Vec3 = [point[0] - out[0] * side.depthM, point[1] - out[1] * side.depthM, point[2]];
  const front = probe(grid, point, out, ACROSS_M, { solid: index });
  const back = probe(grid, behind, [-out[0], -out[1]], ACROSS_M, { solid: index });
  const heated = (met: Met): boolean => met.cell !== undefined && plan.cells[met.cell]?.heated;
  if (!heated(back)) return undefined;
  // A window below the ground has a light well before it: it faces air.
  if (front.kind === 'exterior') return 'exterior';
  if (front.kind === 'cell') return heated(front) ? 'internal' : 'unheated';
  return undefined;
};

const placeHoles = (plan: BuildingPlan, wall: MeasuredWall): Map<string, Placed> => {
  const placed = new Map<string, Placed>();
  for (const { outcome, cut } of wall.sides)
    for (const one of cut.holes) {
      const at = exposureAt(plan, wall.index, outcome, one);
      const lean =
        outcome.exterior + outcome.unheated + outcome.ground > outcome.elsewhere
          ? airOf(wall.verdict.exposure)
          : 'internal';
      const next: Placed = {
        cut: one,
        share: 1,
        from: 0,
        normal: outcome.side.normal,
        frame: outcome.side.frame,
        exposure: at ?? lean,
        sure: at !== undefined,
        hostConfidence: wall.verdict.confidence,
      };
      const known = placed.get(one.hole.id);
      const better =
        known === undefined ||
        rank[next.exposure] > rank[known.exposure] ||
        (rank[next.exposure] === rank[known.exposure] && next.cut.areaM2 > known.cut.areaM2);
      if (better) placed.set(one.hole.id, next);
    }
  return placed;
};

const kindOf = (element: SourceElement): 'window' | 'door' => (element.kind === 'door' ? 'door' : 'window');

const elementOf = (
  plan: BuildingPlan,
  filling: SourceElement,
  found: { areaM2: number; normal: Vec3; exposure: Exposure; confidence: number; reason: Message },
): ThermalElement => ({
  globalId: filling.globalId,
  ifcType: filling.ifcType,
  name: filling.name,
  kind: kindOf(filling),
  exposure: found.exposure,
  exposureConfidence: found.confidence,
  exposureReason: found.reason,
  areaNetM2: found.areaM2,
  areaGrossM2: found.areaM2,
  interiorNetM2: found.areaM2,
  interiorGrossM2: found.areaM2,
  azimuthDeg: azimuthOf(found.normal, plan.model.northDeg),
  tiltDeg: tiltOf(found.normal),
  ...(filling.hostId !== undefined && { hostId: filling.hostId }),
});

export type OpeningElements = {
  readonly elements: readonly ThermalElement[];
  /** Sum of the outlines of openings that look out, m. */
  readonly perimeterM: number;
  /** Windows and doors without an opening to measure: their stated size was used, or nothing. */
  readonly bySize: number;
  readonly unmeasured: number;
  /** Where each opening that was measured lies on its host. */
  readonly drawn: readonly DrawnOpening[];
};

export type DrawnOpening = {
  readonly id: string;
  readonly frame: PlaneFrame;
  readonly pieces: readonly Trapezoid[];
  /** Part of the opening's width, from and to: several windows may stand in one. */
  readonly span: readonly [from: number, to: number];
};

const statedSize = (filling: SourceElement): number | undefined =>
  filling.overallWidthM === undefined || filling.overallHeightM === undefined
    ? undefined
    : filling.overallWidthM * filling.overallHeightM;

/**
 * Windows and doors: never their bodies, but the projection of their openings on the host's outer side; without an
 * opening, their stated width times height. Each has its own exposure, asked where it stands.
 */
export const openingElements = (
  plan: BuildingPlan,
  hosts: readonly MeasuredWall[],
  inRoofs: ReadonlyMap<
    string,
    { readonly areaM2: number; readonly normal: Vec3; readonly exposure: Exposure }
  >,
): OpeningElements => {
  const placed = new Map<string, Placed>();
  for (const wall of hosts)
    for (const one of placeHoles(plan, wall).values())
      for (const { filling, share, from } of fillingShares(one.cut.hole))
        placed.set(filling.globalId, { ...one, share, from });
  const verdicts = new Map(
    hosts.map((wall) => [plan.bodies[wall.index]?.element.globalId ?? '', wall.verdict] as const),
  );
  const curtains = new Set(
    plan.model.elements.filter((one) => one.kind === 'curtain-wall').map((one) => one.globalId),
  );
  let perimeterM = 0;
  let bySize = 0;
  let unmeasured = 0;
  const elements: ThermalElement[] = [];
  const drawn: DrawnOpening[] = [];
  for (const filling of plan.model.elements) {
    if (filling.kind !== 'window' && filling.kind !== 'door') continue;
    if (filling.partOf !== undefined && curtains.has(filling.partOf)) continue;
    const at = placed.get(filling.globalId);
    const inRoof = inRoofs.get(filling.globalId);
    if (at !== undefined && at.cut.areaM2 > 0.01) {
      const { frame, from, share } = at;
      if (at.exposure !== 'internal')
        drawn.push({ id: filling.globalId, frame, pieces: at.cut.pieces, span: [from, from + share] });
      if (at.exposure !== 'internal') perimeterM += at.cut.perimeterM * at.share;
      elements.push(
        elementOf(plan, filling, {
          areaM2: at.cut.areaM2 * at.share,
          normal: at.normal,
          exposure: at.exposure,
          confidence: at.sure ? 0.9 : Math.min(0.6, at.hostConfidence),
          reason: at.sure
            ? message(
                'Regardé de part et d’autre de l’ouverture, en plan.',
                'Looked at on both sides of the opening, in plan.',
              )
            : message('Suit l’exposition de son mur.', 'Follows the exposure of its wall.'),
        }),
      );
      continue;
    }
    if (inRoof !== undefined) {
      perimeterM += inRoof.exposure === 'internal' ? 0 : 4 * Math.sqrt(inRoof.areaM2);
      elements.push(
        elementOf(plan, filling, {
          ...inRoof,
          confidence: 0.8,
          reason: message('Percé dans la toiture.', 'Cut in the roof.'),
        }),
      );
      continue;
    }
    const areaM2 = statedSize(filling);
    const host = filling.hostId === undefined ? undefined : verdicts.get(filling.hostId);
    if (areaM2 === undefined) {
      unmeasured += 1;
      continue;
    }
    bySize += 1;
    const exposure: Exposure =
      host === undefined ? (filling.isExternal === true ? 'exterior' : 'internal') : airOf(host.exposure);
    elements.push(
      elementOf(plan, filling, {
        areaM2,
        normal: [0, 1, 0],
        exposure,
        confidence: host === undefined ? 0.3 : 0.5,
        reason: message(
          'Sans ouverture lisible : largeur et hauteur du fichier, exposition de son mur ou IsExternal.',
          'Without a readable opening: width and height of the file, exposure of its wall or IsExternal.',
        ),
      }),
    );
  }
  return { elements, perimeterM, bySize, unmeasured, drawn };
};
