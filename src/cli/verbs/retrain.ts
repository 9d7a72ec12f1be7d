import { outcomeCounts, retrainReport } from '../../app/loop-reports.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import { needsLook, runNights } from '../../jobs/nightly.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withContext } from '../with-context.ts';

export const retrain: Verb = {
  usage: 'retrain [--data FOLDER] [--json]',
  summary: message(
    'réapprend le modèle vif de chaque compteur qui a de nouveaux relevés, mesure les travaux et en apprend, pour toutes les organisations (tâche planifiée la nuit)',
    'retrains the live model of each meter that has new readings, measures the works and learns from them, for all organisations (a nightly job)',
  ),
  options: { data: 'string' },
  positionals: { min: 0, max: 0 },
  run: (args, output) =>
    withContext(args.text('data'), output, async (context) => {
      const nights = await runNights(context, (done, total, label) =>
        output.progress(done, total, output.say(label)),
      );
      const report = nights.flatMap(({ organisation, meters, refused }) => [
        organisation,
        ...(refused === undefined
          ? retrainReport(meters, output.language)
          : [`  ${output.say(refused.message)}`]),
      ]);
      const organisations = nights.map((night) => ({ ...night, counts: outcomeCounts(night.meters) }));
      const code = output.answer(ok({ json: { organisations }, report }));
      return nights.some(needsLook) ? EXIT.refused : code;
    }),
};
