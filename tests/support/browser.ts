import chromiumBinary from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** As long as a page is waited for: a machine may have much else to do. */
const PATIENCE_MS = 90_000;

/**
 * The Chromium that npm brings, headless, with none of its own requests to the outside. The package's own flags are
 * left out: they end the browser with its first page and lift the security that the journeys rely on.
 */
export const openBrowser = async (): Promise<Browser> => {
  const browser = await chromium.launch({
    executablePath: await chromiumBinary.executablePath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    // In the POSIX locale pages would be told the language “en-US@posix”, which no browser of a person has and Intl refuses.
    env: { ...process.env, LC_ALL: 'fr_FR.UTF-8' },
    headless: true,
  });
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
};
