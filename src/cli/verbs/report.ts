import { auditDocument, stockAuditSheet } from '../../app/audit-documents.ts';
import { auditFormats } from '../../app/audit-views.ts';
import { writeFileBytes } from '../../app/files.ts';
import { plain } from '../../app/report.ts';
import { message } from '../../core/message.ts';
import { failure, ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withCatalogue } from '../with-catalogue.ts';
import { wrongUse } from './meter-options.ts';

export const report: Verb = {
  usage:
    'report BUILDING --out FILE.pdf|.html|.json | report --out FILE.xlsx [--catalogue FOLDER] [--data FOLDER] [--json]',
  summary: message(
    'écrit l’audit d’un bâtiment (PDF, HTML, JSON), ou le tableau de tout le parc (xlsx)',
    'writes the audit of a building (PDF, HTML, JSON), or the sheet of the whole stock (xlsx)',
  ),
  options: { out: 'string', catalogue: 'string', data: 'string' },
  positionals: { min: 0, max: 1 },
  run: (args, output) => {
    const [id] = args.positionals;
    const out = args.text('out') ?? '';
    const format = auditFormats.find((one) => out.endsWith(`.${one}`));
    if (id === undefined ? !out.endsWith('.xlsx') : format === undefined)
      return Promise.resolve(
        wrongUse(
          failure(
            'wrong-use',
            'Donnez un bâtiment et --out FICHIER.pdf, .html ou .json ; ou, pour tout le parc, --out FICHIER.xlsx seul.',
            'Give a building and --out FILE.pdf, .html or .json; or, for the whole stock, --out FILE.xlsx alone.',
          ).error,
          output,
        ),
      );
    return withCatalogue(args, output, async (context) => {
      const made =
        id === undefined || format === undefined
          ? await stockAuditSheet(context, output.language)
          : await auditDocument(context, id, format, output.language);
      if (!made.ok) return output.refuse(made.error);
      const { body } = made.value;
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const kept = writeFileBytes(out, bytes);
      if (!kept.ok) return output.refuse(kept.error);
      return output.answer(
        ok({
          json: { out, bytes: bytes.length },
          report: [`  ${out} : ${plain(bytes.length / 1024, output.language)} kB`],
        }),
      );
    });
  },
};
