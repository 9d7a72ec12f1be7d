import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Preflight } from '#create/preflight.ts';
import { deadlineRefusal, MAX_WAIT_MS } from '#formats/ifc/deadline.ts';
import { failure, type Result } from '../core/result.ts';
import type { Site } from '../core/weather/station-choice.ts';
import type { CreateOptions, Digitised } from './create-file.ts';

/**
 * A model on disk, or bytes already in memory; a path keeps a large upload out of the server's memory. `name` is what
 * the person called it, and what messages say.
 */
type IfcInput = { readonly name: string } & ({ readonly path: string } | { readonly bytes: Uint8Array });

type GuardOptions = CreateOptions & {
  /** Resident memory the reading may take before it is ended, MB. */
  readonly memoryMb?: number;
  readonly signal?: AbortSignal;
};

/** The envelope, what its reading cost, and what a person should look at before it is confirmed. */
export type GuardedReading = Omit<Digitised, 'model'> & {
  readonly preflight: Preflight;
  readonly northStated: boolean;
  readonly buildingName?: string;
  readonly site?: Site;
};

export type ReadRequest = {
  readonly input: IfcInput;
  readonly options: CreateOptions;
  readonly memoryBytes: number;
};

const DEFAULT_MEMORY_MB = 1024;
/** The rest is for what lies outside the language's heap: buffers, the mesher. */
const HEAP_SHARE = 0.75;
const MAX_AT_ONCE = Math.max(1, availableParallelism() - 1);
const MAX_WAITING = 16;

const waiting: (() => void)[] = [];
let running = 0;

const outOfMemory = (file: string, memoryMb: number): Result<never> =>
  failure(
    'out-of-memory',
    `La lecture de la maquette demande plus de ${memoryMb} Mo de mémoire : elle est arrêtée. Réduisez la maquette à l’architecture.`,
    `Reading the model takes more than ${memoryMb} MB of memory: it is stopped. Reduce the model to the architecture.`,
    { file },
  );

const crashed = (file: string, detail: string): Result<never> =>
  failure(
    'reading-failed',
    `La lecture de la maquette s’est arrêtée sur une erreur inattendue (${detail}). Signalez-la avec le fichier.`,
    `Reading the model stopped on an unexpected error (${detail}). Report it with the file.`,
    { file },
  );

const cancelled = (file: string): Result<never> =>
  failure('cancelled', 'La lecture a été annulée.', 'The reading was cancelled.', { file });

const busy = (file: string): Result<never> =>
  failure(
    'readers-busy',
    'Trop de maquettes sont en cours de lecture. Réessayez dans quelques minutes.',
    'Too many models are being read. Try again in a few minutes.',
    { file },
  );

/** Killed without our asking, or ended by the language's own limit: memory, either way. */
const diedOfMemory = (code: number | null, signal: NodeJS.Signals | null): boolean =>
  signal === 'SIGKILL' || signal === 'SIGABRT' || code === 134;

const startChild = (memoryMb: number): ChildProcess =>
  fork(fileURLToPath(new URL('./read-ifc-child.ts', import.meta.url)), {
    serialization: 'advanced',
    env: { NODE_COMPILE_CACHE: getCompileCacheDir() ?? '', ...process.env },
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${Math.floor(memoryMb * HEAP_SHARE)}`,
    ],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });

const readInChild = (
  input: IfcInput,
  { memoryMb = DEFAULT_MEMORY_MB, signal, ...options }: GuardOptions,
): Promise<Result<GuardedReading>> =>
  new Promise((resolve) => {
    const file = input.name;
    const child = startChild(memoryMb);
    let complaint = '';
    let ending: Result<never> | undefined;
    const end = (why: Result<never>): void => {
      ending ??= why;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(
      () => end(deadlineRefusal(file, options.deadlineMs)),
      Math.min(options.deadlineMs, MAX_WAIT_MS),
    );
    const abort = (): void => end(cancelled(file));
    signal?.addEventListener('abort', abort);
    const finish = (result: Result<GuardedReading>): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(result);
    };
    child.stderr?.on('data', (part: Buffer) => {
      complaint = (complaint + part.toString('utf8')).slice(-4000);
    });
    child.once('message', (answer: Result<GuardedReading>) => finish(answer));
    child.once('error', (error) => finish(ending ?? crashed(file, error.message)));
    child.once('close', (code, killed) => {
      if (ending !== undefined) finish(ending);
      else if (diedOfMemory(code, killed)) finish(outOfMemory(file, memoryMb));
      else finish(crashed(file, /^\w*Error: .*/m.exec(complaint)?.[0] ?? `code ${code ?? killed}`));
    });
    const request: ReadRequest = { input, options, memoryBytes: memoryMb * 1024 * 1024 };
    // A child that is already gone answers through `close`.
    child.send(request, () => {});
  });

/**
 * Digitises an uploaded model in a process of its own, so that no file can take the server down: it is ended after
 * `deadlineMs` (its start included) or beyond `memoryMb` of resident memory (1 GB unless said), and at most one less
 * than the machine's processors run at a time, sixteen more waiting.
 *
 * Errors: those of `readIfc` and `openFileSource`, `deadline-passed`, `out-of-memory`, `reading-failed`,
 * `readers-busy`, `cancelled`.
 */
export const readIfcGuarded = async (
  input: IfcInput,
  options: GuardOptions,
): Promise<Result<GuardedReading>> => {
  if (running >= MAX_AT_ONCE) {
    if (waiting.length >= MAX_WAITING) return busy(input.name);
    await new Promise<void>((resume) => waiting.push(resume));
  } else running += 1;
  try {
    return options.signal?.aborted === true ? cancelled(input.name) : await readInChild(input, options);
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
};
