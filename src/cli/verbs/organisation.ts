import { exportOrganisation } from '../../app/archive/export.ts';
import { importOrganisation } from '../../app/archive/import.ts';
import type { AppContext } from '../../app/context.ts';
import { openFileSource } from '../../app/files.ts';
import { writeWhole } from '../../app/write-whole.ts';
import { message, type Message } from '../../core/message.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import { countEn, countFr } from '../../core/wording.ts';
import type { Arguments, Verb } from '../arguments.ts';
import type { Output } from '../output.ts';
import { withContext, withContextOrNothing } from '../with-context.ts';

const options = { organisation: 'string', by: 'string', data: 'string' } as const;

/** The context of the organisation that `--organisation` names, 1 without. */
const contextOf = async (context: AppContext, asked: string): Promise<Result<AppContext>> => {
  const known = (await context.store.identities.organisations()).find(({ id }) => String(id) === asked);
  return known === undefined
    ? failure(
        'unknown-organisation',
        `Il n’y a pas d’organisation ${asked}.`,
        `There is no organisation ${asked}.`,
      )
    : ok({ ...context, store: await context.store.forOrganisation(known.id) });
};

type Said = Result<{ readonly json: unknown; readonly said: Message }>;

const run = (
  args: Arguments,
  output: Output,
  name: string,
  work: (context: AppContext, who: { readonly by: string; readonly reason: string }) => Promise<Said>,
  within = withContext,
): Promise<number> =>
  within(args.text('data'), output, async (bare) => {
    const context = await contextOf(bare, args.text('organisation') ?? '1');
    if (!context.ok) return output.refuse(context.error);
    const who = { by: args.text('by') ?? `stacoptim ${name}`, reason: 'command line' };
    const done = await work(context.value, who);
    return output.answer(
      done.ok ? ok({ json: done.value.json, report: [output.say(done.value.said)] }) : done,
    );
  });

const total = (records: Readonly<Record<string, number>>): number =>
  Object.values(records).reduce((sum, count) => sum + count, 0);

const follow = (output: Output) => ({
  onProgress: (done: number, of: number, label: Message): void =>
    output.progress(done, of, output.say(label)),
});

export const exportOrganisationVerb: Verb = {
  usage: 'export-organisation FILE.zip [--organisation 1] [--by NAME] [--data FOLDER] [--json]',
  summary: message(
    'écrit toutes les données d’une organisation dans un ZIP de formats ouverts, pour partir ailleurs',
    'writes all data of an organisation into a ZIP of open formats, to go elsewhere',
  ),
  options,
  positionals: { min: 1, max: 1 },
  run: (args, output) =>
    run(args, output, 'export-organisation', async (context, who) => {
      const [file = ''] = args.positionals;
      const done = await writeWhole(file, (out) => exportOrganisation(context, out, who, follow(output)));
      if (!done.ok) return done;
      const { records, auditHead } = done.value;
      return ok({
        json: { file, ...done.value },
        said: message(
          `${countFr(total(records), 'enregistrement', 'enregistrements')} dans ${file}. Dernier hachage du journal d’audit : ${auditHead}`,
          `${countEn(total(records), 'record', 'records')} in ${file}. Last hash of the audit log: ${auditHead}`,
        ),
      });
    }),
};

export const importOrganisationVerb: Verb = {
  usage: 'import-organisation FILE.zip [--organisation 1] [--by NAME] [--data FOLDER] [--json]',
  summary: message(
    'importe une telle archive dans une organisation vide : tout ou rien',
    'imports such an archive into an empty organisation: all or nothing',
  ),
  options,
  positionals: { min: 1, max: 1 },
  run: (args, output) =>
    run(
      args,
      output,
      'import-organisation',
      async (context, who) => {
        const source = openFileSource(args.positionals[0] ?? '');
        if (!source.ok) return source;
        try {
          const done = await importOrganisation(context, source.value, who, follow(output));
          if (!done.ok) return done;
          const { from, records, audit } = done.value;
          const broken = audit.find(({ brokenAt }) => brokenAt !== undefined);
          const doubt =
            broken === undefined
              ? message('', '')
              : message(
                  ` Attention : son journal d’audit ne suit pas sa chaîne à la ligne ${broken.brokenAt ?? 0}.`,
                  ` Mind: its audit log does not follow its chain at line ${broken.brokenAt ?? 0}.`,
                );
          return ok({
            json: done.value,
            said: message(
              `Import de « ${from.organisation} » : ${countFr(total(records), 'enregistrement', 'enregistrements')}.${doubt.fr}`,
              `Import of “${from.organisation}”: ${countEn(total(records), 'record', 'records')}.${doubt.en}`,
            ),
          });
        } finally {
          source.value.close();
        }
      },
      withContextOrNothing,
    ),
};
