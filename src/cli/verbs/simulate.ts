import { compareForBuilding, measuresForBuilding } from '../../app/comparison.ts';
import { comparisonReport, measuresReport } from '../../app/comparison-report.ts';
import { comparisonRequestSchema } from '../../app/comparison-views.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withCatalogue } from '../with-catalogue.ts';

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** `last-5` is the last five years; any other word is a kind, checked with the request. */
const weatherOf = (text: string): object => {
  const years = /^last-(\d+)$/.exec(text)?.[1];
  return years === undefined ? { kind: text } : { kind: 'last-years', years: Number(years) };
};

export const simulate: Verb = {
  usage:
    'simulate BUILDING [--measures M1,M2] [--compare M3,M4[;M5,…]] [--department 33] [--zone H1|H2|H3] [--day DAY] [--weather typical|warmer-2050|last-N] [--catalogue FOLDER] [--data FOLDER] [--json]',
  summary: message(
    'essaie des gestes de rénovation sur le jumeau calé d’un bâtiment, et compare des options ; sans --measures, dit ceux qui s’y appliquent',
    'tries renovation measures on a building’s calibrated twin, and compares options; without --measures, says which ones apply',
  ),
  options: {
    measures: 'string',
    compare: 'string',
    department: 'string',
    zone: 'string',
    day: 'string',
    weather: 'string',
    catalogue: 'string',
    data: 'string',
  },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const first = listOf(args.text('measures') ?? '');
    if (first.length === 0)
      return withCatalogue(args, output, async (context) => {
        const known = await measuresForBuilding(context, args.positionals[0] ?? '');
        return output.answer(
          known.ok ? ok({ json: known.value, report: measuresReport(known.value, output.language) }) : known,
        );
      });
    const others = (args.text('compare') ?? '').split(';').map(listOf);
    const options = [first, ...others.filter((option) => option.length > 0)];
    const request = comparisonRequestSchema.safeParse({
      options: options.map((measures) => ({ measures })),
      ...(args.text('zone') === undefined ? {} : { ceeZone: args.text('zone') }),
      ...(args.text('department') === undefined ? {} : { department: args.text('department') }),
      ...(args.text('weather') === undefined ? {} : { weather: weatherOf(args.text('weather') ?? '') }),
      ...(args.text('day') === undefined ? {} : { day: args.text('day') }),
    });
    if (!request.success) {
      output.status(
        output.say(
          message(
            'Une option n’est pas lisible : --zone H1, H2 ou H3 ; --day AAAA-MM-JJ ; au plus 12 options de 16 gestes ; --weather typical, warmer-2050 ou last-N.',
            'An option cannot be read: --zone H1, H2 or H3; --day YYYY-MM-DD; at most 12 options of 16 measures; --weather typical, warmer-2050 or last-N.',
          ),
        ),
      );
      return EXIT.wrongUse;
    }
    return withCatalogue(args, output, async (context) => {
      const compared = await compareForBuilding(context, args.positionals[0] ?? '', request.data);
      return output.answer(
        compared.ok
          ? ok({ json: compared.value, report: comparisonReport(compared.value, output.language) })
          : compared,
      );
    });
  },
};
