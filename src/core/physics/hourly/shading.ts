/** A window in its wall and what juts out beside it, m. All devices stand square to the wall. */
export type Shading = {
  readonly widthM: number;
  readonly heightM: number;
  /** Slab above: depth, height of its underside over the window's head, reach beyond each jamb. */
  readonly overhang?: { readonly depthM: number; readonly aboveM: number; readonly beyondM: number };
  /** Fin on each side: depth, distance from the jamb, reach over the head and under the sill. */
  readonly fins?: {
    readonly depthM: number;
    readonly besideM: number;
    readonly aboveM: number;
    readonly belowM: number;
  };
};

/** A direction seen from the wall: to its right, upwards, outwards. */
export type Direction = { readonly right: number; readonly up: number; readonly out: number };

/** Points a side of the window at which rays start. */
const POINTS = 12;

const blocked = (shading: Shading, x: number, y: number, { right, up, out }: Direction): boolean => {
  const { widthM, heightM, overhang, fins } = shading;
  if (overhang !== undefined && up > 0) {
    const way = (heightM + overhang.aboveM - y) / up;
    const at = x + way * right;
    if (way * out <= overhang.depthM && at >= -overhang.beyondM && at <= widthM + overhang.beyondM)
      return true;
  }
  if (fins !== undefined && right !== 0) {
    const way = (right > 0 ? widthM + fins.besideM - x : x + fins.besideM) / Math.abs(right);
    const at = y + way * up;
    if (way * out <= fins.depthM && at >= -fins.belowM && at <= heightM + fins.aboveM) return true;
  }
  return false;
};

/** Share of the window that a direction in front of the wall reaches past its devices, 0 to 1. */
export const litShare = (shading: Shading, direction: Direction): number => {
  if (direction.out <= 0) return 0;
  let lit = 0;
  for (let column = 0; column < POINTS; column++)
    for (let row = 0; row < POINTS; row++) {
      const x = ((column + 0.5) / POINTS) * shading.widthM;
      const y = ((row + 0.5) / POINTS) * shading.heightM;
      if (!blocked(shading, x, y, direction)) lit++;
    }
  return lit / POINTS ** 2;
};

const RINGS = 16;

/** Share of isotropic light from the sky's half and from the ground's half that the devices let through. */
export const diffuseShares = (shading: Shading): { readonly sky: number; readonly ground: number } => {
  const seen = { sky: 0, ground: 0 };
  // Equal parts of the projected hemisphere: each direction counts the same.
  for (let ring = 0; ring < RINGS; ring++)
    for (let sector = 0; sector < 2 * RINGS; sector++) {
      const radius = Math.sqrt((ring + 0.5) / RINGS);
      const angle = ((sector + 0.5) / RINGS) * Math.PI;
      const direction = {
        right: radius * Math.cos(angle),
        up: radius * Math.sin(angle),
        out: Math.sqrt(1 - radius ** 2),
      };
      seen[direction.up > 0 ? 'sky' : 'ground'] += litShare(shading, direction) / RINGS ** 2;
    }
  return seen;
};
