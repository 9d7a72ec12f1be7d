import { addWorks, correctWorks, listWorks } from '../../app/works.ts';
import { worksPatchSchema, type WorksRecord, worksRequestSchema } from '../../app/works-views.ts';
import { message } from '../../core/message.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import type { Arguments, Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const refusal = failure(
  'wrong-use',
  'Il faut --id (ou --correct), --measures A,B, --start, --end, --by et --reason ; ou rien, pour la liste.',
  'Needed: --id (or --correct), --measures A,B, --start, --end, --by and --reason; or nothing, for the list.',
);

const line = (one: WorksRecord): string =>
  `${one.id} ${one.start}/${one.end} ${one.measures.join(' + ')}${one.costEur === undefined ? '' : ` ${one.costEur} €`}${one.contractor === undefined ? '' : ` ${one.contractor}`}${one.baselines.map(({ model, to }) => ` [#${model} ≤ ${to}]`).join('')}`;

const listOf = (text: string | undefined): string[] | undefined =>
  text?.split(',').map((part) => part.trim());

const fieldsOf = (args: Arguments): Record<string, unknown> => {
  const cost = args.text('cost');
  const acceptedDay = args.text('accepted');
  const all = {
    measures: listOf(args.text('measures')),
    planned: listOf(args.text('planned')),
    start: args.text('start'),
    end: args.text('end'),
    contractor: args.text('contractor'),
    carrierAfter: args.text('carrier-after'),
    scope: args.text('scope'),
    endedBy: args.flag('demolition') ? 'demolition' : undefined,
    note: args.text('note'),
    costEur: cost === undefined ? undefined : Number(cost),
    accepted: acceptedDay === undefined ? undefined : { day: acceptedDay, by: args.text('accepted-by') },
    by: args.text('by'),
    reason: args.text('reason'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

export const works: Verb = {
  usage:
    'works BUILDING [--id ID | --correct ID] [--measures A,B] [--planned A,B] [--start DAY] [--end DAY] [--cost EUR] [--contractor NAME] [--accepted DAY --accepted-by NAME] [--carrier-after CARRIER] [--scope auto|heating|whole] [--demolition] [--note TEXT] [--by NAME --reason TEXT] [--data FOLDER] [--json]',
  summary: message(
    'montre les travaux d’un bâtiment, en déclare (la référence est alors gelée), ou les corrige',
    'shows the works of a building, declares some (the baseline is then frozen), or corrects them',
  ),
  options: {
    data: 'string',
    id: 'string',
    correct: 'string',
    measures: 'string',
    planned: 'string',
    start: 'string',
    end: 'string',
    cost: 'string',
    contractor: 'string',
    accepted: 'string',
    'accepted-by': 'string',
    'carrier-after': 'string',
    scope: 'string',
    demolition: 'boolean',
    note: 'string',
    by: 'string',
    reason: 'string',
  },
  positionals: { min: 1, max: 1 },
  run: (args, output) => {
    const buildingId = args.positionals[0] ?? '';
    const [id, corrected] = [args.text('id'), args.text('correct')];
    const one = (result: Result<WorksRecord>): number =>
      output.answer(result.ok ? ok({ json: result.value, report: [line(result.value)] }) : result);
    if (id !== undefined) {
      const request = worksRequestSchema.safeParse({ id, ...fieldsOf(args) });
      if (!request.success || corrected !== undefined)
        return Promise.resolve(wrongUse(refusal.error, output));
      return withContext(args.text('data'), output, async (context) =>
        one(await addWorks(context, buildingId, request.data)),
      );
    }
    if (corrected !== undefined) {
      const patch = worksPatchSchema.safeParse(fieldsOf(args));
      if (!patch.success) return Promise.resolve(wrongUse(refusal.error, output));
      return withContext(args.text('data'), output, async (context) =>
        one(await correctWorks(context, buildingId, corrected, patch.data)),
      );
    }
    return withContext(args.text('data'), output, async (context) => {
      const listed = await listWorks(context, buildingId);
      return output.answer(listed.ok ? ok({ json: listed.value, report: listed.value.map(line) }) : listed);
    });
  },
};
