import { qualityFile } from '../../app/meter-file.ts';
import { message } from '../../core/message.ts';
import type { Verb } from '../arguments.ts';
import { meterOptionNames, meterUsage, readMeterOptions, wrongUse } from './meter-options.ts';

export const quality: Verb = {
  usage: `quality FILE ${meterUsage} [--json]`,
  summary: message(
    'cherche les défauts d’une série de relevés, sans rien réparer',
    'looks for the defects of a series of readings, repairing nothing',
  ),
  options: meterOptionNames,
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const options = readMeterOptions(args);
    if (!options.ok) return wrongUse(options.error, output);
    return output.answer(await qualityFile(args.positionals[0] ?? '', options.value, output.language));
  },
};
