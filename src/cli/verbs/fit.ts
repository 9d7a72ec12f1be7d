import { fitFile } from '../../app/meter-file.ts';
import { message } from '../../core/message.ts';
import type { Verb } from '../arguments.ts';
import { meterOptionNames, meterUsage, readMeterOptions, readPeriod, wrongUse } from './meter-options.ts';

export const fit: Verb = {
  usage: `fit FILE --baseline A/B [--predict C/D] ${meterUsage} [--json]`,
  summary: message(
    'apprend le plus petit modèle suffisant d’un compteur, et dit ce que chaque candidat a coûté',
    'learns the smallest good enough model of a meter, and says what each candidate cost',
  ),
  options: { ...meterOptionNames, baseline: 'string', predict: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const options = readMeterOptions(args);
    if (!options.ok) return wrongUse(options.error, output);
    const baseline = readPeriod(args, 'baseline');
    if (!baseline.ok) return wrongUse(baseline.error, output);
    const predict = args.text('predict') === undefined ? undefined : readPeriod(args, 'predict');
    if (predict?.ok === false) return wrongUse(predict.error, output);
    const periods = {
      baseline: baseline.value,
      ...(predict === undefined ? {} : { predict: predict.value }),
    };
    const answer = await fitFile(args.positionals[0] ?? '', periods, options.value, output.language);
    return output.answer(answer);
  },
};
