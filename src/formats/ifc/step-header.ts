import type { ByteSource } from '#core/byte-source.ts';
import { type Failure, failure, type Result } from '#core/result.ts';
import { parseArguments, recordHead } from './parse-record.ts';
import type { StepValue } from './step-file.ts';

/** What the header section says, and which of the file's marks were met. */
type StepHeader = {
  schema: string;
  originatingSystem: string;
  preprocessor: string;
  startMark: boolean;
  dataEnded: boolean;
  endMark: boolean;
};

/** A header of which nothing has been read; `noteStatement` fills it. */
export const emptyHeader = (): StepHeader => ({
  schema: '',
  originatingSystem: '',
  preprocessor: '',
  startMark: false,
  dataEnded: false,
  endMark: false,
});

const firstText = (value: StepValue | undefined): string => {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? firstText(value[0]) : '';
};

/** Takes in one statement that is no record: a section mark or an entity of the header. */
export const noteStatement = (header: StepHeader, bytes: Uint8Array, start: number, end: number): void => {
  const mark = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(end - start, 20))
    .toString('latin1')
    .toUpperCase();
  if (mark.startsWith('ISO-10303-21')) header.startMark = true;
  else if (mark.startsWith('END-ISO-10303-21')) header.endMark = true;
  else if (mark.startsWith('ENDSEC')) header.dataEnded = true;
  else if (mark.startsWith('DATA')) header.dataEnded = false;
  else if (mark.startsWith('FILE_')) {
    const { listStart } = recordHead(bytes, start);
    const args = parseArguments(bytes, listStart, end) ?? [];
    if (mark.startsWith('FILE_SCHEMA')) header.schema = firstText(args[0]).trim().toUpperCase();
    if (mark.startsWith('FILE_NAME')) {
      header.preprocessor = firstText(args[4]);
      header.originatingSystem = firstText(args[5]);
    }
  }
};

/** IFC2x to IFC4x3 in every spelling met (`IFC2X_FINAL`, `IFC2X3_TC1`, `IFC4X3_ADD2`). */
const SUPPORTED_SCHEMA = /^IFC(2X|4)/;

/** The refusal `unsupported-schema`; undefined for a schema that is read. */
export const schemaRefusal = (schema: string, file: string): Result<never> | undefined => {
  if (SUPPORTED_SCHEMA.test(schema)) return undefined;
  const said = schema === '' ? '' : ` « ${schema} »`;
  return failure(
    'unsupported-schema',
    `Le schéma${said} du fichier n’est pas géré. Exportez la maquette en IFC2x3, IFC4 ou IFC4x3.`,
    `The file's schema${schema === '' ? '' : ` "${schema}"`} is not supported. Export the model as IFC2x3, IFC4 or IFC4x3.`,
    { file },
  );
};

const notIfc = (
  file: string,
  whatFr: string,
  whatEn: string,
): { readonly ok: false; readonly error: Failure } =>
  failure(
    'not-an-ifc-file',
    `Ce n’est pas un fichier IFC : ${whatFr}. Choisissez un fichier .ifc, .ifczip ou .ifc.gz ; « create » et le dépôt lisent aussi un DPE (.xml), une fiche (.json), un tableau (.csv, .xlsx).`,
    `This is not an IFC file: ${whatEn}. Choose an .ifc, .ifczip or .ifc.gz file; “create” and the upload also read a certificate (.xml), a form (.json), a sheet (.csv, .xlsx).`,
    { file },
  );

/** Refuses what cannot be a STEP physical file from its first bytes, before anything is scanned. */
export const formatRefusal = (source: ByteSource): Result<never> | undefined => {
  if (source.size === 0) return notIfc(source.name, 'le fichier est vide', 'the file is empty');
  const bytes = source.read(0, 4096);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const start = text.replace(/^(ï»¿)?(\s|\/\*[\s\S]*?\*\/)*/, '');
  if (/^(ISO-10303-21|HEADER\s*;|#\s*\d)/i.test(start)) return undefined;
  if (/^<(\?xml|!doctype|ifc|\w+:?ifcXML)/i.test(start)) {
    return notIfc(
      source.name,
      'il est en XML (ifcXML) ; exportez la maquette en IFC « STEP » (.ifc)',
      'it is XML (ifcXML); export the model as IFC "STEP" (.ifc)',
    );
  }
  if (/^[{[]/.test(start)) {
    return notIfc(
      source.name,
      'il est en JSON ; exportez la maquette en IFC « STEP » (.ifc)',
      'it is JSON; export the model as IFC "STEP" (.ifc)',
    );
  }
  return notIfc(
    source.name,
    'il ne commence pas par « ISO-10303-21 »',
    'it does not begin with "ISO-10303-21"',
  );
};
