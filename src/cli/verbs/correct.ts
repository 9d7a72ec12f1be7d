import { correctStock } from '../../app/correct-stock.ts';
import { correctionReport } from '../../app/loop-reports.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';

export const correct: Verb = {
  usage: 'correct [BUILDING] [--data FOLDER] [--json]',
  summary: message(
    'mesure les travaux finis, et apprend ce que chaque genre de travaux donne vraiment dans ce parc',
    'measures the finished works, and learns what each kind of works really delivers in this stock',
  ),
  options: { data: 'string' },
  positionals: { min: 0, max: 1 },
  run: (args, output) =>
    withContext(args.text('data'), output, async (context) => {
      const corrected = await correctStock(context, args.positionals[0]);
      return output.answer(
        corrected.ok
          ? ok({ json: corrected.value, report: correctionReport(corrected.value, output.language) })
          : corrected,
      );
    }),
};
