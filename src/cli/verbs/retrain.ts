import { message } from '../../core/message.ts';
import { needsLook, nightLines, type NightSummary, summarise } from '../../jobs/night-summary.ts';
import { runNights } from '../../jobs/nightly.ts';
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
      const summaries: NightSummary[] = [];
      const report: string[] = [];
      for (const night of nights) {
        const summary = await summarise(context, night);
        summaries.push(summary);
        report.push(...nightLines(night, summary, output.language));
      }
      const told = {
        schema: 'stacoptim.night/1',
        at: new Date(context.nowMs()).toISOString(),
        organisations: summaries,
      };
      // One line a night, for a file that each night adds to.
      if (output.json) output.text(JSON.stringify(told));
      else report.forEach(output.text);
      return summaries.some(needsLook) ? EXIT.refused : EXIT.answered;
    }),
};
