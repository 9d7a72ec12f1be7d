import { savingsReportLines } from '../../app/savings-lines.ts';
import { stockSavings } from '../../app/stock-savings.ts';
import { message } from '../../core/message.ts';
import { failure, ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const numberText = /^[1-9]\d{0,8}$/;

export const savings: Verb = {
  usage: 'savings [BUILDING | --programme N] [--data FOLDER] [--json]',
  summary: message(
    'additionne les économies mesurées d’un bâtiment, d’un programme ou de tout le parc, avec leur intervalle',
    'sums the measured savings of a building, a programme or the whole stock, with their interval',
  ),
  options: { data: 'string', programme: 'string' },
  positionals: { min: 0, max: 1 },
  run: (args, output) => {
    const [building] = args.positionals;
    const programme = args.text('programme');
    if (programme !== undefined && !numberText.test(programme))
      return Promise.resolve(
        wrongUse(
          failure(
            'wrong-use',
            '--programme attend le numéro d’un programme.',
            '--programme takes the number of a programme.',
          ).error,
          output,
        ),
      );
    const scope = {
      ...(building === undefined ? {} : { building }),
      ...(programme === undefined ? {} : { programme: Number(programme) }),
    };
    return withContext(args.text('data'), output, async (context) => {
      const summed = await stockSavings(context, scope);
      return output.answer(
        summed.ok
          ? ok({ json: summed.value, report: savingsReportLines(summed.value, output.language) })
          : summed,
      );
    });
  },
};
