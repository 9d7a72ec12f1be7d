import { z } from 'zod';
import { answersSchema } from '#create/index.ts';
import { closureListSchema } from '#formats/closures/index.ts';
import { lossGroups } from '../core/twin.ts';
import { messageSchema, quantitySchema, warningSchema } from './views.ts';

export { answersSchema };

const choiceSchema = z.object({ value: z.string(), label: messageSchema });

const questionSchema = z.object({
  code: z.string(),
  message: messageSchema,
  help: messageSchema,
  /** How the answer is given and where it goes in the answers. */
  field: z.union([
    z.object({
      kind: z.literal('number'),
      path: z.array(z.string()).readonly(),
      unit: z.string(),
      min: z.number(),
      max: z.number(),
    }),
    z.object({
      kind: z.literal('choice'),
      path: z.array(z.string()).readonly(),
      choices: z.array(choiceSchema).readonly(),
    }),
    z.object({ kind: z.literal('period'), path: z.array(z.string()).readonly() }),
  ]),
  current: quantitySchema.nullable(),
  /** Share of the heat-loss interval's width that an answer takes away. */
  narrowsShare: z.number().nullable(),
});

export const preflightSchema = z.object({
  heatLossWK: quantitySchema,
  floorAreaM2: quantitySchema,
  losses: z.array(z.object({ group: z.enum(lossGroups), h: quantitySchema })),
  closed: z.boolean(),
  name: z.string(),
  found: z.array(warningSchema),
  assumed: z.array(warningSchema),
  contradictory: z.array(warningSchema),
  missing: z.array(warningSchema),
  questions: z.array(questionSchema),
  answers: answersSchema,
  /** The rooms that an answer names by their id. */
  spaces: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type PreflightView = z.infer<typeof preflightSchema>;

/** What a certificate would answer of a building; nothing is kept. */
export const certificateAnswersSchema = z.object({
  number: z.string(),
  day: z.string().nullable(),
  said: z.array(messageSchema),
  warnings: z.array(warningSchema),
  /** The answers in force with those of the certificate where there are none: what to send for them to count. */
  answers: answersSchema,
});
export type CertificateAnswersView = z.infer<typeof certificateAnswersSchema>;

const sheetSchema = z.object({
  columns: z.array(z.object({ column: z.string(), field: z.string() })),
  ignored: z.array(z.string()),
  buildings: z.array(
    z.object({
      line: z.number(),
      id: z.string(),
      name: z.string(),
      floorAreaM2: quantitySchema,
      heatLossWK: quantitySchema,
      taken: z.boolean(),
    }),
  ),
  refused: z.array(z.object({ line: z.number(), code: z.string(), message: messageSchema })),
});
export type SheetView = z.infer<typeof sheetSchema>;

export const draftSchema = z.object({
  id: z.string(),
  fileName: z.string(),
  state: z.enum(['reading', 'ready', 'failed']),
  elapsedS: z.number(),
  deadlineS: z.number(),
  error: z.object({ code: z.string(), message: messageSchema }).nullable(),
  kind: z.enum(['ifc', 'form', 'dpe', 'sheet']).nullable(),
  suggestedId: z.string(),
  preflight: preflightSchema.nullable(),
  sheet: sheetSchema.nullable(),
});
export type DraftView = z.infer<typeof draftSchema>;

const decisionFields = {
  /** Who decides; kept in the audit log. */
  by: z.string().min(1).max(200),
  reason: z.string().max(2000).default(''),
};

export const confirmRequestSchema = z.object({
  id: z.string().max(200).optional(),
  name: z.string().min(1).max(400).optional(),
  ...decisionFields,
});

/** Days on which a building is closed, as they were given; each counts as a holiday in its models. */
export const closuresSchema = z.object({ closures: closureListSchema });
export type ClosuresView = z.infer<typeof closuresSchema>;

export const closuresRequestSchema = z.object({ closures: closureListSchema, ...decisionFields });

export const confirmedSchema = z.object({
  buildings: z.array(z.string()),
  /** Ids that were in the stock already. */
  skipped: z.array(z.string()),
});

export const answerRequestSchema = z.object({ answers: z.unknown(), ...decisionFields });
