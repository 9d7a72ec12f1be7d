import { basename } from 'node:path';
import {
  type Answered,
  answered,
  type Answers,
  envelopeJson,
  parseAnswers,
  spacesSaid,
} from '#create/index.ts';
import { enrichIfc } from '#formats/ifc/enrich.ts';
import type { Language } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { envelopeGbxml, resolvedTransmittances } from './export-envelope.ts';
import { readFileBytes } from './files.ts';
import type { FileAnswer } from './meter-file.ts';
import { preflightJson, preflightLines } from './preflight-report.ts';
import { type ReadSource, readSource, type SourceLedger } from './read-source.ts';
import { envelopeReport, figure } from './report.ts';

type CreateRequest = {
  readonly answersPath?: string;
  readonly period?: string;
  readonly deadlineMs: number;
  readonly language: Language;
};

const readAnswers = (path: string | undefined): Result<Answers> => {
  if (path === undefined) return ok({});
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  try {
    return parseAnswers(JSON.parse(new TextDecoder().decode(bytes.value)));
  } catch {
    const name = basename(path);
    return failure(
      'answers-invalid',
      `« ${name} » n’est pas du JSON lisible.`,
      `“${name}” is not readable JSON.`,
      { file: path },
    );
  }
};

type Sheet = Extract<ReadSource, { readonly kind: 'sheet' }>;
type Made = { readonly kind: 'building'; readonly answered: Answered; readonly ledger: SourceLedger } | Sheet;

const make = async (path: string, request: CreateRequest): Promise<Result<Made>> => {
  const answers = readAnswers(request.answersPath);
  if (!answers.ok) return answers;
  const { spaces } = answers.value;
  const said = answers.value.period ?? request.period;
  const read = await readSource(path, {
    deadlineMs: request.deadlineMs,
    ...(spaces === undefined ? {} : { spaces: spacesSaid(spaces) }),
  });
  if (!read.ok) return read;
  if (read.value.kind === 'sheet') return ok(read.value);
  const result = answered(
    read.value.described,
    said === undefined ? answers.value : { ...answers.value, period: said },
    read.value.described.form?.id ?? basename(path).replace(/\.\w+$/, ''),
  );
  return result.ok ? ok({ kind: 'building', answered: result.value, ledger: read.value.ledger }) : result;
};

const sheetAnswer = ({ rows }: Sheet, language: Language): FileAnswer<unknown> => ({
  json: {
    schema: 'stacoptim.stock-sheet/1',
    columns: rows.columns,
    ignored: rows.ignored,
    twins: rows.twins.map(({ line, twin, warnings }) => ({
      line,
      id: twin.buildingId,
      name: twin.name,
      floorAreaM2: twin.floorAreaM2,
      heatLossCoefficient: twin.heatLoss,
      warnings: warnings.map((one) => ({ code: one.code, message: one.message[language] })),
    })),
    refused: rows.refused.map(({ line, code, message, where }) => ({
      line,
      code,
      message: message[language],
      ...(where?.field === undefined ? {} : { field: where.field }),
    })),
  },
  get report() {
    const [fr, en] = [rows.twins.length, rows.refused.length];
    return [
      language === 'fr' ? `${fr} jumeaux, ${en} lignes refusées.` : `${fr} twins, ${en} lines refused.`,
      ...(rows.ignored.length === 0
        ? []
        : [
            language === 'fr'
              ? `Colonnes ignorées : ${rows.ignored.join(', ')}.`
              : `Columns ignored: ${rows.ignored.join(', ')}.`,
          ]),
      ...rows.twins.map(
        ({ line, twin }) => `${line}  ${twin.buildingId}  ${figure(twin.heatLoss, language)}`,
      ),
      ...rows.refused.map(({ line, message }) => `${line}  ✗ ${message[language]}`),
    ];
  },
});

/**
 * The verb `create` on anything but a plain model: certificates, forms, sheets, and a person's answers. Fails as
 * `readSource`, and as the answers do.
 */
export const createDescribed = async (
  path: string,
  request: CreateRequest,
): Promise<Result<FileAnswer<unknown>>> => {
  const made = await make(path, request);
  if (!made.ok) return made;
  if (made.value.kind === 'sheet') return ok(sheetAnswer(made.value, request.language));
  const json = envelopeJson(made.value.answered.envelope, made.value.ledger, request.language);
  return ok({
    json,
    get report() {
      return envelopeReport(json, request.language);
    },
  });
};

/**
 * The verb `create --preflight`: what a person reads, and may answer, before anything is computed. Fails as
 * `readSource`, and as the answers do.
 */
export const preflightFromFile = async (
  path: string,
  request: CreateRequest,
): Promise<Result<FileAnswer<unknown>>> => {
  const made = await make(path, request);
  if (!made.ok) return made;
  if (made.value.kind === 'sheet') return ok(sheetAnswer(made.value, request.language));
  const { report, envelope } = made.value.answered;
  return ok({
    json: preflightJson(report, envelope.heatLossCoefficient, request.language),
    get report() {
      return preflightLines(report, envelope.heatLossCoefficient, request.language);
    },
  });
};

export const exportFormats = ['json', 'gbxml', 'ifc'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The bytes of an export, and how many elements they carry. */
export type Exported = { readonly bytes: Uint8Array; readonly elements: number };

/**
 * The verb `export`: the envelope with a person's answers as JSON, gbXML, or the model itself with its U-values.
 * @returns `export-needs-building` for a sheet, `export-needs-ifc` for a model asked of something else, and the errors of reading.
 */
export const exportFromFile = async (
  path: string,
  format: ExportFormat,
  request: CreateRequest,
): Promise<Result<Exported>> => {
  const made = await make(path, request);
  if (!made.ok) return made;
  if (made.value.kind === 'sheet')
    return failure(
      'export-needs-building',
      'Un tableau décrit un parc : exportez ses bâtiments un par un.',
      'A sheet describes a stock: export its buildings one by one.',
      { file: path },
    );
  const { envelope, twin } = made.value.answered;
  const elements = envelope.elements.length;
  if (format === 'gbxml') return ok({ bytes: Buffer.from(envelopeGbxml(envelope, twin)), elements });
  if (format === 'json') {
    const json = envelopeJson(envelope, made.value.ledger, request.language);
    return ok({ bytes: Buffer.from(`${JSON.stringify(json, null, 2)}\n`), elements });
  }
  const values = resolvedTransmittances(envelope);
  if (values.length === 0)
    return failure(
      'export-needs-ifc',
      'Seule une maquette IFC peut être enrichie ; exportez en gbXML ou en JSON.',
      'Only an IFC model can be enriched; export as gbXML or JSON.',
      { file: path },
    );
  const original = readFileBytes(path);
  if (!original.ok) return original;
  const enriched = await enrichIfc(basename(path), original.value, values);
  return enriched.ok ? ok({ bytes: enriched.value.bytes, elements: enriched.value.written }) : enriched;
};
