import { meteringForChoice } from '../../app/metering-choice.ts';
import { meteringPlan } from '../../app/metering-plan.ts';
import { type MeteringPlanView, meteringRequestSchema } from '../../app/metering-views.ts';
import { type Language, type Message, message } from '../../core/message.ts';
import { failure, ok } from '../../core/result.ts';
import { parseNumber, type Verb } from '../arguments.ts';
import { withCatalogue } from '../with-catalogue.ts';
import type { Progress } from '../../app/progress.ts';
import { wrongUse } from './meter-options.ts';

const meteringReport = (
  plan: Pick<MeteringPlanView, 'sentence' | 'defaults'> & {
    readonly buildings: readonly { readonly name: Message; readonly sentence: Message }[];
    readonly notMetered?: MeteringPlanView['notMetered'];
  },
  language: Language,
): string[] => [
  `  ${plan.sentence[language]}`,
  ...plan.buildings.flatMap(({ name, sentence }) => [`  ${name[language]}`, `      ${sentence[language]}`]),
  ...(plan.notMetered ?? []).map(({ name, reason }) => `  ${name[language]} : ${reason[language]}`),
  ...plan.defaults.map((one) => `  ${one[language]}`),
];

/** `heat-meter=1800,blower-door=none` as costs. */
const costsOf = (text: string | undefined): Record<string, number | null> | undefined =>
  text === undefined
    ? undefined
    : Object.fromEntries(
        text.split(',').map((part) => {
          const [id = '', cost = ''] = part.split('=');
          return [id, cost === 'none' ? null : Number(cost)];
        }),
      );

export const metering: Verb = {
  usage:
    'metering PROGRAMME --budget EUR [--for interval|choice] [--costs INSTRUMENT=EUR|none,…] [--catalogue FOLDER] [--data FOLDER] [--json]',
  summary: message(
    'dit quels bâtiments d’un programme mesurer, et comment, pour que son économie soit la mieux connue au moindre coût ; --for choice : ceux dont la mesure changerait le choix des travaux',
    'tells which buildings of a programme to measure, and how, so that its saving is known best for the money; --for choice: those whose measurement would change the choice of works',
  ),
  options: { budget: 'string', costs: 'string', for: 'string', catalogue: 'string', data: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const budget = args.text('budget');
    const aim = args.text('for') ?? 'interval';
    const request = meteringRequestSchema.safeParse({
      budgetEur: budget === undefined ? undefined : Number(budget),
      costsEur: costsOf(args.text('costs')),
    });
    if (!request.success || !(aim === 'interval' || aim === 'choice'))
      return wrongUse(
        failure(
          'wrong-use',
          '--budget attend des euros ; --for interval ou choice ; --costs des paires INSTRUMENT=EUROS ou INSTRUMENT=none.',
          '--budget takes euros; --for interval or choice; --costs pairs INSTRUMENT=EUROS or INSTRUMENT=none.',
        ).error,
        output,
      );
    const number = parseNumber(args.positionals[0] ?? '');
    if (!number.ok) return wrongUse(number.error, output);
    return withCatalogue(args, output, async (context) => {
      const id = number.value;
      const tell: Progress = (done, total, label) => output.progress(done, total, output.say(label));
      if (aim === 'choice') {
        const choice = await meteringForChoice(context, id, request.data, tell);
        return output.answer(
          choice.ok
            ? ok({ json: choice.value, report: meteringReport(choice.value, output.language) })
            : choice,
        );
      }
      const plan = await meteringPlan(context, id, request.data, tell);
      return output.answer(
        plan.ok ? ok({ json: plan.value, report: meteringReport(plan.value, output.language) }) : plan,
      );
    });
  },
};
