import { rankingReport } from '../../app/loop-reports.ts';
import { rankStock } from '../../app/ranking.ts';
import { rankingCriteria, rankingRequestSchema } from '../../app/ranking-views.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withCatalogue } from '../with-catalogue.ts';

export const rank: Verb = {
  usage: `rank [--by ${rankingCriteria.join('|')}] [--top 10] [--catalogue FOLDER] [--data FOLDER] [--json]`,
  summary: message(
    'classe les bâtiments du parc par ce que leurs travaux apporteraient, par urgence légale ou par précarité énergétique donnée, avec la chance de chacun d’être parmi les premiers',
    'ranks the buildings of the stock by what their works would bring, by legal urgency or by fuel poverty as given, with the chance of each to be among the first',
  ),
  options: { by: 'string', top: 'string', catalogue: 'string', data: 'string' },
  positionals: { min: 0, max: 0 },
  run: async (args, output) => {
    const top = args.text('top');
    const request = rankingRequestSchema.safeParse({
      by: args.text('by'),
      top: top === undefined ? undefined : Number(top),
    });
    if (!request.success) {
      output.status(
        output.say(
          message(
            `--by attend ${rankingCriteria.join(', ')} ; --top un nombre entier de bâtiments.`,
            `--by takes ${rankingCriteria.join(', ')}; --top a whole number of buildings.`,
          ),
        ),
      );
      return EXIT.wrongUse;
    }
    return withCatalogue(args, output, async (context) => {
      const ranking = await rankStock(context, request.data);
      return output.answer(
        ranking.ok
          ? ok({ json: ranking.value, report: rankingReport(ranking.value, output.language) })
          : ranking,
      );
    });
  },
};
