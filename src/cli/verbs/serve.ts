import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guardedAccess } from '../../api/access.ts';
import { replayRequest } from '../../api/replay.ts';
import { listen } from '../../api/server.ts';
import { administratorLink } from '../../app/access.ts';
import { loadCatalogue, shipped } from '../../app/catalogue.ts';
import { requestLedger } from '../../app/request-ledger.ts';
import { settingsOf, settingsSummary, unknownSettings } from '../../app/settings.ts';
import { createTraces } from '../../app/traces.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import { startWebhooks } from '../../jobs/deliver-webhooks.ts';
import { scheduleHousekeeping } from '../../jobs/housekeeping.ts';
import { scheduleNights } from '../../jobs/schedule-nights.ts';
import { jobHandlers } from '../../jobs/handlers.ts';
import { requestHandlers } from '../../jobs/requests.ts';
import { startWorker } from '../../jobs/worker.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withContext } from '../with-context.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the page where it is missing and the builder is installed; the API needs neither. */
const buildPage = (): boolean => {
  if (existsSync(join(root, 'dist/web/index.html'))) return true;
  try {
    const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
    return (
      spawnSync(process.execPath, [vite, 'build', 'src/web'], {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      }).status === 0
    );
  } catch {
    return false;
  }
};

/** How long what has been asked may take to be answered once the server is told to stop. */
const graceMs = 10_000;

/** Resolves at the next signal to stop. */
const stopped = async (): Promise<void> => {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
};

export const serve: Verb = {
  usage: 'serve [--port 8080] [--host 127.0.0.1] [--catalogue FOLDER] [--data FOLDER]',
  summary: message(
    'ouvre l’API et la page (http://127.0.0.1:8080/)',
    'opens the API and the page (http://127.0.0.1:8080/)',
  ),
  options: { port: 'string', host: 'string', catalogue: 'string', data: 'string' },
  positionals: { min: 0, max: 0 },
  run: async (args, output) => {
    const port = Number(args.text('port') ?? 8080);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      output.status(output.say(message('--port attend un numéro de port.', '--port takes a port number.')));
      return EXIT.wrongUse;
    }
    const settings = settingsOf(process.env);
    if (!settings.ok) return output.refuse(settings.error);
    const folder = args.text('catalogue');
    const catalogue = folder === undefined ? ok(shipped) : loadCatalogue(folder);
    if (!catalogue.ok) return output.refuse(catalogue.error);
    for (const line of settingsSummary(settings.value)) output.status(`  ${line}`);
    for (const unknown of unknownSettings(process.env)) output.status(output.say(unknown));
    if (!buildPage())
      output.status(
        output.say(
          message(
            'La page n’est pas construite (npm run build:web) : seule l’API répond.',
            'The page is not built (npm run build:web): only the API answers.',
          ),
        ),
      );
    return withContext(args.text('data'), output, async (bare) => {
      const traces = settings.value.traces === undefined ? undefined : createTraces(settings.value.traces);
      const opened = {
        ...bare,
        settings: settings.value,
        catalogue: catalogue.value,
        ...(traces === undefined ? {} : { traces }),
      };
      const requests = requestLedger(opened);
      try {
        const { server, url, stop } = await listen(
          requests.context,
          args.text('host') ?? '127.0.0.1',
          port,
          guardedAccess(opened.store.identities),
        );
        const link = await administratorLink(opened, url);
        const stopHousekeeping = scheduleHousekeeping(opened, (error) =>
          output.status(`housekeeping: ${(error as Error).message}`),
        );
        const told = (error: unknown): void => output.status(`serve: ${(error as Error).message}`);
        const { nightAt } = opened.settings;
        const stopNights = nightAt === undefined ? undefined : scheduleNights(opened, nightAt, told);
        const handlers = requestHandlers(replayRequest);
        // What was uploaded is read where its draft is asked for, whoever does the other jobs.
        const stopWorkers = opened.settings.runsJobs
          ? [
              startWorker(requests.context, { handlers: { ...jobHandlers, ...handlers }, onFailure: told }),
              startWebhooks(opened, told),
            ]
          : [startWorker(requests.context, { handlers: { upload: handlers.upload }, onFailure: told })];
        requests.watch(server);
        output.status(
          output.say(
            message(
              `Stacoptim écoute sur ${url} (Ctrl+C pour arrêter).\nOuvrez la page par ce lien, valable une fois : ${link}`,
              `Stacoptim listens on ${url} (Ctrl+C to stop).\nOpen the page by this link, good for one use: ${link}`,
            ),
          ),
        );
        if (!opened.settings.runsJobs)
          output.status(
            output.say(
              message(
                'STACOPTIM_JOBS=off : tâches et webhooks attendent « stacoptim work », à lancer à côté.',
                'STACOPTIM_JOBS=off: jobs and webhooks wait for “stacoptim work”, to be started beside it.',
              ),
            ),
          );
        if (output.json) output.data({ url });
        await stopped();
        // A second signal waits for nobody.
        void stopped().then(() => server.closeAllConnections());
        await stop(graceMs);
        await Promise.all([stopHousekeeping(), stopNights?.(), ...stopWorkers.map((stop) => stop())]);
        await requests.stop();
        await traces?.stop();
        return EXIT.answered;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
        return output.refuse({
          code: 'port-taken',
          message: message(
            `Le port ${port} est déjà pris. Choisissez-en un autre avec --port.`,
            `Port ${port} is taken already. Choose another with --port.`,
          ),
        });
      }
    });
  },
};
