import type { MapBox } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import type { StockMap } from './stock-figure-views.ts';

/** Cells each way: at most as many circles as an eye can tell apart, whatever the number of buildings. */
const USUAL_ACROSS = 18;
/** The least box shown, degrees: about a kilometre, so that one building is seen in its surroundings. */
const LEAST_DEG = 0.01;
/** Left free around the buildings, of the box's own size. */
const MARGIN = 0.05;

type Asked = { readonly [side in keyof MapBox]?: number | undefined } & {
  readonly across?: number | undefined;
};

const grown = (low: number, high: number): readonly [number, number] => {
  const half = Math.max(LEAST_DEG, (high - low) * (1 + 2 * MARGIN)) / 2;
  const middle = (low + high) / 2;
  return [middle - half, middle + half];
};

const around = ({ west, south, east, north }: MapBox): MapBox => {
  const [left, right] = grown(west, east);
  const [bottom, top] = grown(south, north);
  return { west: left, east: right, south: bottom, north: top };
};

/**
 * Where the buildings that filters leave stand, gathered in the cells of a box (by default one that holds them all), each with its labels and
 * urgencies: what is sent does not grow with the stock. A building without a place is counted, never put somewhere. Never fails.
 */
export const stockMap = async (
  { store }: AppContext,
  filters: Readonly<Record<string, unknown>>,
  { west, south, east, north, across = USUAL_ACROSS }: Asked,
): Promise<Result<StockMap>> => {
  const { stockFigures } = store;
  const { buildings, placed } = await stockFigures.placed(filters);
  const extent = await stockFigures.extent(filters);
  if (extent === undefined) return ok({ box: null, cells: [], placed, unplaced: buildings - placed });
  const whole = around(extent);
  const box: MapBox = {
    west: west ?? whole.west,
    south: south ?? whole.south,
    east: east ?? whole.east,
    north: north ?? whole.north,
  };
  const cells = await stockFigures.cells(filters, box, across);
  return ok({
    box,
    cells: cells.map(({ buildings: named, intensityKwhM2, labels, urgencies, ...cell }) => ({
      ...cell,
      labels: { ...labels },
      urgencies: { ...urgencies },
      buildings: [...named],
      intensityKwhM2: intensityKwhM2 ?? null,
    })),
    placed,
    unplaced: buildings - placed,
  });
};
