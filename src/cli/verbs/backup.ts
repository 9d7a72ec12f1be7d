import { type Kept, backupTo, restoreFrom } from '../../app/backup.ts';
import type { AppContext } from '../../app/context.ts';
import { message, type Message } from '../../core/message.ts';
import type { Result } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { EXIT } from '../output.ts';
import { withContext, withContextOrNothing } from '../with-context.ts';

const verb = (
  name: string,
  summary: Message,
  said: (kept: Kept) => Message,
  work: (context: AppContext, file: string) => Promise<Result<Kept>>,
  within: typeof withContext,
): Verb => ({
  usage: `${name} FILE [--data FOLDER] [--json]`,
  summary,
  options: { data: 'string' },
  positionals: { min: 1, max: 1 },
  run: (args, output) =>
    within(args.text('data'), output, async (context) => {
      const [file = ''] = args.positionals;
      const kept = await work(context, file);
      if (!kept.ok) return output.refuse(kept.error);
      // One line a run, for a log of backups.
      output.text(output.json ? JSON.stringify(kept.value) : output.say(said(kept.value)));
      return EXIT.answered;
    }),
});

export const backup = verb(
  'backup',
  message(
    'sauvegarde toute la base dans un fichier, pendant que le serveur travaille',
    'writes the whole database into a file, while the server works',
  ),
  ({ file, rows }) => message(`${rows} lignes sauvegardées dans ${file}`, `${rows} rows written to ${file}`),
  backupTo,
  withContext,
);

export const restore = verb(
  'restore',
  message(
    'restaure une sauvegarde dans une base vide, embarquée ou PostgreSQL',
    'brings a backup back into an empty database, embedded or PostgreSQL',
  ),
  ({ file, rows }) => message(`${rows} lignes restaurées de ${file}`, `${rows} rows restored from ${file}`),
  restoreFrom,
  withContextOrNothing,
);
