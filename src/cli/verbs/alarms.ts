import { listAlarms } from '../../app/alarms.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';

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
                  ? [output.say(message('  Aucune alerte.', '  No alarm.'))]
                  : listed.value.map((one) => `  #${one.id} ${one.meterId} ${output.say(one.message)}`),
            })
          : listed,
      );
    }),
};
