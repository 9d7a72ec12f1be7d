import { importFuelPoverty } from '../../app/fuel-poverty.ts';
import { fuelPovertyLines } from '../../app/fuel-poverty-sheet.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';

export const poverty: Verb = {
  usage: 'poverty SHEET.csv|.xlsx [--data FOLDER] [--json]',
  summary: message(
    'garde la précarité énergétique que vous connaissez de chaque bâtiment (colonnes identifiant, part ou score, source ; bas et haut s’il y a lieu) : « rank --by fuel-poverty » la classe',
    'keeps what you know of fuel poverty in each building (columns id, share or score, source; low and high where they apply): “rank --by fuel-poverty” ranks by it',
  ),
  options: { data: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const lines = await fuelPovertyLines(args.positionals[0] ?? '');
    if (!lines.ok) return output.answer(lines);
    return withContext(args.text('data'), output, async (context) => {
      const done = await importFuelPoverty(context, lines.value);
      return output.answer(
        ok({
          json: done,
          report: [
            output.say(
              message(
                `  Bâtiments gardés : ${done.kept} ; lignes refusées : ${done.refused.length}.`,
                `  Buildings kept: ${done.kept}; lines refused: ${done.refused.length}.`,
              ),
            ),
            ...done.refused.map(
              ({ line, message: why }) =>
                `  ${output.say(message('ligne', 'line'))} ${line}  ✗ ${output.say(why)}`,
            ),
          ],
        }),
      );
    });
  },
};
