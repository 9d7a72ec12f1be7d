import type { Face } from '#core/building-model.ts';
import { type Extent, extentOf, faceNormal } from '#core/geometry/index.ts';
import { PointCache } from './point-cache.ts';

/** Where a vertical line is inside a solid, metres. */
export type Interval = { readonly owner: number; readonly z0: number; readonly z1: number };

type Slope = {
  readonly owner: number;
  /**
   * Edges in plan, x and y of one end and of the other in turn. A face of many edges has them by bands of y, an edge
   * in each band it reaches, so that a point meets only those that may lie beside it.
   */
  readonly bands: readonly Float64Array[];
  readonly extent: Extent;
  /** z = a + b·x + c·y over the plan. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
};

/** Faces go to the finest of these squares of the plan of which they fill few; a large building has many large slabs. */
const SQUARES_M = [1, 16];
const MOST_SQUARES = 400;
const STEEP = 1e-3;
/** Rounding of a level face, in metres and in metres a metre. */
const LEVEL = 1e-9;
/** Far more than the rounding of where a line crosses an edge. */
const ROUNDING_M = 1e-6;

const isNear = (extent: Extent, x: number, y: number): boolean =>
  x > extent[0] - ROUNDING_M &&
  x < extent[1] + ROUNDING_M &&
  y > extent[2] - ROUNDING_M &&
  y < extent[3] + ROUNDING_M;

/** Edges of a face up to which one band is quicker than several. */
const FEW_EDGES = 12;
/** Bands an edge may reach, on average. */
const MOST_PLACES = 8;

const bandOf = (extent: Extent, y: number, count: number): number =>
  count === 1
    ? 0
    : Math.max(0, Math.min(count - 1, Math.floor(((y - extent[2]) / (extent[3] - extent[2])) * count)));

const bandsOf = (rings: readonly Face['outer'][], extent: Extent): Float64Array[] => {
  const edges = rings.flatMap((ring) =>
    ring.map((to, i) => [...(ring[i === 0 ? ring.length - 1 : i - 1] ?? to).slice(0, 2), to[0], to[1]]),
  );
  const one = (): Float64Array[] => [Float64Array.from(edges.flat())];
  if (edges.length <= FEW_EDGES || !(extent[3] - extent[2] > 0)) return one();
  const count = Math.ceil(edges.length / 4);
  const bands = Array.from({ length: count }, (): number[] => []);
  let places = 0;
  for (const [ax, ay, bx, by] of edges) {
    const last = bandOf(extent, Math.max(ay, by), count);
    let band = bandOf(extent, Math.min(ay, by), count);
    places += last - band + 1;
    // Edges that reach across most bands would fill the memory and gain nothing.
    if (places > MOST_PLACES * edges.length) return one();
    for (; band <= last; band++) bands[band].push(ax, ay, bx, by);
  }
  return bands.map((band) => Float64Array.from(band));
};

/** Even-odd test of a point against the edges, those of holes among them. */
const holds = ({ bands, extent }: Slope, x: number, y: number): boolean => {
  const edges = bands.length === 1 ? bands[0] : bands[bandOf(extent, y, bands.length)];
  let within = false;
  for (let i = 0; i < edges.length; i += 4) {
    const ay = edges[i + 1];
    const by = edges[i + 3];
    if (ay > y !== by > y && x < ((edges[i + 2] - edges[i]) * (y - ay)) / (by - ay) + edges[i])
      within = !within;
  }
  return within;
};

/** Where a line crosses faces: owner and height of each crossing, ordered by owner, then by height. */
class Hits {
  count = 0;
  readonly #owners: number[] = [];
  #heights = new Float64Array(64);

  /** Puts a crossing where it belongs, after its equals; most come in order already. */
  add(owner: number, z: number): void {
    if (this.count === this.#heights.length) {
      const wider = new Float64Array(2 * this.count);
      wider.set(this.#heights);
      this.#heights = wider;
    }
    const owners = this.#owners;
    const heights = this.#heights;
    let at = this.count++;
    for (; at > 0; at--) {
      const before = owners[at - 1];
      if (before < owner || (before === owner && heights[at - 1] <= z)) break;
      owners[at] = before;
      heights[at] = heights[at - 1];
    }
    owners[at] = owner;
    heights[at] = z;
  }

  /** Pairs of crossings of one solid, the lowest first. */
  intervals(): readonly Interval[] {
    const intervals: Interval[] = [];
    for (let i = 0; i + 1 < this.count; i++) {
      const owner = this.#owners[i];
      if (this.#owners[i + 1] !== owner) continue;
      const z0 = this.#heights[i];
      const one = { owner, z0, z1: this.#heights[++i] };
      let at = intervals.length;
      for (; at > 0 && intervals[at - 1].z0 > z0; at--) intervals[at] = intervals[at - 1];
      intervals[at] = one;
    }
    return intervals;
  }
}

const NONE: readonly Interval[] = [];

/** Side of the squares of the plan for which it is known which faces lie wholly over or under them. */
const KNOWN_M = 1;

/** Squares kept before all are forgotten: a site of kilometres has millions, a building seldom so many. */
const MOST_KNOWN = 2 ** 14;

/** What a vertical line within a square may meet. */
type Square = {
  readonly column: number;
  readonly row: number;
  /** Faces that reach over the whole of it. */
  readonly whole: readonly Slope[];
  /** Faces with an edge in it: a point may lie beside them. */
  readonly cut: readonly Slope[];
  /** What every point of it meets, where no face is cut and all are level. */
  readonly same: readonly Interval[] | undefined;
};

/** Whether an edge of the face touches the square from (x0, y0) to (x1, y1). */
const isCut = ({ bands, extent }: Slope, x0: number, y0: number, x1: number, y1: number): boolean => {
  if (extent[0] > x1 || extent[1] < x0 || extent[2] > y1 || extent[3] < y0) return false;
  const last = bandOf(extent, y1, bands.length);
  for (let band = bandOf(extent, y0, bands.length); band <= last; band++) {
    const edges = bands[band];
    for (let i = 0; i < edges.length; i += 4) {
      const ax = edges[i];
      const ay = edges[i + 1];
      const bx = edges[i + 2];
      const by = edges[i + 3];
      if ((ax < x0 && bx < x0) || (ax > x1 && bx > x1) || (ay < y0 && by < y0) || (ay > y1 && by > y1))
        continue;
      // The line of the edge passes beside the square when all its corners lie on one side.
      const u = bx - ax;
      const v = by - ay;
      const low = u * ((u > 0 ? y0 : y1) - ay) - v * ((v > 0 ? x1 : x0) - ax);
      const high = u * ((u > 0 ? y1 : y0) - ay) - v * ((v > 0 ? x0 : x1) - ax);
      if (low <= 0 && high >= 0) return true;
    }
  }
  return false;
};

const isLevel = ({ b, c }: Slope): boolean => Math.abs(b) < LEVEL && Math.abs(c) < LEVEL;

/** Two squares a million apart may share a key: the extent of a face and the place of a square tell them apart. */
const squareKey = (x: number, y: number): number => x * 2 ** 20 + y;

/** Faces of solids by plan position, so that a vertical line meets only those near it. */
export class ColumnIndex {
  readonly #squares = SQUARES_M.map((sizeM) => ({ sizeM, slopes: new Map<number, Slope[]>() }));
  /** Faces too large even for the coarsest. */
  readonly #large: Slope[] = [];
  /** Heights of the level faces of each solid; none for a solid with another face. */
  readonly #heights = new Map<number, readonly number[] | undefined>();
  readonly #known = new Map<number, Square>();
  readonly #asked = new PointCache((x, y) => this.#find(x, y));
  /** Filled anew by each question. */
  readonly #hits = new Hits();

  add(owner: number, faces: readonly Face[]): void {
    for (const face of faces) {
      const normal = faceNormal(face);
      const corner = face.outer[0];
      if (normal === undefined || corner === undefined || Math.abs(normal[2]) < STEEP) continue;
      const b = -normal[0] / normal[2];
      const c = -normal[1] / normal[2];
      const rings = [face.outer, ...face.holes];
      const extent = extentOf(rings.map((ring) => ring.map((p) => [p[0], p[1]] as const)));
      const slope: Slope = {
        owner,
        bands: bandsOf(rings, extent),
        extent,
        a: corner[2] - b * corner[0] - c * corner[1],
        b,
        c,
      };
      this.#place(slope);
      this.#note(slope);
    }
  }

  #note(slope: Slope): void {
    const { owner, a } = slope;
    const known = this.#heights.has(owner) ? this.#heights.get(owner) : [];
    if (known === undefined || !isLevel(slope)) this.#heights.set(owner, undefined);
    else if (!known.some((z) => Math.abs(z - a) < LEVEL)) this.#heights.set(owner, [...known, a]);
  }

  /** Heights of the underside and the top of a solid that lies between two level faces, m; undefined for any other. */
  plateOf(owner: number): readonly [z0: number, z1: number] | undefined {
    const heights = this.#heights.get(owner);
    return heights?.length === 2 ? [Math.min(...heights), Math.max(...heights)] : undefined;
  }

  #place(slope: Slope): void {
    for (const { sizeM, slopes } of this.#squares) {
      const [x0, x1, y0, y1] = slope.extent.map((at) => Math.floor(at / sizeM));
      if ((x1 - x0 + 1) * (y1 - y0 + 1) > MOST_SQUARES) continue;
      for (let x = x0; x <= x1; x++)
        for (let y = y0; y <= y1; y++) {
          const key = squareKey(x, y);
          const list = slopes.get(key);
          if (list === undefined) slopes.set(key, [slope]);
          else list.push(slope);
        }
      return;
    }
    this.#large.push(slope);
  }

  /**
   * Intervals of every solid, or of one, over a point of the plan, from the lowest up. Asked again for the same point
   * soon after, it gives the same array.
   */
  at(x: number, y: number, only?: number): readonly Interval[] {
    if (only === undefined) return this.#squareAt(x, y).same ?? this.#asked.get(x, y);
    return this.#find(x, y, only);
  }

  #find(x: number, y: number, only?: number): readonly Interval[] {
    const { whole, cut } = this.#squareAt(x, y);
    this.#hits.count = 0;
    this.#cross(whole, x, y, only, false);
    this.#cross(cut, x, y, only, true);
    return this.#intervals();
  }

  #intervals(): readonly Interval[] {
    return this.#hits.count === 0 ? NONE : this.#hits.intervals();
  }

  #cross(slopes: readonly Slope[], x: number, y: number, only: number | undefined, asks: boolean): void {
    for (let i = 0; i < slopes.length; i++) {
      const slope = slopes[i];
      if (only !== undefined && slope.owner !== only) continue;
      if (asks && !(isNear(slope.extent, x, y) && holds(slope, x, y))) continue;
      this.#hits.add(slope.owner, slope.a + slope.b * x + slope.c * y);
    }
  }

  #squareAt(x: number, y: number): Square {
    const column = Math.floor(x / KNOWN_M);
    const row = Math.floor(y / KNOWN_M);
    const key = squareKey(column, row);
    let square = this.#known.get(key);
    if (square?.column !== column || square.row !== row) {
      if (this.#known.size >= MOST_KNOWN) this.#known.clear();
      this.#known.set(key, (square = this.#look(column, row)));
    }
    return square;
  }

  #look(column: number, row: number): Square {
    const [x0, y0] = [column * KNOWN_M, row * KNOWN_M];
    const whole: Slope[] = [];
    const cut: Slope[] = [];
    const [x, y] = [x0 + KNOWN_M / 2, y0 + KNOWN_M / 2];
    const sort = (slopes: readonly Slope[]): void => {
      for (const slope of slopes)
        if (
          isCut(slope, x0 - ROUNDING_M, y0 - ROUNDING_M, x0 + KNOWN_M + ROUNDING_M, y0 + KNOWN_M + ROUNDING_M)
        )
          cut.push(slope);
        else if (isNear(slope.extent, x, y) && holds(slope, x, y)) whole.push(slope);
    };
    for (const { sizeM, slopes } of this.#squares)
      sort(slopes.get(squareKey(Math.floor(x / sizeM), Math.floor(y / sizeM))) ?? []);
    sort(this.#large);
    if (cut.length > 0 || !whole.every(isLevel)) return { column, row, whole, cut, same: undefined };
    this.#hits.count = 0;
    this.#cross(whole, x, y, undefined, false);
    return { column, row, whole, cut, same: this.#intervals() };
  }
}
