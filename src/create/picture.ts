import type { Envelope, EnvelopeElement, Outlines } from './types.ts';

const UNIT_M = 0.01;
const MOST_SLENDER = 4;
const STOREY_M = 2.8;
/** Of a storey's height, a window; of the wall, so that an opening stands before it. */
const WINDOW_SHARE = 0.5;
const BEFORE_M = 0.03;
const UPRIGHT_DEG = 60;

type Point = readonly [x: number, y: number, z: number];
type Faces = Record<string, number[][][]>;

const sum = (elements: readonly EnvelopeElement[]): number =>
  elements.reduce((total, one) => total + one.areaNetM2, 0);

/** One of the four sides of the box: from its left corner, seen from outside, along its width. */
type Side = { readonly at: (along: number, up: number, before: number) => Point; readonly widthM: number };

const sidesOf = (eastM: number, northM: number): readonly Side[] => {
  const [x, y] = [eastM / 2, northM / 2];
  return [
    { widthM: eastM, at: (along, up, before) => [x - along, y + before, up] },
    { widthM: northM, at: (along, up, before) => [x + before, along - y, up] },
    { widthM: eastM, at: (along, up, before) => [along - x, -y - before, up] },
    { widthM: northM, at: (along, up, before) => [-x - before, y - along, up] },
  ];
};

const sideOf = ({ azimuthDeg }: EnvelopeElement): number => Math.round((azimuthDeg % 360) / 90) % 4;

/**
 * A picture of a building that only a description tells (a short form, a certificate): the box of its floor area and
 * volume, each side and slab shared by the elements that face there, windows in a row of their area. Their areas are the
 * description's, their places are nobody's. Deterministic.
 */
export const pictureOfDescription = (envelope: Envelope): Outlines => {
  const own = envelope.elements.filter((one) => one.exposure !== 'internal' && one.areaNetM2 > 0);
  const storeys = Math.max(1, Math.round(envelope.heatedStoreys));
  const footprintM2 = Math.max(1, envelope.floorAreaM2 / storeys);
  const heightM = Math.max(STOREY_M, envelope.volumeM3 / footprintM2);
  const upright = own.filter(
    (one) => one.tiltDeg > UPRIGHT_DEG && one.kind !== 'roof' && one.kind !== 'floor',
  );
  const facing = (side: number): EnvelopeElement[] => upright.filter((one) => sideOf(one) === side);
  const [north, east, south, west] = [0, 1, 2, 3].map((side) => sum(facing(side)));
  const across = (north ?? 0) + (south ?? 0);
  const along = (east ?? 0) + (west ?? 0);
  const slender = across > 0 && along > 0 ? across / along : 1;
  const eastM = Math.sqrt(footprintM2 * Math.min(MOST_SLENDER, Math.max(1 / MOST_SLENDER, slender)));
  const northM = footprintM2 / eastM;
  const faces: Faces = {};
  const add = (id: string, corners: readonly Point[]): void => {
    const ring = corners.flatMap((corner) => corner.map((value) => Math.round(value / UNIT_M)));
    (faces[id] ??= []).push([ring]);
  };
  for (const [i, { at, widthM }] of sidesOf(eastM, northM).entries()) {
    const here = facing(i);
    const walls = here.filter((one) => one.kind === 'wall');
    let from = 0;
    for (const wall of walls) {
      const to = from + (widthM * wall.areaNetM2) / sum(walls);
      add(wall.globalId, [at(from, 0, 0), at(to, 0, 0), at(to, heightM, 0), at(from, heightM, 0)]);
      from = to;
    }
    const openings = here.filter((one) => one.kind !== 'wall');
    const bays = openings.length;
    for (const [k, opening] of openings.entries()) {
      const bayM = widthM / bays;
      const tall = opening.kind === 'door' ? 2.1 : heightM * WINDOW_SHARE;
      const wideM = Math.min(bayM * 0.9, opening.areaNetM2 / tall);
      const high = Math.min(heightM * 0.95, opening.areaNetM2 / wideM);
      const low = opening.kind === 'door' ? 0 : (heightM - high) / 2;
      const left = bayM * (k + 0.5) - wideM / 2;
      add(opening.globalId, [
        at(left, low, BEFORE_M),
        at(left + wideM, low, BEFORE_M),
        at(left + wideM, low + high, BEFORE_M),
        at(left, low + high, BEFORE_M),
      ]);
    }
  }
  const lay = (elements: readonly EnvelopeElement[], z: number): void => {
    let from = -eastM / 2;
    for (const one of elements) {
      const to = from + (eastM * one.areaNetM2) / sum(elements);
      const y = northM / 2;
      add(one.globalId, [
        [from, -y, z],
        [to, -y, z],
        [to, y, z],
        [from, y, z],
      ]);
      from = to;
    }
  };
  const flat = own.filter((one) => !upright.includes(one));
  lay(
    flat.filter((one) => one.kind === 'roof'),
    heightM,
  );
  lay(
    flat.filter((one) => one.kind === 'floor'),
    0,
  );
  // Roof lights lie on the roof, in its middle.
  for (const light of flat.filter((one) => one.kind !== 'roof' && one.kind !== 'floor')) {
    const half = Math.min(eastM, northM, Math.sqrt(light.areaNetM2)) / 2;
    add(light.globalId, [
      [-half, -half, heightM + BEFORE_M],
      [half, -half, heightM + BEFORE_M],
      [half, half, heightM + BEFORE_M],
      [-half, half, heightM + BEFORE_M],
    ]);
  }
  return { schema: 'stacoptim.outlines/1', unitM: UNIT_M, faces };
};
