import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from './browser.ts';
import { openPage, type Opened, type Seen } from './page.ts';
import { serve, type Served } from './served.ts';

export type Installation = {
  readonly data: string;
  readonly server: Served;
  readonly browser: Browser;
  readonly open: (path?: string, seen?: Seen) => Promise<Opened>;
  /** Starts a server again on the same folder and port, after the one before has ended. */
  readonly restart: () => Promise<void>;
};

/** For the journeys of one file: a folder filled as said, a server on it and a browser, there before the first and gone after the last. */
export const installation = (
  name: string,
  fill: (data: string) => void | Promise<void> = () => {},
): Installation => {
  const data = mkdtempSync(join(tmpdir(), `stacoptim-${name}-`));
  let server: Served | undefined;
  let browser: Browser | undefined;
  const started = <One>(one: One | undefined): One => {
    if (one === undefined) throw new Error('nothing has been started yet: ask inside a test');
    return one;
  };

  beforeAll(async () => {
    await fill(data);
    server = await serve(data);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  return {
    data,
    get server() {
      return started(server);
    },
    get browser() {
      return started(browser);
    },
    open: (path = '', seen = {}) => openPage(started(browser), started(server), path, seen),
    restart: async () => {
      server = await serve(data, new URL(started(server).url).port);
    },
  };
};
