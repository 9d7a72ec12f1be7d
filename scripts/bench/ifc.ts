import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { absentFigure, type Figure, figuresOf, type Part, type PartOptions } from '../figures/figure.ts';
import { type ModelFile, unpackedModels } from './ifc-files.ts';
import { median, runMeasured } from './measured-process.ts';
import { replicateIfc } from './replicate-ifc.ts';
import { benchStepScan, type StepScanBench } from './step-scan.ts';

const PAIRS = 5;
const LARGE_BYTES = 20e6;
const SMALL_BYTES = 1e6;
const REPLICATED_BYTES = [110e6, 340e6];

const command = 'npm run bench -- --only ifc';
const figure = figuresOf('ifc', command);

/** Digitising one file against meshing the whole of it: ratios of medians over interleaved pairs. */
const benchFile = ({ name, path, bytes }: ModelFile, cache: string): Figure[] => {
  const ours = (): ReturnType<typeof runMeasured> =>
    runMeasured('../../bin/stacoptim.mjs', ['create', path, '--json'], cache);
  const theirs = (): ReturnType<typeof runMeasured> =>
    runMeasured('./mesh-whole-building.mjs', [path], cache);
  // A first pair brings the file into the system's memory and the compiled code into the cache; it is not counted.
  ours();
  theirs();
  const pairs = Array.from({ length: PAIRS }, () => ({ ours: ours(), theirs: theirs() }));
  const [wall, wholeWall] = [
    median(pairs.map((pair) => pair.ours.wallMs)),
    median(pairs.map((pair) => pair.theirs.wallMs)),
  ];
  const [peak, wholePeak] = [
    median(pairs.map((pair) => pair.ours.peakMb)),
    median(pairs.map((pair) => pair.theirs.peakMb)),
  ];
  const timeGoal = bytes > LARGE_BYTES ? 0.33 : bytes >= SMALL_BYTES ? 0.5 : undefined;
  const memoryGoal = bytes > LARGE_BYTES ? 0.6 : undefined;
  const ratio = (
    kind: string,
    metric: string,
    value: number,
    goal: number | undefined,
    comparator: Figure['comparator'] & object,
  ): Figure =>
    figure({
      id: `${kind}.${name}`,
      metric: `${metric} of digitising ${name} (${(bytes / 1e6).toFixed(1)} MB) / of meshing all of it`,
      value,
      unit: '1',
      goal: goal === undefined ? 'reported' : `<= ${goal}`,
      holds: goal === undefined ? null : value <= goal,
      n: PAIRS,
      comparator,
    });
  return [
    ratio('time', 'wall time', wall / wholeWall, timeGoal, {
      name: 'web-ifc, fresh process to exit',
      value: wholeWall,
      unit: 'ms',
    }),
    ratio('memory', 'peak memory', peak / wholePeak, memoryGoal, {
      name: 'web-ifc, peak resident',
      value: wholePeak,
      unit: 'MB',
    }),
  ];
};

const scanFigure = (name: string, scan: StepScanBench): Figure =>
  figure({
    id: `scan.${name}`,
    metric: `web-ifc OpenModel of ${name} (${scan.megabytes.toFixed(0)} MB) / our scan`,
    value: scan.ratio,
    unit: '1',
    goal: '>= 4',
    holds: scan.ratio >= 4,
    n: scan.runs,
    comparator: { name: 'OpenModel', value: scan.openModelMs, unit: 'ms' },
  });

/** How much more memory the scan takes for each further megabyte of file. */
const flatness = (small: StepScanBench, large: StepScanBench): Figure => {
  const value = (large.scanPeakMb - small.scanPeakMb) / (large.megabytes - small.megabytes);
  return figure({
    id: 'scan-memory',
    metric: `peak memory of the scan (${large.scanPeakMb.toFixed(0)} MB), growth a MB of file from ${small.megabytes.toFixed(0)} to ${large.megabytes.toFixed(0)} MB`,
    value,
    unit: '1',
    goal: '<= 0.1',
    holds: value <= 0.1,
    n: large.runs,
    comparator: { name: 'OpenModel, peak', value: large.openModelPeakMb, unit: 'MB' },
  });
};

const replicate = (largest: ModelFile, folder: string, bytes: number): ModelFile => {
  const name = `${largest.name}-x${Math.floor(bytes / largest.bytes)}`;
  const path = join(folder, `${name}.ifc`);
  replicateIfc(largest.path, path, Math.floor(bytes / largest.bytes));
  return { name, path, bytes: statSync(path).size };
};

const absent = (): Figure[] => [
  absentFigure({ id: 'ifc.time', metric: 'wall time of digitising', unit: '1', goal: '<= 0.33', command }),
];

const benchIfc = async ({ corpus, tell }: PartOptions): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-bench-'));
  try {
    const cache = join(folder, 'cache');
    mkdirSync(cache);
    const models = await unpackedModels(corpus, folder);
    const largest = models.at(-1);
    if (largest === undefined) return absent();
    const figures: Figure[] = [];
    for (const model of models) {
      tell(`${model.name} ${(model.bytes / 1e6).toFixed(1)} MB`);
      figures.push(...benchFile(model, cache));
    }
    if (largest.bytes <= LARGE_BYTES) return figures;
    const first = benchStepScan(largest.path);
    figures.push(scanFigure(largest.name, first));
    for (const bytes of REPLICATED_BYTES.filter((size) => size >= 2 * largest.bytes)) {
      const model = replicate(largest, folder, bytes);
      tell(`${model.name} ${(model.bytes / 1e6).toFixed(1)} MB`);
      const scan = benchStepScan(model.path);
      figures.push(...benchFile(model, cache), scanFigure(model.name, scan));
      if (bytes === REPLICATED_BYTES.at(-1)) figures.push(flatness(first, scan));
      rmSync(model.path);
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const ifcPart: Part = {
  title: 'Speed and memory of reading IFC',
  notes: `The command \`stacoptim create FILE --json\`, exposure, cells and U-values included, against web-ifc opening the same file and
meshing every product: a fresh process each from start to exit, five interleaved pairs after one that is not counted, ratios of the medians.
Peak memory is the resident peak of the whole process, its threads included, told by the process as it ends. Both sides run on the same Node
(24) with its compile cache warm; a host with an older Node starts Node 24 first, and that launcher's own start (some 40 ms and 45 MB) is not
counted. The larger files are copies of the largest model side by side in one file. The scan is the reader's index alone against
\`OpenModel\`, reading from disk included on both sides and the module's start excluded.

Where the time goes is held still by what results need: of a 27 MB model some 15 % of the main thread's time is the start, 10 % the
scan and 50 % the plan of cells and exposures, sampled point by point. A third to two fifths of the processor time of a model of
2 to 3 MB is V8 compiling for speed, beside the main thread: hidden where a second processor is free, not elsewhere. Tried and
kept: compiled code cached, every function of ours with it (docs/decisions/0353), code and formats loaded when needed, faces
prepared once for all rays, edges kept in order from slab to slab, answers for the points around a sample shared, slopes of level
slabs not asked, what samples of air meet summed at once, records kept by generation and found by their own place, pages of 16 KB,
answers kept for squares of the plan that no face ends in, 8 MB of new space (docs/decisions/0110, 0354, 0382). Tried and left: a larger space for new objects (no gain, 50 to 100 MB more) and the compiler's flags (no
gain; without its last stage the main thread takes a fifth longer). Fewer samples would be faster and would change areas. Most of
a cold run is code that runs for the first time; a model of 2 to 3 MB with many space boundaries or roofs is where the comparator,
compiled ahead, is nearest.`,
  run: benchIfc,
};
