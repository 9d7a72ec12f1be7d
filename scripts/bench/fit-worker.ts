import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { dayNumber } from '#core/calendar.ts';
import { fitModel, toDaily } from '#measure/index.ts';
import { readReadingsCsv } from '../../src/formats/readings-csv/index.ts';

/** Reads and fits the files it is given: the newest of three years is the baseline, the two before give the drift. */
const { files } = workerData as { readonly files: readonly string[] };
let fitted = 0;
for (const file of files) {
  const readings = readReadingsCsv(file, readFileSync(file), { timezone: 'Europe/Paris' });
  if (!readings.ok) throw new Error(readings.error.message.en);
  const daily = toDaily(readings.value);
  if (!daily.ok) throw new Error(daily.error.message.en);
  const baseline = { from: dayNumber(2023, 1, 1), to: dayNumber(2023, 12, 31) };
  if (fitModel(daily.value.series, { baseline, holidays: 'FR' }).ok) fitted++;
}
parentPort?.postMessage(fitted, []);
