import { z } from 'zod';

/** Enedis writes figures as strings in some flows and numbers in others. */
const figure = z.union([z.string(), z.number()]).nullish();
const text = z.string().nullish();

const point = z.object({ v: figure, d: z.string(), p: text, n: text });

const curve = z.object({ grandeurMetier: text, grandeurPhysique: text, unite: text, points: z.array(point) });

const indexValues = z.array(z.object({ d: z.string(), v: figure }));
const register = z.object({
  grandeurMetier: text,
  grandeurPhysique: text,
  unite: text,
  calendrier: z
    .array(
      z.object({
        libelleGrille: text,
        classeTemporelle: z.array(z.object({ codeCadran: text, valeur: indexValues })),
      }),
    )
    .nullish(),
  cadranTotalisateur: z.object({ valeur: indexValues }).nullish(),
});

const measure = z.object({
  idPrm: z.string(),
  grandeur: z.array(curve).nullish(),
  contexte: z.array(z.object({ typeReleve: text, grandeur: z.array(register) })).nullish(),
});

/** R63 (load curve), R64 (registers), R65 (daily energy): header and measures. */
export const flowSchema = z.object({
  header: z.object({ codeFlux: text }).nullish(),
  mesures: z.array(measure).min(1),
});
export type Flow = z.infer<typeof flowSchema>;

/** Data Connect, versions 4 and 5. */
export const dataConnectSchema = z.object({
  meter_reading: z.object({
    usage_point_id: z.string(),
    reading_type: z.object({ measurement_kind: text, unit: text, interval_length: text }).nullish(),
    interval_reading: z.array(
      z.object({ value: figure, date: z.string(), interval_length: text, measure_type: text }),
    ),
  }),
});
export type DataConnect = z.infer<typeof dataConnectSchema>;
