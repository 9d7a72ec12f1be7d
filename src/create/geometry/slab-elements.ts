import type { Vec3 } from '#core/building-model.ts';
import {
  asOperand,
  difference,
  intersection,
  type Operand,
  type Region,
  regionsNear,
  totalArea,
  type Trapezoid,
  fromPlane,
} from '#core/geometry/index.ts';
import { message } from '#core/message.ts';
import type { Exposure } from '#core/twin.ts';
import type { ThermalElement } from '../types.ts';
import type { Seen } from './exposure-interior.ts';
import { cutSide, fillingShares, type Hole } from './openings.ts';
import { azimuthOf, tiltOf } from './orientation.ts';
import type { Body, BuildingPlan } from './plan.ts';
import { type PlaneGroup, planeGroups } from './plane-groups.ts';
import { decimalFr } from '../../core/wording.ts';

export type RoofHole = { readonly areaM2: number; readonly normal: Vec3; readonly exposure: Exposure };

/** A slab that is part of the envelope from one side, with the upper faces that its roof was measured on. */
export type DrawnSlab = {
  readonly id: string;
  readonly part: 'roof' | 'floor';
  readonly body: Body;
  readonly tops: readonly TopFace[];
};

/** One plane of a roof, and what of it lies over heated rooms, in pieces in plan. */
type TopFace = { readonly group: PlaneGroup; readonly free: readonly Trapezoid[] };

export type SlabElements = {
  readonly elements: readonly ThermalElement[];
  readonly roofHoles: ReadonlyMap<string, RoofHole>;
  readonly drawn: readonly DrawnSlab[];
};

const PART_M2 = 0.5;
const PART_SHARE = 0.02;
export const LEVEL_NORMAL = 0.2;
const ROOF_DEPTH_M = 1;

/** The outlines of a plane seen from above, m; their area is the sloping one times the cosine of the tilt. */
export const inPlan = (group: PlaneGroup): Operand =>
  group.regions.map(
    (region): Region =>
      region.map((ring) => {
        return ring.map((p) => {
          const at = fromPlane(group.frame, p);
          return [at[0], at[1]] as const;
        });
      }),
  );

type Top = {
  readonly areaM2: number;
  readonly holesM2: number;
  readonly normal: Vec3;
  readonly faces: readonly TopFace[];
};

const what: Record<'roof' | 'floor', readonly [fr: string, en: string]> = {
  roof: ['au-dessus', 'above'],
  floor: ['au-dessous', 'below'],
};
const placeFr: Record<Exposure, string> = {
  exterior: 'l’extérieur',
  ground: 'la terre',
  unheated: 'un volume non chauffé',
  adiabatic: 'un bâtiment voisin',
  internal: 'un volume chauffé',
};
const placeEn: Record<Exposure, string> = {
  exterior: 'the outside',
  ground: 'the earth',
  unheated: 'an unheated volume',
  adiabatic: 'a neighbouring building',
  internal: 'a heated volume',
};

const heightOf = (group: PlaneGroup): number =>
  Math.max(...group.regions.flatMap((region) => (region[0] ?? []).map((p) => fromPlane(group.frame, p)[2])));

/** Far more than the rounding of a corner, far less than a storey. */
const MARGIN_M = 0.01;

/** The plan of a box, and a little around it. */
const planOf = ({ min, max }: Body['box']): Region => {
  const [x0, y0, x1, y1] = [min[0] - MARGIN_M, min[1] - MARGIN_M, max[0] + MARGIN_M, max[1] + MARGIN_M];
  return [
    [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
    ],
  ];
};

/**
 * Upper faces of a roof over the heated outline, highest first, not counting what a higher roof or a higher layer of
 * this one already covers.
 */
const topOf = (
  body: Body,
  outline: Operand,
  covered: Operand,
  holes: readonly Hole[],
): Top & { plan: Operand } => {
  let areaM2 = 0;
  let holesM2 = 0;
  let best = 0;
  let normal: Vec3 = [0, 0, 1];
  const plan: Region[] = [];
  const faces: TopFace[] = [];
  const here = planOf(body.box);
  const outlineHere = regionsNear(outline, here);
  const coveredHere = regionsNear(covered, here);
  const downwards = planeGroups(body.faces, (n) => n[2] > LEVEL_NORMAL).toSorted(
    (a, b) => heightOf(b) - heightOf(a),
  );
  for (const group of downwards) {
    const clipped = intersection(inPlan(group), outlineHere);
    const over = coveredHere.concat(plan);
    const free = over.length === 0 ? clipped : difference(asOperand(clipped), over);
    const gross = totalArea(free) / group.normal[2];
    areaM2 += gross;
    if (holes.length > 0 && group.areaM2 > 0) {
      const cut = cutSide(group, ROOF_DEPTH_M, holes);
      holesM2 += (cut.grossM2 - cut.netM2) * Math.min(1, gross / group.areaM2);
    }
    if (free.length > 0) faces.push({ group, free });
    for (const piece of asOperand(free)) plan.push(piece);
    if (gross > best) {
      best = gross;
      normal = group.normal;
    }
  }
  return { areaM2, holesM2, normal, faces, plan };
};

const largestSide = (body: Body): number =>
  Math.max(0, ...planeGroups(body.faces, (n) => Math.abs(n[2]) > LEVEL_NORMAL).map((group) => group.areaM2));

/** What stands in contact with a slab over most of a part of it, by id. */
const companions = (
  plan: BuildingPlan,
  list: readonly Seen[],
  part: { readonly part: Seen['part']; readonly exposure: Exposure },
): string[] => {
  const areas = new Map<string, { with: readonly number[]; areaM2: number }>();
  for (const one of list) {
    if (one.part !== part.part || one.exposure !== part.exposure) continue;
    const others = one.with ?? [];
    const key = others.join();
    areas.set(key, { with: others, areaM2: (areas.get(key)?.areaM2 ?? 0) + one.areaM2 });
  }
  const [most] = [...areas.values()].toSorted((a, b) => b.areaM2 - a.areaM2);
  return (most?.with ?? []).flatMap((index) => plan.bodies[index]?.element.globalId ?? []);
};

type SlabPart = { part: 'roof' | 'floor'; exposure: Exposure; areaM2: number };

/** What rooms see of a slab, summed by side and exposure. */
const areasByExposure = (list: readonly Seen[]): SlabPart[] => {
  const sums = new Map<string, SlabPart>();
  for (const { part, exposure, areaM2 } of list) {
    if (part === 'wall') continue;
    const key = `${part}:${exposure}`;
    const known = sums.get(key);
    if (known === undefined) sums.set(key, { part, exposure, areaM2 });
    else known.areaM2 += areaM2;
  }
  return [...sums.values()];
};

/** A slab that is no part of the envelope: between two heated volumes, or away from all of them. */
const internalSlab = (body: Body, touched: boolean): Omit<ThermalElement, 'ifcType' | 'name'> => {
  const areaM2 = largestSide(body);
  return {
    globalId: body.element.globalId,
    kind: body.element.kind === 'roof' ? 'roof' : 'floor',
    exposure: 'internal',
    exposureConfidence: touched ? 0.9 : 0.6,
    exposureReason: touched
      ? message('Entre deux volumes chauffés.', 'Between two heated volumes.')
      : message('Aucun volume chauffé ne le touche.', 'No heated volume touches it.'),
    areaNetM2: areaM2,
    areaGrossM2: areaM2,
    interiorNetM2: 0,
    interiorGrossM2: 0,
    azimuthDeg: 0,
    tiltDeg: 0,
  };
};

/** The roof lights of a roof by their id, m2 of its upper side each; a hole of several is shared among them. */
const lightsOf = (body: Body, holes: readonly Hole[]): [string, number][] =>
  holes.flatMap((hole) => {
    if (hole.fillings.length === 0) return [];
    const areaM2 = Math.max(
      0,
      ...planeGroups(body.faces, (n) => n[2] > LEVEL_NORMAL).map((group) =>
        cutSide(group, ROOF_DEPTH_M, [hole]).holes.reduce((sum, one) => sum + one.areaM2, 0),
      ),
    );
    if (areaM2 <= 0.01) return [];
    return fillingShares(hole).map(({ filling, share }): [string, number] => [
      filling.globalId,
      areaM2 * share,
    ]);
  });

/**
 * Slabs and roofs as parts of the envelope: what rooms see through them above and below decides, so that a slab that
 * is a ceiling here and a terrace there gives both. Outer area of roofs: their upper faces over the heated outline;
 * of floors: their share of the outline they bound.
 */
export const slabElements = (
  plan: BuildingPlan,
  seen: readonly Seen[],
  outlines: readonly Operand[],
  exteriorFloorM2: (exposure: Exposure) => number,
  holesOf: (id: string) => readonly Hole[],
): SlabElements => {
  const outline = outlines.flat();
  const outerShare = new Map<Exposure, number>();
  /** Outer over interior area of the floors of one exposure. */
  const outerOverInterior = (exposure: Exposure): number => {
    const known = outerShare.get(exposure);
    if (known !== undefined) return known;
    const interior = seen
      .filter((one) => one.part === 'floor' && one.exposure === exposure)
      .reduce((sum, one) => sum + one.areaM2, 0);
    const ratio = interior === 0 ? 1 : exteriorFloorM2(exposure) / interior;
    outerShare.set(exposure, ratio);
    return ratio;
  };
  const bySlab = new Map<number, Seen[]>();
  for (const one of seen) {
    if (one.element === undefined || one.part === 'wall') continue;
    const list = bySlab.get(one.element);
    if (list === undefined) bySlab.set(one.element, [one]);
    else list.push(one);
  }
  const elements: ThermalElement[] = [];
  const roofHoles = new Map<string, RoofHole>();
  const drawn: DrawnSlab[] = [];
  const covered: Region[] = [];
  const highestFirst = plan.bodies
    .map((body, index) => ({ body, index }))
    .filter(({ body }) => body.element.kind === 'floor' || body.element.kind === 'roof')
    .toSorted((a, b) => b.body.box.max[2] - a.body.box.max[2]);
  for (const { body, index } of highestFirst) {
    const { element } = body;
    const list = bySlab.get(index) ?? [];
    const all = areasByExposure(list);
    const total = (part: 'roof' | 'floor'): number =>
      all.filter((one) => one.part === part).reduce((sum, one) => sum + one.areaM2, 0);
    const parts = all
      .filter(
        (one) => one.exposure !== 'internal' && one.areaM2 > Math.max(PART_M2, PART_SHARE * total(one.part)),
      )
      .toSorted((a, b) => b.areaM2 - a.areaM2);
    const base = { ifcType: element.ifcType, name: element.name } as const;
    if (parts.length === 0) {
      elements.push({ ...base, ...internalSlab(body, list.length > 0) });
      continue;
    }
    const holes = holesOf(element.globalId);
    const needsTop = parts.some((one) => one.part === 'roof');
    const top = needsTop ? topOf(body, outline, covered, holes) : undefined;
    if (top !== undefined) for (const piece of top.plan) covered.push(piece);
    for (const [i, part] of parts.entries()) {
      const share = part.areaM2 / total(part.part);
      const isRoof = part.part === 'roof';
      const gross =
        isRoof && top !== undefined && top.areaM2 > 0
          ? top.areaM2 * share
          : isRoof
            ? part.areaM2
            : part.areaM2 * outerOverInterior(part.exposure);
      const holesM2 = isRoof && top !== undefined ? top.holesM2 * share : 0;
      const withIds = companions(plan, list, part);
      const normal: Vec3 = isRoof ? (top?.normal ?? [0, 0, 1]) : [0, 0, -1];
      if (isRoof && i === 0)
        for (const [filling, areaM2] of lightsOf(body, holes))
          roofHoles.set(filling, { areaM2, normal, exposure: part.exposure });
      const id = `${element.globalId}${i === 0 ? '' : `:${part.part}-${part.exposure}`}`;
      if (parts.find((one) => one.part === part.part) === part)
        drawn.push({ id, part: part.part, body, tops: isRoof ? (top?.faces ?? []) : [] });
      elements.push({
        ...base,
        globalId: id,
        kind: part.part,
        exposure: part.exposure,
        exposureConfidence: Math.round(100 * (0.6 + 0.35 * share)) / 100,
        exposureReason: message(
          `Les locaux chauffés ont ${what[part.part][0]} ${placeFr[part.exposure]} sur ${decimalFr(part.areaM2, 1)} m².`,
          `Heated rooms have ${placeEn[part.exposure]} ${what[part.part][1]} over ${part.areaM2.toFixed(1)} m2.`,
        ),
        areaNetM2: Math.max(0, gross - holesM2),
        areaGrossM2: gross,
        interiorNetM2: Math.max(0, part.areaM2 - holesM2),
        interiorGrossM2: part.areaM2,
        azimuthDeg: azimuthOf(normal, plan.model.northDeg),
        tiltDeg: tiltOf(normal),
        ...(withIds.length > 0 && { withIds }),
      });
    }
  }
  return { elements, roofHoles, drawn };
};
