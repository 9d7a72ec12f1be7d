import { writeJsonFile } from '../../app/files.ts';
import { fitFile, resolutions } from '../../app/meter-file.ts';
import { message } from '../../core/message.ts';
import type { Verb } from '../arguments.ts';
import {
  meterOptionNames,
  meterUsage,
  oneOf,
  readMeterOptions,
  readPeriod,
  wrongUse,
} from './meter-options.ts';

export const fit: Verb = {
  usage: `fit FILE --baseline A/B [--predict C/D] [--resolution daily|hourly] [--record FILE] [--tensorflow FOLDER] ${meterUsage} [--json]`,
  summary: message(
    'apprend le plus petit modèle suffisant d’un compteur, et dit ce que chaque candidat a coûté',
    'learns the smallest good enough model of a meter, and says what each candidate cost',
  ),
  options: {
    ...meterOptionNames,
    baseline: 'string',
    predict: 'string',
    resolution: 'string',
    record: 'string',
    tensorflow: 'string',
  },
  positionals: { min: 1, max: 1 },
  run: async (args, output) => {
    const options = readMeterOptions(args);
    if (!options.ok) return wrongUse(options.error, output);
    const baseline = readPeriod(args, 'baseline');
    if (!baseline.ok) return wrongUse(baseline.error, output);
    const predict = args.text('predict') === undefined ? undefined : readPeriod(args, 'predict');
    if (predict?.ok === false) return wrongUse(predict.error, output);
    const resolution = oneOf(args, 'resolution', resolutions);
    if (!resolution.ok) return wrongUse(resolution.error, output);
    const periods = {
      baseline: baseline.value,
      ...(predict === undefined ? {} : { predict: predict.value }),
    };
    const answer = await fitFile(
      args.positionals[0] ?? '',
      periods,
      options.value,
      output.language,
      resolution.value,
    );
    const recordFile = args.text('record');
    if (recordFile !== undefined && answer.ok) {
      const written = writeJsonFile(recordFile, answer.value.record);
      if (!written.ok) return output.refuse(written.error);
    }
    const folder = args.text('tensorflow');
    if (folder !== undefined && answer.ok) {
      const { saveTensorflowNet } = await import('../../app/tensorflow-net.ts');
      const saved = await saveTensorflowNet(args.positionals[0] ?? '', periods, options.value, folder);
      if (!saved.ok) return output.refuse(saved.error);
      output.status(output.say(saved.value));
    }
    return output.answer(answer);
  },
};
