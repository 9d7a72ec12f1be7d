import {
  difference,
  faceNormal,
  horizontalSection,
  type Operand,
  type Region,
  totalArea,
} from '#core/geometry/index.ts';
import type { Level } from './levels.ts';
import { type BuildingPlan, levelIndexAt } from './plan.ts';
import { cellLabel, type StoreyGrid } from './storey-grid.ts';

/**
 * Heated air of each level as rectangles: runs of raster points, grown by a step so that they meet the walls around
 * them.
 */
export const airOfLevels = (plan: BuildingPlan): readonly (readonly Region[])[] =>
  plan.grids.map((grid, level) => airRectangles(plan, grid, level));

const airRectangles = (plan: BuildingPlan, grid: StoreyGrid, level: number): readonly Region[] => {
  /** One for the labels of heated air. */
  const air = new Uint8Array(cellLabel(plan.cells.length));
  for (const [index, cell] of plan.cells.entries())
    if (cell.heated && cell.level === level) air[cellLabel(index)] = 1;
  if (!air.includes(1)) return [];
  const { labels, columns, rows } = grid;
  const rectangles: Region[] = [];
  let open = new Map<number, { from: number; to: number; first: number }>();
  const close = (run: { from: number; to: number; first: number }, last: number): void => {
    const [x0, y0] = grid.centre(run.first * grid.columns + run.from);
    const [x1, y1] = grid.centre(last * grid.columns + run.to);
    const grow = 1.5 * grid.step;
    rectangles.push([
      [
        [x0 - grow, y0 - grow],
        [x1 + grow, y0 - grow],
        [x1 + grow, y1 + grow],
        [x0 - grow, y1 + grow],
      ],
    ]);
  };
  for (let row = 0; row < rows; row++) {
    const next = new Map<number, { from: number; to: number; first: number }>();
    const end = (row + 1) * columns;
    for (let column = 0; column < columns; column++) {
      column = Math.min(end, grid.nextNearAir(row * columns + column)) - row * columns;
      if (column === columns || air[labels[row * columns + column]] !== 1) continue;
      const from = column;
      while (column + 1 < columns && air[labels[row * columns + column + 1]] === 1) column++;
      const key = from * columns + column;
      next.set(key, open.get(key) ?? { from, to: column, first: row });
    }
    for (const [key, run] of open) if (!next.has(key)) close(run, row - 1);
    open = next;
  }
  for (const run of open.values()) close(run, rows - 1);
  return rectangles;
};

const plateOf = (plan: BuildingPlan, level: number): Region[] =>
  plan.cells.flatMap((cell): Region[] => {
    if (!cell.heated || cell.room === undefined) return [];
    if (levelIndexAt(plan, cell.room.box.min[2] + 0.3) !== level) return [];
    return cell.room.faces.flatMap((face): Region[] => {
      const normal = faceNormal(face);
      return normal !== undefined && normal[2] < -0.1
        ? [[face.outer, ...face.holes].map((ring) => ring.map((p) => [p[0], p[1]] as const))]
        : [];
    });
  });

/**
 * The heated plan of each level out to the outer faces of its walls: the rooms' floors, heated air, and the
 * sections of the walls in `standing` (indices of bodies around or within the heated volume).
 */
export const heatedOutlines = (
  plan: BuildingPlan,
  air: readonly (readonly Region[])[],
  standing: ReadonlySet<number>,
): Operand[] =>
  plan.levels.map((level: Level, i) => {
    const plates = [...plateOf(plan, i), ...(air[i] ?? [])];
    if (plates.length === 0) return [];
    const walls = plan.bodies.flatMap((body, index): Region[] => {
      if (!standing.has(index) || body.box.min[2] >= level.slice || body.box.max[2] <= level.slice) return [];
      return [horizontalSection(body.faces, level.slice)];
    });
    return [...plates, ...walls];
  });

/** Plan area of the heated air of a level between the faces of what stands around it, m2. */
export const airPlanArea = (plan: BuildingPlan, air: readonly Region[], level: number): number => {
  const grid = plan.grids[level];
  if (grid === undefined || air.length === 0) return 0;
  const around = plan.bodies.flatMap((body): Region[] =>
    body.box.min[2] < grid.z && body.box.max[2] > grid.z ? [horizontalSection(body.faces, grid.z)] : [],
  );
  return totalArea(difference(air, around));
};
