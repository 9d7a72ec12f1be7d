import { explainBuildingGap } from '../../app/explain-gap.ts';
import type { GapView } from '../../app/gap-views.ts';
import { figure, plain } from '../../app/report.ts';
import { type Message, message } from '../../core/message.ts';
import type { Quantity } from '../../core/quantity.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import type { Output } from '../output.ts';
import { withContext } from '../with-context.ts';

/** No finer than its interval bears: a part of 8.66 kWh known to 30,000 is zero. */
const borne = (kwh: Quantity): Quantity => {
  const step = 10 ** Math.floor(Math.log10((kwh.high - kwh.low) / 6));
  const round = (value: number): number => (step >= 1 ? Math.round(value / step) * step || 0 : value);
  return { ...kwh, value: round(kwh.value), low: round(kwh.low), high: round(kwh.high) };
};

const linesOf = ({ worksId, parts, gapKwh }: GapView, { say, language }: Output): string[] => {
  const untold = message('non distingué de rien', 'not told from nothing');
  const sum = plain(Math.round(gapKwh), language);
  const head: Message = message(
    `Travaux ${worksId} : économie promise moins économie lue, ${sum} kWh en tout (positif : moins économisé que promis)`,
    `Works ${worksId}: saving promised less saving read, ${sum} kWh in all (positive: saved less than promised)`,
  );
  return [
    say(head),
    ...parts.flatMap(({ name, kwh, told, evidence, notSeparable }) => [
      `  ${say(name).padEnd(26)} ${figure(borne(kwh), language)}${told ? '' : ` — ${say(untold)}`}`,
      `    ${say(evidence)}`,
      ...(notSeparable === null ? [] : [`    ${say(notSeparable)}`]),
    ]),
  ];
};

export const gaps: Verb = {
  usage: 'gaps BUILDING [--data FOLDER] [--json]',
  summary: message(
    'explique l’écart entre l’économie promise et l’économie lue, cause par cause, en kWh (positif : moins économisé que promis)',
    'explains the gap between the saving promised and the one read, cause by cause, in kWh (positive: saved less than promised)',
  ),
  options: { data: 'string' },
  positionals: { min: 1, max: 1 },
  run: (args, output) =>
    withContext(args.text('data'), output, async (context) => {
      const explained = await explainBuildingGap(context, args.positionals[0] ?? '');
      return output.answer(
        explained.ok ? ok({ json: explained.value, report: linesOf(explained.value, output) }) : explained,
      );
    }),
};
