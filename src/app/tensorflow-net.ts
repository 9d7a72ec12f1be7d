import { hourlyNetTask } from '#measure/index.ts';
import { type Message, message } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { startLedger } from './clock.ts';
import { type FitPeriods, hoursOfFile } from './meter-file.ts';
import type { MeterFileOptions } from './open-meter.ts';
import { plain } from './report.ts';
import {
  loadFromTensorflow,
  openTensorflow,
  saveForTensorflow,
  type Tensorflow,
  trainOnTensorflow,
} from './tensorflow.ts';

/**
 * Trains the hourly net of a readings file on the user's TensorFlow.js, saves it in `folder` in its format, reads it back and says
 * what it gives and cost. Fails with `tensorflow-absent`, `net-unreadable`, or as an hourly fit does.
 */
export const saveTensorflowNet = async (
  path: string,
  periods: FitPeriods,
  options: MeterFileOptions,
  folder: string,
  given?: Tensorflow,
): Promise<Result<Message>> => {
  const opened = given === undefined ? await openTensorflow() : ok(given);
  if (!opened.ok) return opened;
  const hours = await hoursOfFile(path, periods, options);
  if (!hours.ok) return hours;
  const task = hourlyNetTask(hours.value.series, hours.value.options);
  if (!task.ok) return task;
  const end = startLedger('fit');
  await saveForTensorflow(opened.value, await trainOnTensorflow(opened.value, task.value.data), folder);
  const loaded = await loadFromTensorflow(opened.value, folder);
  if (!loaded.ok) return loaded;
  const { withNet, without } = task.value.judge(loaded.value);
  const joules = end().energyJ.value;
  return ok(
    message(
      `Réseau appris avec TensorFlow.js et enregistré dans ${folder} : CV(RMSE) ${plain(withNet, 'fr')} %, ${plain(without, 'fr')} % sans lui ; ${plain(joules, 'fr')} J.`,
      `Net trained with TensorFlow.js and saved in ${folder}: CV(RMSE) ${plain(withNet, 'en')} %, ${plain(without, 'en')} % without it; ${plain(joules, 'en')} J.`,
    ),
  );
};
