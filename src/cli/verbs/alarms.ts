import { decideAlarm, listAlarms, watchOf } from '../../app/alarms.ts';
import { alarmDecisionSchema, type AlarmView, type MeterWatchView } from '../../app/gap-views.ts';
import { type Language, message } from '../../core/message.ts';
import { failure, ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const none = message('Aucune alerte gardée.', 'No alarm kept.');

const refusal = failure(
  'wrong-use',
  'Une décision demande --acknowledge, --refuse, --close ou --reopen avec un numéro d’alerte, --by et --reason ; sans elle, la liste.',
  'A decision takes --acknowledge, --refuse, --close or --reopen with the number of an alarm, --by and --reason; without one, the list.',
);

const actions = ['acknowledge', 'refuse', 'close', 'reopen'] as const;

const stateNames: Readonly<Record<AlarmView['state'], Record<Language, string>>> = {
  open: message('ouverte', 'open'),
  acknowledged: message('prise en compte', 'acknowledged'),
  refused: message('refusée', 'refused'),
  closed: message('close', 'closed'),
};

const linesOf = (
  { id, meterId, message: said, proof, state, decided }: AlarmView,
  language: Language,
): string[] => [
  `  #${id} ${meterId} [${stateNames[state][language]}] ${said[language]}`,
  `    ${proof[language]}`,
  ...(decided === null ? [] : [`    ${decided.by}, ${decided.at.slice(0, 10)} : ${decided.reason}`]),
];

const watchLine = ({ meterId, reason }: MeterWatchView, language: Language): string =>
  `  ${meterId} : ${reason[language]}`;

export const alarms: Verb = {
  usage:
    'alarms BUILDING [--acknowledge N | --refuse N | --close N | --reopen N] [--by NAME --reason TEXT] [--data FOLDER] [--json]',
  summary: message(
    'ce que la veille de nuit a trouvé que les compteurs d’un bâtiment prennent de trop, et ce qu’elle regarde ; prend en compte, refuse, clôt ou rouvre une alerte',
    'what the nightly watch found that the meters of a building take too much of, and what it looks at; acknowledges, refuses, closes or reopens an alarm',
  ),
  options: {
    data: 'string',
    acknowledge: 'string',
    refuse: 'string',
    close: 'string',
    reopen: 'string',
    by: 'string',
    reason: 'string',
  },
  positionals: { min: 1, max: 1 },
  run: (args, output) => {
    const buildingId = args.positionals[0] ?? '';
    const { language } = output;
    const asked = actions.filter((name) => args.text(name) !== undefined);
    const [action] = asked;
    if (action !== undefined) {
      const request = alarmDecisionSchema.safeParse({
        action,
        by: args.text('by'),
        reason: args.text('reason'),
      });
      const id = Number(args.text(action));
      if (!request.success || asked.length > 1 || !Number.isSafeInteger(id))
        return Promise.resolve(wrongUse(refusal.error, output));
      return withContext(args.text('data'), output, async (context) => {
        const decided = await decideAlarm(context, buildingId, id, request.data);
        return output.answer(
          decided.ok ? ok({ json: decided.value, report: linesOf(decided.value, language) }) : decided,
        );
      });
    }
    return withContext(args.text('data'), output, async (context) => {
      const listed = await listAlarms(context, buildingId);
      if (!listed.ok) return output.answer(listed);
      const watched = await watchOf(context, buildingId);
      if (!watched.ok) return output.answer(watched);
      return output.answer(
        ok({
          json: { alarms: listed.value, watch: watched.value },
          report: [
            ...(listed.value.length === 0
              ? [output.say(none)]
              : listed.value.flatMap((one) => linesOf(one, language))),
            ...watched.value.map((one) => watchLine(one, language)),
          ],
        }),
      );
    });
  },
};
