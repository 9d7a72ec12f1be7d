import { benchmarkReport, stockBenchmarks } from '../../app/benchmarks.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';

export const benchmark: Verb = {
  usage: 'benchmark [--data FOLDER] [--json]',
  summary: message(
    'compare chaque bâtiment à ceux de sa famille et dit ce qui se voit au compteur : chauffage la nuit ou le week-end, talon élevé',
    'compares each building with its family and tells what the meter shows: heating at night or weekends, a high base load',
  ),
  options: { data: 'string' },
  positionals: { min: 0, max: 0 },
  run: (args, output) =>
    withContext(args.text('data'), output, async (context) => {
      const found = await stockBenchmarks(context);
      return output.answer(
        found.ok ? ok({ json: found.value, report: benchmarkReport(found.value, output.language) }) : found,
      );
    }),
};
