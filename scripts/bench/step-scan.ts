import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { openFileSource } from '../../src/app/files.ts';
import { openStepFile } from '../../src/formats/ifc/open-step.ts';
import { median } from './measured-process.ts';
import { peakMemoryMb } from './peak-memory.mjs';

export type StepScanBench = {
  readonly file: string;
  readonly megabytes: number;
  readonly runs: number;
  /** Opening with our scanner, reading from disk included; median of fresh processes, milliseconds. */
  readonly scanMs: number;
  /** web-ifc `OpenModel`, reading from disk included; the module is started before the clock runs. */
  readonly openModelMs: number;
  /** Goal: at least 4. */
  readonly ratio: number;
  readonly scanPeakMb: number;
  readonly openModelPeakMb: number;
  readonly recordsInFile: number;
};

type Run = { readonly ms: number; readonly peakMb: number; readonly records: number };

const scanOnce = (path: string): Run => {
  const start = performance.now();
  const source = openFileSource(path);
  if (!source.ok) throw new Error(source.error.message.en);
  const opened = openStepFile(source.value);
  if (!opened.ok) throw new Error(opened.error.message.en);
  return { ms: performance.now() - start, peakMb: peakMemoryMb(), records: opened.value.recordsInFile };
};

const openModelOnce = async (path: string): Promise<Run> => {
  // Loaded here only, so that the scanner's process does not carry the mesher's code.
  const { IfcAPI, LogLevel } = await import('web-ifc');
  const api = new IfcAPI();
  api.SetWasmPath(
    createRequire(import.meta.url)
      .resolve('web-ifc')
      .replace(/[^/\\]*$/, ''),
    true,
  );
  await api.Init();
  api.SetLogLevel(LogLevel.LOG_LEVEL_OFF);
  const start = performance.now();
  const bytes = readFileSync(path);
  const model = api.OpenModel(bytes);
  const ms = performance.now() - start;
  return { ms, peakMb: peakMemoryMb(), records: api.GetAllLines(model).size() };
};

const inFreshProcess = (kind: 'scan' | 'open-model', path: string): Run =>
  JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), kind, path], { encoding: 'utf8' }),
  ) as Run;

/** Scans a file with our reader and with web-ifc in turn, each run in a process of its own. */
export const benchStepScan = (path: string, runs = 5): StepScanBench => {
  const scans: Run[] = [];
  const opens: Run[] = [];
  for (let run = 0; run < runs; run++) {
    scans.push(inFreshProcess('scan', path));
    opens.push(inFreshProcess('open-model', path));
  }
  const source = openFileSource(path);
  const size = source.ok ? source.value.size : 0;
  if (source.ok) source.value.close();
  const scanMs = median(scans.map(({ ms }) => ms));
  const openModelMs = median(opens.map(({ ms }) => ms));
  return {
    file: path.replace(/^.*[/\\]/, ''),
    megabytes: size / 1e6,
    runs,
    scanMs,
    openModelMs,
    ratio: openModelMs / scanMs,
    scanPeakMb: median(scans.map((run) => run.peakMb)),
    openModelPeakMb: median(opens.map((run) => run.peakMb)),
    recordsInFile: scans[0]?.records ?? 0,
  };
};

const [kind, path] = process.argv.slice(2);
if (process.argv[1] === fileURLToPath(import.meta.url) && path !== undefined) {
  const run = kind === 'scan' ? scanOnce(path) : await openModelOnce(path);
  process.stdout.write(JSON.stringify(run));
}
