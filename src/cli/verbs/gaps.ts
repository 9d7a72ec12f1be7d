import { explainBuildingGap, type GapView } from '../../app/explain-gap.ts';
import { figure } from '../../app/report.ts';
import { type Language, message } from '../../core/message.ts';
import { ok } from '../../core/result.ts';
import type { Verb } from '../arguments.ts';
import { withContext } from '../with-context.ts';

const causes: Readonly<Record<GapView['parts'][number]['cause'], ReturnType<typeof message>>> = {
  weather: message('météo', 'weather'),
  'set-point-use': message('consigne et usage', 'set point and use'),
  'fabric-system-air': message('enveloppe, système, air', 'fabric, system, air'),
  'base-load': message('hors chauffage', 'base load'),
  activity: message('activité', 'activity'),
};

const untold = message('non distingué de rien', 'not told from nothing');

const linesOf = ({ worksId, parts }: GapView, language: Language): string[] => [
  `  ${worksId}`,
  ...parts.flatMap(({ cause, kwh, told, evidence, notSeparable }) => [
    `  ${causes[cause][language].padEnd(26)} ${figure(kwh, language)}${told ? '' : ` — ${untold[language]}`}`,
    `    ${evidence[language]}`,
    ...(notSeparable === null ? [] : [`    ${notSeparable[language]}`]),
  ]),
];

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
        explained.ok
          ? ok({ json: explained.value, report: linesOf(explained.value, output.language) })
          : explained,
      );
    }),
};
