import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One program from its start to its exit. */
type ProcessRun = { readonly wallMs: number; readonly peakMb: number };

const hook = new URL('./peak.mjs', import.meta.url).href;

/** Runs a script of ours with Node in a process of its own; `cache` is where Node keeps its compiled code. */
export const runMeasured = (script: string, args: readonly string[], cache: string): ProcessRun => {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const start = performance.now();
  const ended = spawnSync(process.execPath, ['--import', hook, path, ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const wallMs = performance.now() - start;
  const peakMb = Number(ended.output[3]);
  if (ended.status !== 0 || !(peakMb > 0))
    throw new Error(`${script} ${args.join(' ')}: exit ${ended.status}: ${ended.stderr.slice(-500)}`);
  return { wallMs, peakMb };
};

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
