import { once } from 'node:events';
import { openMapping } from '../../app/mqtt-mapping-file.ts';
import { message } from '../../core/message.ts';
import { failure } from '../../core/result.ts';
import { type ListenEvent, listenMqtt } from '../../jobs/listen-mqtt.ts';
import type { Verb } from '../arguments.ts';
import { EXIT, type Output } from '../output.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

const tell = (output: Output, event: ListenEvent): void => {
  const say = (fr: string, en: string): void => output.status(output.say(message(fr, en)));
  if (event.kind === 'connected')
    say(
      `Connecté au courtier${event.resumed ? ', session reprise' : ''}.`,
      `Connected to the broker${event.resumed ? ', session resumed' : ''}.`,
    );
  else if (event.kind === 'away')
    say(
      `Courtier injoignable${event.reason === undefined ? '' : ` (${event.reason})`} ; nouvel essai.`,
      `Broker unreachable${event.reason === undefined ? '' : ` (${event.reason})`}; trying again.`,
    );
  else if (event.kind === 'rejected')
    output.status(`${event.failure.code}: ${output.say(event.failure.message)}`);
  else if (event.kind === 'held')
    say(
      `${event.messages} messages gardés au courtier (${(event.error as Error).message}) ; nouvel essai.`,
      `${event.messages} messages held at the broker (${(event.error as Error).message}); trying again.`,
    );
};

export const listen: Verb = {
  usage: 'listen --mapping FILE --broker mqtt://HOST:1883 [--data FOLDER]',
  summary: message(
    'reçoit les relevés d’un courtier MQTT, selon une table des sujets vers les compteurs (STACOPTIM_MQTT_USERNAME, STACOPTIM_MQTT_PASSWORD)',
    'takes readings from an MQTT broker, by a mapping of topics to meters (STACOPTIM_MQTT_USERNAME, STACOPTIM_MQTT_PASSWORD)',
  ),
  options: { mapping: 'string', broker: 'string', data: 'string' },
  positionals: { min: 0, max: 0 },
  run: (args, output) => {
    const [file, broker] = [args.text('mapping'), args.text('broker')];
    if (file === undefined || broker === undefined || !/^(mqtts?|wss?):\/\/./.test(broker)) {
      const refusal = failure(
        'wrong-use',
        'Il faut --mapping FICHIER et --broker mqtt://… (ou mqtts, ws, wss).',
        'Needed: --mapping FILE and --broker mqtt://… (or mqtts, ws, wss).',
      );
      return Promise.resolve(wrongUse(refusal.error, output));
    }
    return withContext(args.text('data'), output, async (context) => {
      const mapping = await openMapping(context, file);
      if (!mapping.ok) return output.refuse(mapping.error);
      const [username, password] = [
        process.env['STACOPTIM_MQTT_USERNAME'],
        process.env['STACOPTIM_MQTT_PASSWORD'],
      ];
      const listener = listenMqtt(context, {
        broker,
        mapping: mapping.value,
        onEvent: (event) => tell(output, event),
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      });
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      await listener.stop();
      return EXIT.answered;
    });
  },
};
