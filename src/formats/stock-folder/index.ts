import { z } from 'zod';
import { failure, ok, type Result } from '#core/result.ts';
import { buildingUses, energyCarriers, heatingKinds, meterCarriers } from '#core/twin.ts';
import { closureListSchema, closureRanges } from '../closures/index.ts';
import { mappingSchema } from '../readings/index.ts';

/**
 * A stock of buildings as a folder: `stock.json`, a weather file, and a folder a building with `building.json`, its
 * model, its meters and `works.json`. buildings/README.md says it for people.
 */
const message = z.object({ fr: z.string().min(1), en: z.string().min(1) });
const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A file inside the folder: no way out of it. */
const fileName = z
  .string()
  .min(1)
  .refine(
    (path) => !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..'),
    'inside the folder',
  );
const data = z.enum(['simulated', 'metered']);

const stockFileSchema = z.object({
  schema: z.literal('stacoptim.stock/1'),
  data,
  name: message,
  note: z.string().optional(),
  weather: z.object({
    id: slug,
    name: z.string(),
    file: fileName,
    timezone: z.string(),
    latitudeDeg: z.number().min(-90).max(90),
    longitudeDeg: z.number().min(-180).max(180),
    altitudeM: z.number(),
  }),
  buildings: z.array(slug).min(1),
});

const buildingFileSchema = z.object({
  schema: z.literal('stacoptim.building/1'),
  data,
  id: slug,
  name: message,
  use: z.enum(buildingUses),
  commune: z.string().optional(),
  /** Number of the department, `33` or `2A`: the climate zone of its label and its certificates. */
  department: z
    .string()
    .regex(/^(\d{1,3}|2[ABab])$/)
    .optional(),
  /** Where it stands: the weather station is chosen by it. */
  site: z
    .object({
      latitudeDeg: z.number().min(-90).max(90),
      longitudeDeg: z.number().min(-180).max(180),
      altitudeM: z.number().optional(),
    })
    .optional(),
  /** Days on which it is closed, as in a closures file. */
  closures: closureListSchema.optional(),
  constructionYear: z.number().int().min(1000).max(2100).optional(),
  dwellings: z.number().int().min(1).max(5000).optional(),
  /** What the owner declares under the tertiary decree; docs/programmes.md says it for people. */
  tertiary: z
    .object({
      areaM2: z.number().positive(),
      reference: z.object({ year: z.number().int(), finalKwh: z.number().positive() }),
      absoluteKwhM2: z.partialRecord(z.enum(['2030', '2040', '2050']), z.number().positive()).optional(),
      otherUsesKwhYear: z.number().nonnegative(),
    })
    .optional(),
  heating: z.object({
    kind: z.enum(heatingKinds),
    carrier: z.enum(energyCarriers),
  }),
  setPointC: z.number().min(5).max(35).optional(),
  model: fileName,
  meters: z
    .array(
      z.object({
        id: slug,
        file: fileName,
        carrier: z.enum(meterCarriers),
        use: z.string(),
        unit: z.enum(['kWh', 'MWh', 'Wh', 'm3', 'kW']),
        kwhPerM3: z.number().positive().optional(),
        timezone: z.string(),
        /** The meter of one dwelling: its readings are personal data. */
        personal: z.boolean().default(false),
        /** How its file is to be understood, as in a mapping file. */
        mapping: mappingSchema.optional(),
      }),
    )
    .min(1),
  /** Meters computed from others, of this building or another; `rule` as docs/meters.md says. */
  computedMeters: z
    .array(
      z.object({
        id: slug,
        carrier: z.enum(meterCarriers),
        use: z.string(),
        timezone: z.string(),
        personal: z.boolean().default(false),
        rule: z.record(z.string(), z.json()),
        by: z.string().min(1),
        reason: z.string().min(1),
      }),
    )
    .default([]),
});

const worksFileSchema = z.object({
  schema: z.literal('stacoptim.works/1'),
  works: z.array(
    z
      .object({
        id: slug,
        measures: z.array(z.string()).min(1),
        start: day,
        end: day,
        costEur: z.number().nonnegative().optional(),
      })
      .refine(({ start, end }) => start <= end, 'start ≤ end'),
  ),
});

export type StockFile = z.infer<typeof stockFileSchema>;
export type BuildingFile = z.infer<typeof buildingFileSchema>;
type WorksFile = z.infer<typeof worksFileSchema>;

const parse = <T>(schema: z.ZodType<T>, name: string, text: string): Result<T> => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return failure(
      'stock-json',
      `« ${name} » n’est pas du JSON. Corrigez sa syntaxe.`,
      `“${name}” is not JSON. Correct its syntax.`,
      { file: name },
    );
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return failure(
    'stock-field',
    `« ${name} », champ « ${field} » : ${issue?.message ?? ''}. Voyez buildings/README.md.`,
    `“${name}”, field “${field}”: ${issue?.message ?? ''}. See buildings/README.md.`,
    { file: name, field },
  );
};

/** Reads the text that describes a stock folder. Fails with `stock-json` or `stock-field`, naming file and field. */
export const parseStockFile = (name: string, text: string): Result<StockFile> =>
  parse(stockFileSchema, name, text);

/** Reads the text of a building's file. Fails with `stock-json`, `stock-field`, and as `closureRanges`. */
export const parseBuildingFile = (name: string, text: string): Result<BuildingFile> => {
  const file = parse(buildingFileSchema, name, text);
  if (!file.ok) return file;
  const closures = closureRanges(file.value.closures ?? [], name);
  return closures.ok ? file : closures;
};

/** Reads the text of a file of works. Fails with `stock-json` or `stock-field`, naming file and field. */
export const parseWorksFile = (name: string, text: string): Result<WorksFile> =>
  parse(worksFileSchema, name, text);
