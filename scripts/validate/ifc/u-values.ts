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
      R_upper: z.number().optional(),
      R_lower: z.number().optional(),
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
      Bprime: z.number(),
      dt: z.number(),
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

type Worked = {
  readonly standard: string;
  readonly name: string;
  readonly what?: string;
  readonly unit?: string;
  readonly measured: number | undefined;
  readonly expected: number;
  /** How far the printed figure may be from the exact one. */
  readonly printed: number;
};

const row = ({
  standard,
  name,
  what = 'U',
  unit = 'W/(m2 K)',
  measured,
  expected,
  printed,
}: Worked): Figure =>
  ifcFigure({
    id: `u.${standard}.${name}.${what}`,
    metric: `${what} by ${standard}, ${name}: ${measured?.toFixed(4) ?? 'none'} against ${Number(expected.toPrecision(6))}`,
    value: measured ?? null,
    unit,
    goal: `${Number(expected.toPrecision(6))} ± ${printed}`,
    holds: measured !== undefined && Math.abs(measured - expected) <= printed,
    n: 1,
  });

/** ISO 6946 section 5.2 has U with two significant figures; the handbook prints its resistances with three decimals, from rounded parts. */
const PRINTED_U = 0.005;
const PRINTED_RESISTANCE = 0.003;
const PRINTED_WINDOW_U = 0.0006;
const EXACT = 1e-6;

/** Every worked U-value of the reference folder, computed by the functions that `create` uses; empty without the file. */
export const workedUValues = (corpus: string): Figure[] => {
  const path = join(corpus, 'reference', 'u_value_worked_examples.json');
  if (!existsSync(path)) return [];
  const examples = examplesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return [
    ...examples.iso6946.flatMap((example): Figure[] => {
      const found = uOfLayers(example.layers.map(layerOf), { rsiM2KW: example.Rsi, rseM2KW: example.Rse });
      const u = found.ok ? found.value : undefined;
      const limits = [
        ['upper limit of R', u?.upperLimitM2KW, example.R_upper],
        ['lower limit of R', u?.lowerLimitM2KW, example.R_lower],
      ] as const;
      const of = { standard: 'ISO 6946', name: example.name };
      return [
        row({ ...of, measured: u?.uWm2K, expected: example.U, printed: PRINTED_U }),
        ...limits.flatMap(([what, measured, expected]) =>
          expected === undefined
            ? []
            : [row({ ...of, what, unit: 'm2 K/W', measured, expected, printed: PRINTED_RESISTANCE })],
        ),
      ];
    }),
    ...examples.iso10077_1.map((example) => {
      const parts = windowParts(example.name);
      const measured =
        parts === undefined
          ? undefined
          : windowU({
              ...rectangularWindow(...parts.size),
              glassUWm2K: parts.ug,
              frameUWm2K: parts.uf,
              edgePsiWmK: parts.psi,
            });
      return row({
        standard: 'ISO 10077-1',
        name: example.name,
        measured,
        expected: example.Uw,
        printed: PRINTED_WINDOW_U,
      });
    }),
    ...examples.iso13370.flatMap((example): Figure[] => {
      const slab = slabOnGround({
        areaM2: example.A,
        exposedPerimeterM: example.P,
        wallThicknessM: example.w,
        floorResistanceM2KW: example.Rf,
        soilConductivityWmK: example.lambda,
      });
      const of = { standard: 'ISO 13370', name: example.name, printed: EXACT };
      return [
        row({ ...of, measured: slab.uWm2K, expected: example.U }),
        row({
          ...of,
          what: "B'",
          unit: 'm',
          measured: slab.characteristicDimensionM,
          expected: example.Bprime,
        }),
        row({ ...of, what: 'd_t', unit: 'm', measured: slab.equivalentThicknessM, expected: example.dt }),
      ];
    }),
  ];
};
