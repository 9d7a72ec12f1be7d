import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  rectangularWindow,
  slabOnGround,
  type UValueLayer,
  uOfLayers,
  windowU,
} from '#core/physics/u-values/index.ts';
import type { Figure } from '../../figures/figure.ts';
import { ifcFigure } from './rows.ts';

const layerSchema = z.union([
  z.object({ d: z.number(), parts: z.array(z.tuple([z.number(), z.number()])) }),
  z.object({ d: z.number(), l: z.number() }),
  z.object({ R: z.number() }),
]);
const examplesSchema = z.object({
  iso6946: z.array(
    z.object({
      name: z.string(),
      Rse: z.number(),
      Rsi: z.number(),
      layers: z.array(layerSchema),
      U: z.number(),
    }),
  ),
  iso10077_1: z.array(z.object({ name: z.string(), Uw: z.number() })),
  iso13370: z.array(
    z.object({
      name: z.string(),
      A: z.number(),
      P: z.number(),
      w: z.number(),
      lambda: z.number(),
      Rf: z.number(),
      U: z.number(),
    }),
  ),
});

const layerOf = (layer: z.infer<typeof layerSchema>): UValueLayer => {
  if ('R' in layer) return { resistanceM2KW: layer.R };
  if ('l' in layer) return { thicknessM: layer.d, conductivityWmK: layer.l };
  return {
    thicknessM: layer.d,
    parts: layer.parts.map(([fraction, conductivityWmK]) => ({ fraction, conductivityWmK })),
  };
};

/** A window's parts as the example's name writes them: "1.23x1.48 frame 100 mm Uf 1.2 psi 0.04 Ug 0.7". */
const windowParts = (
  name: string,
):
  | {
      readonly size: readonly [number, number, number];
      readonly uf: number;
      readonly psi: number;
      readonly ug: number;
    }
  | undefined => {
  const found =
    /([\d.]+)\s*x\s*([\d.]+)\s+frame\s+([\d.]+)\s*mm\s+Uf\s+([\d.]+)\s+psi\s+([\d.]+)\s+Ug\s+([\d.]+)/.exec(
      name,
    );
  if (found === null) return undefined;
  const [width, height, frameMm, uf, psi, ug] = found.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { size: [width, height, frameMm / 1000], uf, psi, ug };
};

/** Half a unit of the last decimal the example prints, but never finer than a thousandth of the value. */
const printed = (value: number, decimals: number): number => Math.max(0.5 * 10 ** -decimals, 1e-3 * value);

const row = (
  standard: string,
  name: string,
  measured: number | undefined,
  expected: number,
  decimals: number,
): Figure =>
  ifcFigure({
    id: `u.${standard}.${name}`,
    metric: `U by ${standard}, ${name}: ${measured?.toFixed(4) ?? 'none'} against ${Number(expected.toPrecision(6))}`,
    value: measured ?? null,
    unit: 'W/(m2 K)',
    goal: `${Number(expected.toPrecision(6))} ± ${Number(printed(expected, decimals).toPrecision(2))}`,
    holds: measured !== undefined && Math.abs(measured - expected) <= printed(expected, decimals),
    n: 1,
  });

/** Every worked U-value of the reference folder, computed by the functions that `create` uses; empty without the file. */
export const workedUValues = (corpus: string): Figure[] => {
  const path = join(corpus, 'reference', 'u_value_worked_examples.json');
  if (!existsSync(path)) return [];
  const examples = examplesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return [
    ...examples.iso6946.map((example) => {
      const u = uOfLayers(example.layers.map(layerOf), { rsiM2KW: example.Rsi, rseM2KW: example.Rse });
      // The handbook prints two significant figures where it writes 0.3 (ISO 6946 section 5.2).
      const decimals = String(example.U).length > 5 ? 4 : 2;
      return row('ISO 6946', example.name, u.ok ? u.value.uWm2K : undefined, example.U, decimals);
    }),
    ...examples.iso10077_1.map((example) => {
      const parts = windowParts(example.name);
      const uw =
        parts === undefined
          ? undefined
          : windowU({
              ...rectangularWindow(...parts.size),
              glassUWm2K: parts.ug,
              frameUWm2K: parts.uf,
              edgePsiWmK: parts.psi,
            });
      return row('ISO 10077-1', example.name, uw, example.Uw, 3);
    }),
    ...examples.iso13370.map((example) => {
      const slab = slabOnGround({
        areaM2: example.A,
        exposedPerimeterM: example.P,
        wallThicknessM: example.w,
        floorResistanceM2KW: example.Rf,
        soilConductivityWmK: example.lambda,
      });
      return row('ISO 13370', example.name, slab.uWm2K, example.U, 6);
    }),
  ];
};
