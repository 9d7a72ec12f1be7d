/**
 * `npm run soak -- [--corpus DIR] [--count N] [--seed S]`: damaged copies of the models of a corpus folder (`ifc/`,
 * `ifc/more/`), or of the sample stock where there is none, are read one after another in a process with a memory cap.
 * Each must end inside its deadline with an envelope that fits its schema or with a refusal that has a code and a
 * sentence. Exit 0: none failed; 1: some did, each with its seed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Order, Outcome } from './soak/reader.ts';

const DEADLINE_MS = 20_000;
/** Beyond the deadline, for the damage to be done and for a busy machine. */
const GRACE_MS = 20_000;
const MEMORY_MB = 1024;
/** Larger models are left to the bench: here they would take the time of a hundred others. */
const LARGEST_BYTES = 4e6;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const modelsIn = (folder: string, pattern: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => pattern.test(file))
        .map((file) => join(folder, file))
        .filter((path) => statSync(path).size <= LARGEST_BYTES)
    : [];

const corpusModels = (corpus: string): string[] =>
  [join(corpus, 'ifc'), join(corpus, 'ifc', 'more')].flatMap((folder) => modelsIn(folder, /\.ifc(\.gz)?$/i));

const sampleModels = (): string[] => {
  const stock = fileURLToPath(new URL('../buildings', import.meta.url));
  return readdirSync(stock).flatMap((one) => modelsIn(join(stock, one), /^model\.ifc$/));
};

const startReader = (): ChildProcess =>
  fork(fileURLToPath(new URL('./soak/reader.ts', import.meta.url)), {
    execArgv: [`--max-old-space-size=${MEMORY_MB}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });

/** One order; the reader is ended when it hangs, and its end without an answer is a fault too. */
const ask = (reader: ChildProcess, order: Order): Promise<Outcome> =>
  new Promise((resolve) => {
    let complaint = '';
    const listen = (part: Buffer): void => {
      complaint = (complaint + part.toString('utf8')).slice(-600);
    };
    const timer = setTimeout(
      () => end('hang', `no end after ${order.deadlineMs + GRACE_MS} ms`),
      order.deadlineMs + GRACE_MS,
    );
    const ended = (code: number | null, signal: string | null): void =>
      end('crash', `${code ?? signal} ${complaint}`);
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      reader.stderr?.off('data', listen);
      reader.off('exit', ended);
      reader.off('message', settle);
      resolve(outcome);
    };
    const end = (code: string, fault: string): void => {
      settle({ code, fault, done: [], ms: 0 });
      reader.kill('SIGKILL');
    };
    reader.stderr?.on('data', listen);
    reader.once('exit', ended);
    reader.once('message', settle);
    reader.send(order);
  });

const run = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string', default: '../shared/corpus' },
      count: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const found = corpusModels(values.corpus);
  const models = found.length > 0 ? found : sampleModels();
  const [count, first] = [Number(values.count), Number(values.seed)];
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(first) || count < 1) {
    say('--count and --seed take whole numbers');
    return 2;
  }
  say(
    `${count} damaged copies of ${models.length} models of ${found.length > 0 ? values.corpus : 'the sample stock'}`,
  );
  const codes = new Map<string, number>();
  let reader = startReader();
  let [failed, slowest] = [0, 0];
  for (let seed = first; seed < first + count; seed++) {
    const path = models[seed % models.length] ?? '';
    const outcome = await ask(reader, { path, seed, deadlineMs: DEADLINE_MS });
    codes.set(outcome.code, (codes.get(outcome.code) ?? 0) + 1);
    slowest = Math.max(slowest, outcome.ms);
    if (outcome.fault !== undefined) {
      failed += 1;
      say(`FAILED seed ${seed} ${path} (${outcome.done.join(', ')}): ${outcome.code}: ${outcome.fault}`);
    }
    if (reader.exitCode !== null || reader.signalCode !== null || reader.killed) reader = startReader();
    if ((seed - first + 1) % 100 === 0) say(`${seed - first + 1} read, ${failed} failed`);
  }
  reader.kill();
  for (const [code, times] of [...codes].toSorted((a, b) => b[1] - a[1]))
    say(`${String(times).padStart(6)} ${code}`);
  say(`${failed} failed; slowest ${(slowest / 1000).toFixed(1)} s`);
  return failed === 0 ? 0 : 1;
};

process.exitCode = await run();
