import { measurementsReport } from '../../app/loop-reports.ts';
import { viewBuilding } from '../../app/view-building.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';

export const measurements: Verb = {
  usage: 'measurements BUILDING [--data FOLDER] [--json]',
  summary: message(
    'dit ce qu’il vaut la peine de mesurer encore dans un bâtiment, le plus utile d’abord',
    'tells what is still worth measuring in a building, the most useful first',
  ),
  options: { data: 'string' },
  positionals: { min: 1, max: 1 },
  run: (args, output) =>
    withContext(args.text('data'), output, async (context) => {
      const view = await viewBuilding(context, args.positionals[0] ?? '');
      if (!view.ok) return output.answer(view);
      const { id, calibration, drift, measurements: worth } = view.value;
      const told = {
        buildingId: id,
        measurements: worth,
        identifiability: calibration?.identifiability ?? [],
        drift,
      };
      return output.answer(ok({ json: told, report: measurementsReport(told, output.language) }));
    }),
};
