import { decideReadings, reverseDecision, viewMeterQuality } from '../../app/meter-decisions.ts';
import {
  type DecisionView,
  decisionRequestSchema,
  type MeterQuality,
  namedReasonSchema,
} from '../../app/decision-views.ts';
import { type Language, message } from '../../core/message.ts';
import { failure, ok, type Result } from '../../core/result.ts';
import type { Arguments, Verb } from '../arguments.ts';
import type { Output } from '../output.ts';
import { withContext } from '../with-context.ts';
import { wrongUse } from './meter-options.ts';

/** Whoever has a shell on the machine has the database: the role is the data controller's. */
const role = 'data-controller';

const line = (one: DecisionView, language: Language): string => {
  const factor = one.factor === null ? '' : ` × ${one.factor}`;
  const reversed =
    one.reversed === null
      ? ''
      : language === 'fr'
        ? ` — reprise par ${one.reversed.by} : ${one.reversed.reason}`
        : ` — taken back by ${one.reversed.by}: ${one.reversed.reason}`;
  return `#${one.id} ${one.from}/${one.to} ${one.finding}: ${one.action}${factor} (${one.by}: ${one.reason})${reversed}`;
};

const qualityLines = ({ findings, decisions }: MeterQuality, language: Language): string[] => [
  ...findings.map(
    (one) =>
      `${one.from}/${one.to} ${one.code}: ${one.message[language]}${one.decision === null ? ` ${one.action[language]}` : ` → #${one.decision}`}`,
  ),
  ...decisions.map((one) => line(one, language)),
];

const refusal = failure(
  'wrong-use',
  'Il faut --from, --to, --action keep|exclude|correct (avec --factor), --by et --reason ; ou --reverse N, --by et --reason ; ou rien, pour la liste.',
  'Needed: --from, --to, --action keep|exclude|correct (with --factor), --by and --reason; or --reverse N, --by and --reason; or nothing, for the list.',
);

const requestOf = (args: Arguments) => {
  const factor = args.text('factor');
  return decisionRequestSchema.safeParse({
    finding: args.text('finding'),
    from: args.text('from'),
    to: args.text('to'),
    action: args.text('action'),
    by: args.text('by'),
    reason: args.text('reason'),
    ...(factor === undefined ? {} : { factor: Number(factor) }),
  });
};

const answerOne = (output: Output, decided: Result<DecisionView>): number =>
  output.answer(
    decided.ok ? ok({ json: decided.value, report: [line(decided.value, output.language)] }) : decided,
  );

export const decide: Verb = {
  usage:
    'decide METER [--finding CODE --from DAY --to DAY --action keep|exclude|correct [--factor 1000] --by NAME --reason TEXT] [--reverse N --by NAME --reason TEXT] [--data FOLDER] [--json]',
  summary: message(
    'montre les défauts des relevés d’un compteur et ce qui en a été décidé ; décide, ou reprend une décision',
    'shows the defects of a meter’s readings and what was decided; decides, or takes a decision back',
  ),
  options: {
    data: 'string',
    finding: 'string',
    from: 'string',
    to: 'string',
    action: 'string',
    factor: 'string',
    reverse: 'string',
    by: 'string',
    reason: 'string',
  },
  positionals: { min: 1, max: 1 },
  run: (args, output) => {
    const meterId = args.positionals[0] ?? '';
    const reverse = args.text('reverse');
    if (reverse !== undefined) {
      const who = namedReasonSchema.safeParse({ by: args.text('by'), reason: args.text('reason') });
      const id = Number(reverse);
      if (!who.success || !Number.isInteger(id) || id < 1)
        return Promise.resolve(wrongUse(refusal.error, output));
      return withContext(args.text('data'), output, async (context) =>
        answerOne(output, await reverseDecision(context, meterId, role, id, who.data)),
      );
    }
    if (args.text('action') === undefined)
      return withContext(args.text('data'), output, async (context) => {
        const view = await viewMeterQuality(context, meterId, role);
        return output.answer(
          view.ok ? ok({ json: view.value, report: qualityLines(view.value, output.language) }) : view,
        );
      });
    const request = requestOf(args);
    if (!request.success) return Promise.resolve(wrongUse(refusal.error, output));
    return withContext(args.text('data'), output, async (context) =>
      answerOne(output, await decideReadings(context, meterId, role, request.data)),
    );
  },
};
