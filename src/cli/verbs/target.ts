import { frontReport, programmeReport } from '../../app/loop-reports.ts';
import { loadStock } from '../../app/load-stock.ts';
import { planProgramme, programmeFront, type ProgrammeRun } from '../../app/programme.ts';
import {
  frontRequestSchema,
  type ProgrammeRequest,
  programmeRequestSchema,
} from '../../app/programme-views.ts';
import { message } from '../../core/message.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import type { Arguments, Verb } from '../arguments.ts';
import { withCatalogue } from '../with-catalogue.ts';
import { wrongUse } from './meter-options.ts';

const number = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** `a:b;c:d` as pairs made into what the schema expects. */
const listed = <T>(
  text: string | undefined,
  separator: string,
  pair: (left: string, right: string | undefined) => T,
): T[] | undefined =>
  text?.split(';').map((part) => {
    const [left, right] = part.split(separator);
    return pair(left ?? '', right);
  });

/** The options as a request, checked by the schema that the API uses. */
const requestOf = (args: Arguments): Result<ProgrammeRequest> => {
  const given = {
    budgetEur: number(args.text('budget')),
    years: number(args.text('years')),
    firstYear: number(args.text('first-year')),
    objective: args.text('objective'),
    legalDates: args.text('legal') === 'hard' ? 'hard' : number(args.text('legal')),
    legalChance: number(args.text('legal-chance')),
    dwellingsAYear: number(args.text('dwellings-a-year')),
    carryOver: args.flag('carry-over') ? true : undefined,
    minimumSavingKwh: number(args.text('least-saving')),
    targetSavingKwh: number(args.text('target-saving')),
    sitesAYear: number(args.text('sites-a-year')),
    budgetsEur: args.text('budgets')?.split(',').map(Number),
    minimumCarbonKg: number(args.text('least-carbon')),
    fairness: listed(args.text('share'), '=', (group, share) => ({ group, minimumShare: Number(share) })),
    together: args
      .text('together')
      ?.split(';')
      .map((ids) => ids.split(',')),
    after: listed(args.text('after'), ':', (building, waitsFor) => ({ building, waitsFor })),
  };
  const parsed = programmeRequestSchema.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  const field = String(parsed.error.issues[0]?.path[0] ?? '');
  return failure(
    'wrong-use',
    `La demande de programme n’est pas comprise (${field}) : il faut au moins --budget EUR.`,
    `The request for a programme is not understood (${field}): at least --budget EUR is needed.`,
  );
};

export const target: Verb = {
  usage:
    'target STOCK --budget EUR [--years 3] [--first-year 2027] [--objective energy|carbon|net-value|legal-risk] [--legal hard|PRICE] [--legal-chance 0.5] [--carry-over] [--least-saving KWH] [--least-carbon KG] [--sites-a-year N] [--dwellings-a-year N] [--budgets EUR,EUR,…] [--share COMMUNE=0.2;…] [--together ID,ID;…] [--after ID:ID_BEFORE;…] [--target-saving KWH] [--front energy|carbon] [--catalogue FOLDER] [--data FOLDER] [--json]',
  summary: message(
    'choisit un programme de travaux sous budget ; STOCK est un dossier à charger, ou « . » pour le parc déjà en base',
    'picks a programme of works under a budget; STOCK is a folder to load, or “.” for the stock in the database',
  ),
  options: {
    budget: 'string',
    years: 'string',
    'first-year': 'string',
    objective: 'string',
    legal: 'string',
    'legal-chance': 'string',
    'dwellings-a-year': 'string',
    'carry-over': 'boolean',
    'least-saving': 'string',
    'sites-a-year': 'string',
    'target-saving': 'string',
    budgets: 'string',
    'least-carbon': 'string',
    share: 'string',
    together: 'string',
    after: 'string',
    front: 'string',
    catalogue: 'string',
    data: 'string',
  },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const asked = requestOf(args);
    if (!asked.ok) return wrongUse(asked.error, output);
    const traded = args.text('front');
    const front = frontRequestSchema.safeParse({ ...asked.value, against: traded });
    if (!front.success)
      return wrongUse(
        failure('wrong-use', '--front attend energy ou carbon.', '--front takes energy or carbon.').error,
        output,
      );
    const stock = args.positionals[0] ?? '.';
    return withCatalogue(args, output, async (context) => {
      if (stock !== '.') {
        const loaded = await loadStock(context, stock, {
          progress: (done, total, label) => output.progress(done, total, output.say(label)),
        });
        if (!loaded.ok) return output.refuse(loaded.error);
        for (const { ref, message: reason } of loaded.value.refused)
          output.status(`${ref ?? ''} : ${output.say(reason)}`);
      }
      const stop = new AbortController();
      const onInterrupt = (): void => stop.abort();
      // The first Ctrl-C keeps the best plan so far; a second one ends the program.
      process.once('SIGINT', onInterrupt);
      const run: ProgrammeRun = {
        signal: stop.signal,
        onProgress: (done, total, label) => output.progress(done, total, output.say(label)),
      };
      if (traded !== undefined) {
        const found = await programmeFront(context, front.data, run);
        process.removeListener('SIGINT', onInterrupt);
        return output.answer(
          found.ok ? ok({ json: found.value, report: frontReport(found.value, output.language) }) : found,
        );
      }
      const plan = await planProgramme(context, asked.value, run);
      process.removeListener('SIGINT', onInterrupt);
      return output.answer(
        plan.ok ? ok({ json: plan.value, report: programmeReport(plan.value, output.language) }) : plan,
      );
    });
  },
};
