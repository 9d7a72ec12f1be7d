import { type ExportFormat, exportFormats, exportFromFile } from '../../app/create-described.ts';
import { writeFileBytes } from '../../app/files.ts';
import { message } from '../../core/message.ts';
import { parseDurationMs, type Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { wrongUse } from './meter-options.ts';

const formatOf = (text: string | undefined): ExportFormat | undefined =>
  exportFormats.find((format) => format === text);

export const exportVerb: Verb = {
  usage: 'export FILE --format json|gbxml|ifc --out PATH [--answers FILE] [--period 1976] [--deadline 60s]',
  summary: message(
    'écrit l’enveloppe en JSON, en gbXML, ou la maquette IFC enrichie de ses valeurs U',
    'writes the envelope as JSON, as gbXML, or the IFC model enriched with its U-values',
  ),
  options: { format: 'string', out: 'string', answers: 'string', period: 'string', deadline: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const format = formatOf(args.text('format'));
    const out = args.text('out');
    const deadline = parseDurationMs(args.text('deadline') ?? '60s');
    if (!deadline.ok) return wrongUse(deadline.error, output);
    if (format === undefined || out === undefined)
      return wrongUse(
        {
          code: 'wrong-use',
          message: message(
            'Il faut --format json|gbxml|ifc et --out CHEMIN.',
            '--format json|gbxml|ifc and --out PATH are needed.',
          ),
        },
        output,
      );
    const period = args.text('period');
    const answersPath = args.text('answers');
    const exported = await exportFromFile(args.positionals[0] ?? '', format, {
      deadlineMs: deadline.value,
      language: output.language,
      ...(period === undefined ? {} : { period }),
      ...(answersPath === undefined ? {} : { answersPath }),
    });
    if (!exported.ok) return output.refuse(exported.error);
    const kept = writeFileBytes(out, exported.value.bytes);
    if (!kept.ok) return output.refuse(kept.error);
    const { bytes, elements } = exported.value;
    if (output.json) output.data({ format, out, elements, bytes: bytes.length });
    else
      output.text(
        output.say(
          message(
            `${out} : ${elements} éléments, ${bytes.length} octets.`,
            `${out}: ${elements} elements, ${bytes.length} bytes.`,
          ),
        ),
      );
    return EXIT.answered;
  },
};
