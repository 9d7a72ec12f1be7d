import { listAlarms } from '../../app/alarms.ts';
import type { AlarmView } from '../../app/gap-views.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import type { Output } from '../output.ts';
import { withContext } from '../with-context.ts';

const none = message(
  'Aucune alerte gardée. La veille juge un compteur chaque nuit par un modèle appris au moins 91 jours plus tôt ; sans lui, ou après des travaux plus récents que lui, elle ne regarde pas.',
  'No alarm kept. The watch judges a meter each night by a model learnt at least 91 days before; without one, or after works newer than it, it does not look.',
);

const linesOf = ({ id, meterId, message: said, proof }: AlarmView, { say }: Output): string[] => [
  `  #${id} ${meterId} ${say(said)}`,
  `    ${say(proof)}`,
];

export const alarms: Verb = {
  usage: 'alarms BUILDING [--data FOLDER] [--json]',
  summary: message(
    'ce que la veille de nuit a trouvé que les compteurs d’un bâtiment prennent de trop, avec ses preuves',
    'what the nightly watch found that the meters of a building take too much of, with its evidence',
  ),
  options: { data: 'string' },
  positionals: { min: 1, max: 1 },
  run: (args, output) =>
    withContext(args.text('data'), output, async (context) => {
      const listed = await listAlarms(context, args.positionals[0] ?? '');
      return output.answer(
        listed.ok
          ? ok({
              json: listed.value,
              report:
                listed.value.length === 0
                  ? [output.say(none)]
                  : listed.value.flatMap((one) => linesOf(one, output)),
            })
          : listed,
      );
    }),
};
