import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Figure } from '../../figures/figure.ts';
import { digitise } from './corpus.ts';
import { ifcFigure } from './rows.ts';

const truthSchema = z.object({
  geometry: z.object({
    exterior: z.object({ wallGrossM2: z.number(), wallNetM2: z.number() }),
    windowM2: z.number(),
    doorM2: z.number(),
    floorAreaM2: z.number(),
    volumeM3: z.number(),
    externalWalls: z.number(),
    heatLossWK: z.number(),
  }),
});

const WITHIN_PERCENT = 1;

/** The sample stock's models against what their generator knows of them (simulated buildings, not measured ones). */
export const stockAgainstTruth = async (stock: string): Promise<Figure[]> => {
  const rows: Figure[] = [];
  for (const name of existsSync(stock) ? readdirSync(stock).toSorted() : []) {
    const path = join(stock, name, 'truth.json');
    if (!existsSync(path)) continue;
    const { geometry: truth } = truthSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    const got = await digitise(join(stock, name, 'model.ifc'));
    if ('refused' in got) continue;
    const { totals, heatLossCoefficient } = got.json;
    const off = [
      [totals.exterior.wallGrossM2, truth.exterior.wallGrossM2],
      [totals.exterior.wallNetM2, truth.exterior.wallNetM2],
      [totals.windowM2, truth.windowM2],
      [totals.doorM2, truth.doorM2],
      [totals.floorAreaM2, truth.floorAreaM2],
      [totals.volumeM3, truth.volumeM3],
      [totals.externalWalls, truth.externalWalls],
    ].map(([measured = 0, known = 1]) => 100 * Math.abs(measured / known - 1));
    const worst = Math.max(...off);
    rows.push(
      ifcFigure({
        id: `stock.${name}.areas`,
        metric: `${name} (sample data): worst of walls gross and net, windows, doors, floor area, volume, wall count`,
        value: worst,
        unit: '%',
        goal: `within ${WITHIN_PERCENT} %`,
        holds: worst <= WITHIN_PERCENT,
        n: off.length,
      }),
      ifcFigure({
        id: `stock.${name}.heat-loss`,
        metric: `${name} (sample data): heat loss ${heatLossCoefficient.value.toFixed(0)} W/K (${heatLossCoefficient.low.toFixed(0)}–${heatLossCoefficient.high.toFixed(0)}) without the construction period, true ${truth.heatLossWK.toFixed(0)}`,
        value: 100 * (heatLossCoefficient.value / truth.heatLossWK - 1),
        unit: '%',
        goal: 'the truth within the 90 % interval',
        holds: truth.heatLossWK >= heatLossCoefficient.low && truth.heatLossWK <= heatLossCoefficient.high,
        n: 1,
      }),
    );
  }
  return rows;
};
