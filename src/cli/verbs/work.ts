import { once } from 'node:events';
import { replayRequest } from '../../api/replay.ts';
import { settingsOf, settingsSummary, unknownSettings } from '../../app/settings.ts';
import { message } from '../../core/message.ts';
import { startWebhooks } from '../../jobs/deliver-webhooks.ts';
import { jobHandlers } from '../../jobs/handlers.ts';
import { requestHandlers } from '../../jobs/requests.ts';
import { startWorker } from '../../jobs/worker.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withCatalogue } from '../with-catalogue.ts';

export const work: Verb = {
  usage: 'work [--catalogue FOLDER] [--data FOLDER]',
  summary: message(
    'travaille aux tâches de la file (programmes, rapports, réapprentissages, demandes différées) et envoie les webhooks, à côté de « serve » ; autant de processus et de machines que voulu sur PostgreSQL',
    'works off the jobs of the queue (programmes, reports, retrainings, calls put off) and sends webhooks, beside “serve”; as many processes and hosts as wanted on PostgreSQL',
  ),
  options: { catalogue: 'string', data: 'string' },
  positionals: { min: 0, max: 0 },
  run: async (args, output) => {
    const settings = settingsOf(process.env);
    if (!settings.ok) return output.refuse(settings.error);
    for (const line of settingsSummary(settings.value)) output.status(`  ${line}`);
    for (const unknown of unknownSettings(process.env)) output.status(output.say(unknown));
    return withCatalogue(args, output, async (bare) => {
      const context = { ...bare, settings: settings.value };
      const onFailure = (error: unknown): void => output.status(`work: ${(error as Error).message}`);
      // What was uploaded is read by the server, where its draft is asked for.
      const { request } = requestHandlers(replayRequest);
      const stops = [
        startWorker(context, { handlers: { ...jobHandlers, request }, onFailure }),
        startWebhooks(context, onFailure),
      ];
      // The timers of the two keep no process alive.
      const alive = setInterval(() => undefined, 3_600_000);
      output.status(output.say(message('Au travail (Ctrl+C pour arrêter).', 'At work (Ctrl+C to stop).')));
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      clearInterval(alive);
      await Promise.all(stops.map((stop) => stop()));
      return EXIT.answered;
    });
  },
};
