import { retrainReport } from '../../app/loop-reports.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import { runNightly } from '../../jobs/nightly.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withContext } from '../with-context.ts';

export const retrain: Verb = {
  usage: 'retrain [--data FOLDER] [--json]',
  summary: message(
    'réapprend le modèle vif de chaque compteur qui a de nouveaux relevés (pour une tâche planifiée la nuit)',
    'retrains the live model of each meter that has new readings (for a nightly job)',
  ),
  options: { data: 'string' },
  positionals: { min: 0, max: 0 },
  run: (args, output) =>
    withContext(args.text('data'), output, async (context) => {
      const run = await runNightly(context, (done, total, label) =>
        output.progress(done, total, output.say(label)),
      );
      if (!run.ok) return output.refuse(run.error);
      const code = output.answer(
        ok({ json: { meters: run.value }, report: retrainReport(run.value, output.language) }),
      );
      return run.value.some(({ outcome }) => outcome === 'failed') ? EXIT.refused : code;
    }),
};
