import type { AppContext } from '../../app/context.ts';
import { declareTertiary } from '../../app/declare-tertiary.ts';
import { lawCalendar } from '../../app/law-calendar.ts';
import { tertiaryDeclarationSchema } from '../../app/law-facts.ts';
import { lawReport } from '../../app/law-report.ts';
import { lawCalendarQuerySchema } from '../../app/law-views.ts';
import { message } from '../../core/message.ts';
import { failure, ok } from '../../core/result.ts';
import type { Arguments, Verb } from '../arguments.ts';
import type { Output } from '../output.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const number = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

const declare = async (context: AppContext, id: string, args: Arguments, output: Output): Promise<number> => {
  const declared = tertiaryDeclarationSchema.safeParse({
    areaM2: number(args.text('area')),
    reference: { year: number(args.text('reference-year')), finalKwh: number(args.text('reference-kwh')) },
    otherUsesKwhYear: number(args.text('other-uses') ?? '0'),
    absoluteKwhM2: { 2030: number(args.text('absolute-2030')) },
  });
  if (!declared.success)
    return wrongUse(
      failure(
        'wrong-use',
        'Déclarer un bâtiment tertiaire demande --area M2 --reference-year ANNÉE --reference-kwh KWH, et s’il y a lieu --other-uses KWH et --absolute-2030 KWH/M2.',
        'Declaring a tertiary building needs --area M2 --reference-year YEAR --reference-kwh KWH, and where they apply --other-uses KWH and --absolute-2030 KWH/M2.',
      ).error,
      output,
    );
  const kept = await declareTertiary(context, id, declared.data);
  return output.answer(
    kept.ok
      ? ok({
          json: kept.value,
          report: [
            output.say(message(`  Déclaration gardée pour « ${id} ».`, `  Declaration kept for “${id}”.`)),
          ],
        })
      : kept,
  );
};

export const law: Verb = {
  usage:
    'law [--chance 0.5] [--data FOLDER] [--json] | law BUILDING --area M2 --reference-year YEAR --reference-kwh KWH [--other-uses KWH] [--absolute-2030 KWH_M2]',
  summary: message(
    'dit de chaque bâtiment son étiquette estimée et jusqu’à quand il est en règle ; ou garde la déclaration d’un bâtiment tertiaire',
    'tells of each building its estimated label and until when it keeps the law; or keeps the declaration of a tertiary building',
  ),
  options: {
    chance: 'string',
    area: 'string',
    'reference-year': 'string',
    'reference-kwh': 'string',
    'other-uses': 'string',
    'absolute-2030': 'string',
    data: 'string',
  },
  positionals: { min: 0, max: 1 },
  run: async (args, output) => {
    const [id] = args.positionals;
    const query = lawCalendarQuerySchema.safeParse({ chance: args.text('chance') });
    if (!query.success)
      return wrongUse(
        failure(
          'wrong-use',
          '--chance attend un nombre de 0 à 0,99, écrit 0.5.',
          '--chance takes a number from 0 to 0.99.',
        ).error,
        output,
      );
    return withContext(args.text('data'), output, async (context) => {
      if (id !== undefined) return declare(context, id, args, output);
      const calendar = await lawCalendar(context, query.data);
      return output.answer(
        calendar.ok
          ? ok({ json: calendar.value, report: lawReport(calendar.value, output.language) })
          : calendar,
      );
    });
  },
};
