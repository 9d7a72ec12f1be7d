import { frugalitySheet } from '../../app/frugality-sheet.ts';
import { ledgerReport } from '../../app/loop-reports.ts';
import { viewFrugality } from '../../app/view-ledger.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withContext } from '../with-context.ts';

export const ledger: Verb = {
  usage: 'ledger [--sheet] [--data FOLDER] [--json]',
  summary: message(
    'ce que l’outil a lui-même consommé, par genre de travail ; --sheet écrit la fiche de justification (Markdown)',
    'what the tool itself has used, by kind of work; --sheet writes the justification sheet (Markdown)',
  ),
  options: { sheet: 'boolean', data: 'string' },
  positionals: { min: 0, max: 0 },
  run: (args, output) =>
    withContext(args.text('data'), output, async (context) => {
      const view = await viewFrugality(context);
      if (!view.ok) return output.refuse(view.error);
      if (args.flag('sheet') && !output.json) {
        output.text(frugalitySheet(view.value, output.language));
        return EXIT.answered;
      }
      return output.answer(
        ok({ json: view.value, report: ledgerReport(view.value.ledger, output.language) }),
      );
    }),
};
