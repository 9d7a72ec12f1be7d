import { measureFile } from '../../app/meter-file.ts';
import { message } from '../../core/message.ts';
import type { Verb } from '../arguments.ts';
import { meterOptionNames, meterUsage, readMeterOptions, readPeriod, wrongUse } from './meter-options.ts';

export const measure: Verb = {
  usage: `measure FILE --baseline A/B --reporting C/D [--scope auto|heating|whole] ${meterUsage} [--json]`,
  summary: message(
    'mesure ce que des travaux ont économisé, avec son intervalle, contre une référence qui ne bouge pas',
    'measures what works have saved, with its interval, against a baseline that does not move',
  ),
  options: { ...meterOptionNames, baseline: 'string', reporting: 'string', scope: 'string' },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const options = readMeterOptions(args);
    if (!options.ok) return wrongUse(options.error, output);
    const baseline = readPeriod(args, 'baseline');
    if (!baseline.ok) return wrongUse(baseline.error, output);
    const reporting = readPeriod(args, 'reporting');
    if (!reporting.ok) return wrongUse(reporting.error, output);
    const periods = { baseline: baseline.value, reporting: reporting.value };
    return output.answer(
      await measureFile(args.positionals[0] ?? '', periods, options.value, output.language),
    );
  },
};
