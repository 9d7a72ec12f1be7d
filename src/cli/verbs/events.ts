import { eventDecisionSchema, eventRequestSchema, type EventView } from '../../app/event-views.ts';
import { decideEvent, declareEvent, listEvents } from '../../app/non-routine.ts';
import { type Language, message } from '../../core/message.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import { type Arguments, parseNumber, type Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const refusal = failure(
  'wrong-use',
  'Il faut --works, --from, --to, --by et --reason (un évènement déclaré) ; ou --accept N, --refuse N ou --reopen N, --by et --reason ; ou rien, pour la liste.',
  'Needed: --works, --from, --to, --by and --reason (a declared event); or --accept N, --refuse N or --reopen N, --by and --reason; or nothing, for the list.',
);

const stateNames = {
  proposed: message('proposé', 'proposed'),
  accepted: message('accepté', 'accepted'),
  refused: message('refusé', 'refused'),
};

const line = (one: EventView, language: Language): string => {
  const adjusted =
    one.adjustmentPercent === null
      ? ''
      : ` ${one.adjustmentPercent > 0 ? '+' : ''}${one.adjustmentPercent} %`;
  const decided = one.decided === null ? '' : ` (${one.decided.by}: ${one.decided.reason})`;
  return `#${one.id} ${one.worksId} ${one.from}/${one.to} ${stateNames[one.state][language]}${adjusted}${decided} ${one.message[language]}`;
};

const actions = ['accept', 'refuse', 'reopen'] as const;

const requestOf = (args: Arguments): Record<string, unknown> => {
  const adjustment = args.text('adjustment');
  const all = {
    worksId: args.text('works'),
    from: args.text('from'),
    to: args.text('to'),
    adjustmentPercent: adjustment === undefined ? undefined : Number(adjustment),
    by: args.text('by'),
    reason: args.text('reason'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

export const events: Verb = {
  usage:
    'events BUILDING [--works ID --from DAY --to DAY [--adjustment PERCENT] | --accept N [--from DAY] [--to DAY] [--adjustment PERCENT] | --refuse N | --reopen N] [--by NAME --reason TEXT] [--data FOLDER] [--json]',
  summary: message(
    'montre les évènements non routiniers d’un bâtiment après travaux ; en déclare, accepte, refuse ou rouvre un',
    'shows the non-routine events of a building after works; declares, accepts, refuses or reopens one',
  ),
  options: {
    data: 'string',
    works: 'string',
    from: 'string',
    to: 'string',
    adjustment: 'string',
    accept: 'string',
    refuse: 'string',
    reopen: 'string',
    by: 'string',
    reason: 'string',
  },
  positionals: { min: 1, max: 1 },
  run: (args, output) => {
    const buildingId = args.positionals[0] ?? '';
    const one = (result: Result<EventView>): number =>
      output.answer(
        result.ok ? ok({ json: result.value, report: [line(result.value, output.language)] }) : result,
      );
    const asked = actions.filter((name) => args.text(name) !== undefined);
    const [action] = asked;
    if (action !== undefined) {
      const request = eventDecisionSchema.safeParse({ action, ...requestOf(args) });
      if (!request.success || asked.length > 1) return Promise.resolve(wrongUse(refusal.error, output));
      const number = parseNumber(args.text(action) ?? '');
      if (!number.ok) return Promise.resolve(wrongUse(number.error, output));
      return withContext(args.text('data'), output, async (context) =>
        one(await decideEvent(context, buildingId, number.value, request.data)),
      );
    }
    if (args.text('works') !== undefined) {
      const request = eventRequestSchema.safeParse(requestOf(args));
      if (!request.success) return Promise.resolve(wrongUse(refusal.error, output));
      return withContext(args.text('data'), output, async (context) =>
        one(await declareEvent(context, buildingId, request.data)),
      );
    }
    return withContext(args.text('data'), output, async (context) => {
      const listed = await listEvents(context, buildingId);
      return output.answer(
        listed.ok
          ? ok({ json: listed.value, report: listed.value.map((event) => line(event, output.language)) })
          : listed,
      );
    });
  },
};
