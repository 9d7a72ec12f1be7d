#!/usr/bin/env node
// The sources are TypeScript run without a build, which needs Node 24; an older host starts the one that npm installed.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'src', 'cli', 'main.ts');
/**
 * What Node makes of the sources (types stripped, compiled) is kept beside the installed packages: every start but the
 * first takes half the time. Where the folder may not be written nothing is kept.
 */
const compiled = join(root, 'node_modules', '.cache', 'stacoptim');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
/** From 24.12 types are stripped without a warning, and no second process is needed. */
const runsHere = major > 24 || (major === 24 && minor >= 12);

function bundledNode() {
  try {
    const require = module.createRequire(import.meta.url);
    const manifest = require.resolve(`node-${process.platform}-${process.arch}/package.json`);
    const path = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

async function runElsewhere(node) {
  // Loaded here alone: where the program runs itself, the network's code that it brings would be a tenth of its start.
  const { spawn } = await import('node:child_process');
  // The one that npm installed runs this file anew; an early Node 24 only needs to be told not to warn.
  const entry = node === process.execPath ? main : fileURLToPath(import.meta.url);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', entry, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exit(signal === null ? (code ?? 1) : 128 + (signal === 'SIGINT' ? 2 : 15));
  });
}

/**
 * Finds our own sources by their address alone. Their imports name whole files, so nothing of Node's search (package
 * scopes, conditions, formats) is needed: a third of the time of loading them.
 */
function findSourcesDirectly() {
  const sources = new URL('../src/', import.meta.url).href;
  module.registerHooks({
    resolve: (name, context, next) =>
      name.endsWith('.ts') && /^[.#]/.test(name) && context.parentURL?.startsWith(sources)
        ? {
            url: new URL(name.replace(/^#/, sources), context.parentURL).href,
            format: 'module-typescript',
            shortCircuit: true,
          }
        : next(name, context),
  });
}

if (runsHere) {
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE ?? compiled);
  findSourcesDirectly();
  await import(pathToFileURL(main).href);
} else {
  const node = major === 24 ? process.execPath : bundledNode();
  if (node === undefined) {
    process.stderr.write(
      `stacoptim: il faut Node 24 sur cette plate-forme (ici ${process.versions.node}). / Node 24 is needed on this platform.\n`,
    );
    process.exit(1);
  }
  await runElsewhere(node);
}
