import { programmeReport } from '../../app/loop-reports.ts';
import { loadStock } from '../../app/load-stock.ts';
import { planProgramme } from '../../app/programme.ts';
import { message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import { parsePositive, type Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

export const target: Verb = {
  usage: 'target STOCK --budget EUR [--years 3] [--first-year 2027] [--data FOLDER] [--json]',
  summary: message(
    'choisit un programme de travaux sous budget ; STOCK est un dossier à charger, ou « . » pour le parc déjà en base',
    'picks a programme of works under a budget; STOCK is a folder to load, or “.” for the stock in the database',
  ),
  options: { budget: 'string', years: 'string', 'first-year': 'string', data: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const budget = parsePositive(args.text('budget') ?? '', 'budget');
    if (!budget.ok) return wrongUse(budget.error, output);
    const years = parsePositive(args.text('years') ?? '3', 'years');
    if (!years.ok) return wrongUse(years.error, output);
    const firstYear = args.text('first-year');
    const stock = args.positionals[0] ?? '.';
    return withContext(args.text('data'), output, async (context) => {
      if (stock !== '.') {
        const loaded = await loadStock(context, stock, {
          progress: (done, total, label) => output.progress(done, total, output.say(label)),
        });
        if (!loaded.ok) return output.refuse(loaded.error);
        for (const { ref, message: reason } of loaded.value.refused)
          output.status(`${ref ?? ''} : ${output.say(reason)}`);
      }
      const plan = await planProgramme(context, {
        budgetEur: budget.value,
        years: Math.round(years.value),
        ...(firstYear === undefined ? {} : { firstYear: Number(firstYear) }),
      });
      return output.answer(
        plan.ok ? ok({ json: plan.value, report: programmeReport(plan.value, output.language) }) : plan,
      );
    });
  },
};
