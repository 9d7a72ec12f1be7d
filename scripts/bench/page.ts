import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ecoIndex, weightOf } from '../../tests/e2e/ecoindex.ts';
import { openBrowser } from '../../tests/support/browser.ts';
import { serve, type Served } from '../../tests/support/served.ts';
import { type Figure, figuresOf, type Part } from '../figures/figure.ts';
import { benchLines, makeBenchStock } from './page-stock.ts';

const figure = figuresOf('page', 'npm run bench -- --only page');

const cpuSlowdown = 4;
/** Round trip, ms, and bytes a second of a slow 4G line, as Lighthouse has them: 150 ms, 1.6 Mbit/s down, 0.75 up. */
const slow4g = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const runs = 5;
const firstLine = 'table.stock tbody a';

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;

/** A page in a browser that knows nothing yet, on a phone's processor and, where asked, its line. */
const openSlow = async (browser: Browser, { cookie }: Served, line: boolean): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([cookie]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  if (line) await devtools.send('Network.emulateNetworkConditions', { offline: false, ...slow4g });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
  return page;
};

/** Notes when the first line of the table is drawn, and the tasks that kept the page from answering before. */
const watchStart = (selector: string): void => {
  const seen = { drawnMs: 0, busyUntilMs: 0 };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      if (seen.drawnMs === 0 || startTime < seen.drawnMs) seen.busyUntilMs = startTime + duration;
  }).observe({ type: 'longtask', buffered: true });
  const look = (): void => {
    if (document.querySelector(selector) === null) requestAnimationFrame(look);
    else seen.drawnMs = performance.now();
  };
  requestAnimationFrame(look);
};

/** Ms from the navigation until the first line can be read and opened, nothing holding the page. */
const interactiveMs = async (browser: Browser, server: Served, line: boolean): Promise<number> => {
  const page = await openSlow(browser, server, line);
  await page.addInitScript(watchStart, firstLine);
  await page.goto(server.url);
  await page.waitForSelector(firstLine);
  await page.waitForTimeout(300);
  const seen = await page.evaluate(
    () => (globalThis as unknown as { seen: { drawnMs: number; busyUntilMs: number } }).seen,
  );
  await page.context().close();
  return Math.max(seen.drawnMs, seen.busyUntilMs);
};

const sampleFigures = async (
  browser: Browser,
  server: Served,
  tell: (line: string) => void,
): Promise<readonly Figure[]> => {
  const slow: number[] = [];
  const near: number[] = [];
  for (let run = 0; run < runs; run++) {
    slow.push(await interactiveMs(browser, server, true));
    near.push(await interactiveMs(browser, server, false));
    tell(`   first page, run ${run + 1} of ${runs}: ${Math.round(slow.at(-1) ?? 0)} ms`);
  }
  const page = await openSlow(browser, server, false);
  await page.goto(server.url);
  await page.waitForSelector(firstLine);
  await page.waitForLoadState('networkidle');
  const weight = await weightOf(page);
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  await page.context().close();
  const ms = median(slow);
  return [
    figure({
      id: 'interactive',
      metric: `Stock page, cold, processor ÷${cpuSlowdown} and slow 4G: first line drawn and no long task left`,
      value: ms / 1000,
      unit: 's',
      goal: '1 s or less',
      holds: ms <= 1000,
      n: runs,
      comparator: { name: 'the same without the slow line', value: median(near) / 1000, unit: 's' },
    }),
    figure({
      id: 'bytes',
      metric: 'Stock page with the sample stock, over the wire',
      value: weight.kilobytes,
      unit: 'kB',
      goal: 'under 150 kB',
      holds: weight.kilobytes < 150,
      n: 1,
    }),
    figure({
      id: 'requests',
      metric: 'Its requests',
      value: weight.requests,
      unit: '1',
      goal: '10 or fewer',
      holds: weight.requests <= 10,
      n: 1,
    }),
    figure({
      id: 'elements',
      metric: 'Its elements, those inside drawings too',
      value: elements,
      unit: '1',
      goal: '350 or fewer',
      holds: elements <= 350,
      n: 1,
    }),
    figure({
      id: 'ecoindex',
      metric: 'Its EcoIndex',
      value: ecoIndex(weight),
      unit: '1',
      goal: 'over 80 (A)',
      holds: ecoIndex(weight) > 80,
      n: 1,
    }),
  ];
};

type Trace = { readonly traceEvents: readonly { name: string; dur?: number; cat?: string }[] };

const scrollFigures = async (browser: Browser, server: Served): Promise<readonly Figure[]> => {
  const page = await openSlow(browser, server, false);
  await page.goto(server.url);
  await page.waitForSelector(firstLine);
  await page.waitForLoadState('networkidle');
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  const frames = await page.evaluate(async () => {
    const box = document.querySelector('.lines');
    if (box === null) throw new Error('no list');
    const steps = 600;
    const gaps: number[] = [];
    let [most, before] = [0, performance.now()];
    for (let step = 1; step <= steps; step++) {
      box.scrollTop = ((box.scrollHeight - box.clientHeight) * step) / steps;
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const now = performance.now();
      gaps.push(now - before);
      before = now;
      if (step % 20 === 0) most = Math.max(most, document.querySelectorAll('*').length);
    }
    return { longestMs: Math.max(...gaps), meanMs: gaps.reduce((sum, gap) => sum + gap, 0) / steps, most };
  });
  const trace = JSON.parse((await browser.stopTracing()).toString()) as Trace;
  const longestTaskMs = trace.traceEvents.reduce(
    (most, { name, dur = 0 }) =>
      name === 'RunTask' || name === 'ThreadControllerImpl::RunTask' ? Math.max(most, dur / 1000) : most,
    0,
  );
  await page.context().close();
  return [
    figure({
      id: 'scroll-frame',
      metric: `Longest frame while ${benchLines} lines are scrolled from end to end in 600 steps, processor ÷${cpuSlowdown}`,
      value: frames.longestMs,
      unit: 'ms',
      goal: 'no dropped second',
      holds: frames.longestMs < 1000,
      n: 600,
      comparator: { name: 'mean frame', value: frames.meanMs, unit: 'ms' },
    }),
    figure({
      id: 'scroll-task',
      metric: 'Longest task of the trace of that scroll',
      value: longestTaskMs,
      unit: 'ms',
      goal: 'reported',
      holds: null,
      n: 1,
    }),
    figure({
      id: 'scroll-elements',
      metric: 'Most elements in the page during it',
      value: frames.most,
      unit: '1',
      goal: '350 or fewer',
      holds: frames.most <= 350,
      n: 30,
    }),
  ];
};

const answerFigures = async ({ url, cookie }: Served): Promise<readonly Figure[]> => {
  const asked = [
    ['summary', 'Counts, totals and dates of the law', 'stock/summary'],
    [
      'jump',
      'Fifty lines from the middle, by yearly energy',
      'buildings?sort=-annualKwh&limit=50&skip=25000',
    ],
    ['map', 'The map: cells of all the places', 'stock/map'],
  ] as const;
  const figures: Figure[] = [];
  for (const [id, what, path] of asked) {
    const times: number[] = [];
    let bytes = 0;
    for (let run = 0; run < runs; run++) {
      const from = performance.now();
      const answer = await fetch(`${url}v1/${path}`, {
        headers: { cookie: `${cookie.name}=${cookie.value}` },
      });
      bytes = (await answer.arrayBuffer()).byteLength;
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      times.push(performance.now() - from);
    }
    figures.push(
      figure({
        id: `answer-${id}`,
        metric: `${what}, ${benchLines} buildings`,
        value: median(times),
        unit: 'ms',
        goal: 'reported',
        holds: null,
        n: runs,
        comparator: { name: 'bytes before compression', value: bytes / 1000, unit: 'kB' },
      }),
    );
  }
  return figures;
};

const served = async <T>(
  make: (data: string) => Promise<void>,
  work: (server: Served) => Promise<T>,
): Promise<T> => {
  const data = mkdtempSync(join(tmpdir(), 'stacoptim-bench-page-'));
  try {
    await make(data);
    const server = await serve(data);
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
};

const makeSample = (data: string): Promise<void> => {
  const { status } = spawnSync(process.execPath, ['bin/stacoptim.mjs', 'demo', '--data', data], {
    stdio: 'ignore',
  });
  return status === 0 ? Promise.resolve() : Promise.reject(new Error(`the demo ended with ${status}`));
};

export const pagePart: Part = {
  title: 'The stock page',
  notes: `Chromium, headless, its processor slowed ${cpuSlowdown} times and its line that of a slow 4G (150 ms, 1.6 Mbit/s) through the
DevTools protocol; the machine's own speed shows in it. Cold means a new browser profile, medians of ${runs}. The 50,000 lines are made up and
written as the program would have computed them: what is measured is reading and drawing. Build the page before (\`npm run build:web\`).`,
  run: async ({ tell }) => {
    const browser = await openBrowser();
    try {
      const sample = await served(makeSample, (server) => sampleFigures(browser, server, tell));
      const large = await served(makeBenchStock, async (server) => [
        ...(await scrollFigures(browser, server)),
        ...(await answerFigures(server)),
      ]);
      return [...sample, ...large];
    } finally {
      await browser.close();
    }
  },
};
