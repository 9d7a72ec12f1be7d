import { compareForBuilding } from '../../app/comparison.ts';
import { comparisonReport } from '../../app/loop-reports.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withContext } from '../with-context.ts';

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

export const simulate: Verb = {
  usage: 'simulate BUILDING --measures M1,M2 [--compare M3,M4[;M5,…]] [--data FOLDER] [--json]',
  summary: message(
    'essaie des gestes de rénovation sur le jumeau calé d’un bâtiment, et compare des options',
    'tries renovation measures on a building’s calibrated twin, and compares options',
  ),
  options: { measures: 'string', compare: 'string', data: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const first = listOf(args.text('measures') ?? '');
    if (first.length === 0) {
      output.status(output.say(message('Il manque --measures.', '--measures is missing.')));
      return EXIT.wrongUse;
    }
    const others = (args.text('compare') ?? '').split(';').map(listOf);
    const options = [first, ...others.filter((option) => option.length > 0)];
    return withContext(args.text('data'), output, async (context) => {
      const compared = await compareForBuilding(context, args.positionals[0] ?? '', options);
      return output.answer(
        compared.ok
          ? ok({ json: compared.value, report: comparisonReport(compared.value, output.language) })
          : compared,
      );
    });
  },
};
