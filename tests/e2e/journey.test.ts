import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoInto } from '../support/demo-folder.ts';
import { installation } from '../support/installation.ts';
import { axeViolations, unfold } from '../support/page.ts';
import { ecoIndex, weightOf } from './ecoindex.ts';

const at = installation('journey', demoInto);

describe('a manager looks at the stock', () => {
  it('reads the answer, sorts, opens a building by keyboard alone', async () => {
    const { page, errors } = await at.open();
    await page.waitForSelector('table.stock tbody a');
    await expect.poll(() => page.textContent('h1')).toMatch(/^7 bâtiments prennent .* par an/);
    await expect.poll(() => page.textContent('main')).toContain('relevés simulés');
    await expect.poll(() => page.locator('table.stock tbody tr').count()).toBe(7);
    // The figures of a column share its unit.
    const stock = (await page.textContent('table.stock tbody')) ?? '';
    expect(stock).toContain('k€');
    expect(stock).not.toMatch(/\d\s€|kg CO₂e|\skWh/);
    await page.getByRole('button', { name: 'Bâtiment' }).press('Enter');
    await page.locator('table.stock tbody tr', { hasText: 'Bureaux' }).first().waitFor();
    await expect.poll(() => page.locator('table.stock tbody tr').first().textContent()).toContain('Bureaux');
    await page
      .getByRole('link', { name: /Jules-Ferry/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('h2#envelope');
    await expect.poll(() => page.url()).toContain('#/batiments/ecole-1958');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('reads beside each consumption of a building which year and weather it is for', async () => {
    const { page, errors } = await at.open('#/batiments/ecole-1958');
    const facts = page.locator('dl.facts');
    await facts.getByText('Consommation de la dernière année relevée').waitFor();
    await facts.getByText('Par an, en météo moyenne').waitFor();
    await page.getByText(/^La première de ces consommations est dans la météo de son année/).waitFor();
    await page
      .getByText(/ce que le jumeau calé sur lui prendrait par an dans la météo de la comparaison/)
      .waitFor();
    await page.getByRole('button', { name: 'English' }).press('Enter');
    await facts.getByText('Consumption of the last year read').waitFor();
    await page.getByText(/^The first of these consumptions is in the weather of its own year/).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  it('is asked for anew at each visit, its parts only once: an upgrade never leaves an old page without them', async () => {
    const home = await fetch(at.server.url);
    expect(home.headers.get('cache-control')).toBe('no-cache');
    const part = /assets\/index-[^"]+\.js/.exec(await home.text())?.[0] ?? '';
    expect((await fetch(at.server.url + part)).headers.get('cache-control')).toContain('immutable');
  });

  it('stays light: elements, requests, bytes', async () => {
    const { page } = await at.open();
    await page.waitForSelector('table.stock tbody a');
    await page.waitForSelector('details.programme');
    const measured = await page.evaluate(() => {
      const entries = [
        ...performance.getEntriesByType('resource'),
        ...performance.getEntriesByType('navigation'),
      ];
      return {
        elements: document.querySelectorAll('*').length,
        requests: entries.length,
        bytes: entries.reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0),
      };
    });
    expect(measured.elements).toBeLessThanOrEqual(350);
    expect(measured.requests).toBeLessThanOrEqual(10);
    expect(measured.bytes).toBeLessThan(150_000);
    await page.close();
  });

  it('says honestly that temperature explains little of the pool', async () => {
    const { page } = await at.open('#/batiments/piscine-1985');
    await page.waitForSelector('h2#signature');
    await page.waitForSelector('.alert');
    await expect.poll(() => page.textContent('.alert')).toContain('explique peu');
    await page.close();
  });
});

/** The letters of the options that stand side by side. */
const besideEachOther = (page: Page, letters: string) =>
  page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('table.options thead th')]
        .slice(1)
        .map((head) => head.firstChild?.textContent)
        .join('') === wanted,
    letters,
  );

describe('a manager compares options', () => {
  it('changes an option and the answer changes with it', async () => {
    const { page, errors } = await at.open('#/batiments/residence-1972');
    await page.waitForSelector('h2#scenarios');
    await page.waitForFunction(() => document.querySelector('h1')?.textContent?.includes('par an'));
    const before = await page.textContent('table.options');
    await unfold(page, 'Changer les options comparées');
    await page.locator('.editor input[type=checkbox]').first().press('Space');
    await page.waitForFunction((old) => document.querySelector('table.options')?.textContent !== old, before);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('builds a fourth option, finds it again after a reload, takes it away, and prints the comparison alone', async () => {
    const { page, errors } = await at.open('#/batiments/ecole-1958');
    page.setDefaultTimeout(60_000);
    const compared = (letters: string) => besideEachOther(page, letters);
    await compared('ABC');
    await unfold(page, 'Changer les options comparées');
    await page.getByRole('button', { name: 'Ajouter une option vide' }).click();
    await page.getByRole('checkbox', { name: 'Éclairage LED, nouvelle option' }).check();
    await page.getByRole('checkbox', { name: 'Remplacement des fenêtres, D' }).check();
    // The one that has just been made is in sight.
    await compared('BCD');
    await page.getByText('Options B à D, sur 4').waitFor();
    await page.reload();
    await compared('ABC');
    await page.getByRole('button', { name: 'Suivantes' }).click();
    await compared('BCD');
    await unfold(page, 'Changer les options comparées');
    expect(await page.getByRole('checkbox', { name: 'Éclairage LED, D' }).isChecked()).toBe(true);
    // The letters of the editor are those of the comparison, whichever option is taken away.
    await page.getByRole('button', { name: 'Retirer A' }).click();
    await compared('ABC');
    expect(await page.getByRole('checkbox', { name: 'Éclairage LED, C' }).isChecked()).toBe(true);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: 'Revenir aux options proposées' }).click();
    await page.waitForFunction(
      () => !document.querySelector('table.options')?.textContent?.includes('Éclairage LED'),
    );
    await page.evaluate(() => {
      window.print = () => {};
    });
    await page.getByRole('button', { name: 'Imprimer cette comparaison' }).click();
    await page.emulateMedia({ media: 'print' });
    await page.locator('h2#envelope').waitFor({ state: 'hidden' });
    expect(await page.locator('table.options').isVisible()).toBe(true);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.locator('h2#envelope').waitFor({ state: 'visible' });
    expect(errors).toEqual([]);
    await page.close();
  });

  it.each([320, 360])(
    'finds what the lines are about at the end of a wide table, at %d pixels',
    async (width) => {
      const { page } = await at.open('#/batiments/residence-1972', { width });
      await page.waitForSelector('table.options');
      const told = await page.evaluate(() => {
        const wide = document.querySelector('.scroll:has(> table.options)');
        wide?.scrollTo({ left: wide.scrollWidth });
        const beside = wide?.getBoundingClientRect().left ?? 0;
        return {
          moved: (wide?.scrollLeft ?? 0) > 100,
          gone: [
            ...document.querySelectorAll('.options .group th, .options thead td, .options th[scope=row]'),
          ]
            .filter((head) => Math.abs(head.getBoundingClientRect().left - beside) > 1)
            .map(({ textContent }) => textContent),
          groups: [...document.querySelectorAll('.options .group th')].map(({ textContent }) => textContent),
        };
      });
      expect(told).toMatchObject({ moved: true, gone: [] });
      expect(told.groups.slice(0, 3)).toEqual(['Énergie', 'Euros', 'Carbone']);
      await page.close();
    },
  );

  it('compares twelve options on a page that stays light, three side by side, and prints them all', async () => {
    const { page, errors } = await at.open('#/batiments/residence-1972');
    await besideEachOther(page, 'ABC');
    await page.waitForLoadState('networkidle');
    expect((await weightOf(page)).elements).toBeLessThanOrEqual(350);
    await expect
      .poll(() => page.textContent('section[aria-labelledby=measured]'))
      .toMatch(/se recouvrent\. État\s: résultat établi\./);
    await page.evaluate(async () => {
      const { measures } = await (await fetch('v1/buildings/residence-1972/measures')).json();
      const ids = (measures as { id: string; applicable: boolean }[]).filter(({ applicable }) => applicable);
      const options = ids.slice(0, 12).map(({ id }) => [id]);
      localStorage.setItem(
        'stacoptim.draft.options.residence-1972',
        JSON.stringify({ options, conditions: { years: [] } }),
      );
    });
    await page.reload();
    await page.getByText('Options A à C, sur 12').waitFor();
    await page.waitForLoadState('networkidle');
    expect((await weightOf(page)).elements).toBeLessThanOrEqual(350);
    for (const letters of ['DEF', 'GHI', 'JKL']) {
      await page.getByRole('button', { name: 'Suivantes' }).click();
      await besideEachOther(page, letters);
    }
    await page.evaluate(() => {
      window.print = () => {};
    });
    await page.getByRole('button', { name: 'Imprimer cette comparaison' }).click();
    await besideEachOther(page, 'ABCDEFGHIJKL');
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await besideEachOther(page, 'JKL');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('sees the label as chances, keeps an option under a name, and branches from it', async () => {
    const { page, errors } = await at.open('#/batiments/residence-1972');
    await page.waitForSelector('table.options .dpe');
    await expect.poll(() => page.textContent('table.options')).toContain('estimation, pas un DPE');
    const saving = page.locator('.saving');
    await unfold(saving, 'Scénarios gardés');
    await saving.getByLabel('Nom').fill('Petit budget');
    await saving.getByRole('button', { name: 'Garder' }).click();
    await saving.locator('strong', { hasText: 'Petit budget' }).waitFor();
    await saving.getByLabel('Nom').fill('Suite');
    await saving.getByLabel('Variante de').selectOption({ label: 'Petit budget' });
    await saving.getByRole('button', { name: 'Garder' }).click();
    await saving.getByText('variante de « Petit budget »').waitFor();
    for (const name of ['Trois', 'Quatre', 'Cinq', 'Six']) {
      await saving.getByLabel('Nom').fill(name);
      await saving.getByRole('button', { name: 'Garder' }).click();
      await saving.locator('option', { hasText: name }).waitFor({ state: 'attached' });
    }
    await saving.getByText('1 à 5 sur 6').waitFor();
    await saving.getByRole('button', { name: 'Suivants' }).click();
    await saving.getByText('6 à 6 sur 6').waitFor();
    expect(await saving.locator('li strong').count()).toBe(1);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('opens any figure, and closes it with Escape', async () => {
    const { page } = await at.open('#/batiments/gymnase-1978');
    await page.waitForSelector('section[aria-labelledby=envelope] .figure');
    await page.locator('section[aria-labelledby=envelope] .figure').first().press('Enter');
    const sheet = page.locator('dialog.sheet');
    await sheet.waitFor({ state: 'visible' });
    await expect.poll(() => sheet.textContent()).toMatch(/Provenance/);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.close();
  });

  it('reads what the twin assumes, and what an answer would be worth', async () => {
    const { page, errors } = await at.open('#/batiments/ecole-1958');
    await page.getByRole('link', { name: /corriger les hypothèses/ }).click();
    await page.waitForSelector('#question-title');
    await expect
      .poll(() => page.textContent('.worth'))
      .toMatch(/resserre l’intervalle des déperditions de \d+\s%/);
    await expect.poll(() => page.textContent('h1')).toContain('École Jules-Ferry');
    await page.locator('.question .field').fill('0,6');
    await page.getByRole('button', { name: 'Répondre' }).click();
    await page.waitForSelector('#question-problem');
    await expect.poll(() => page.textContent('#question-problem')).toContain('Écrivez d’abord votre nom');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('reads in English and remembers it', async () => {
    const { page } = await at.open();
    await page.getByRole('button', { name: 'English' }).click();
    await expect.poll(() => page.textContent('h1')).toMatch(/^7 buildings take/);
    await page.reload();
    await page.waitForSelector('table.stock');
    await expect.poll(() => page.getAttribute('html', 'lang')).toBe('en');
    await page.close();
  });
});

describe('a citizen asks what the tool itself takes', () => {
  it('finds it by kind of work beside what the works saved, with the method', async () => {
    const { page, errors } = await at.open();
    await page.getByRole('link', { name: 'à quoi' }).click();
    await page.waitForSelector('#by-work');
    await page.waitForSelector('h1');
    await expect
      .poll(() => page.textContent('h1'))
      .toMatch(/^L’outil a pris [\d\s]+J \(.*ont économisé .*MWh \(.*première année\.$/);
    await expect.poll(() => page.textContent('main')).toContain('relevés simulés');
    const parts = page.locator('section[aria-labelledby=by-work] tbody td:last-child');
    await parts.first().waitFor();
    const shares = await parts.allTextContents();
    const total = shares.reduce((sum, share) => sum + Number.parseInt(share, 10), 0);
    expect(Math.abs(total - 100)).toBeLessThanOrEqual(shares.length);
    await expect
      .poll(() => page.textContent('section[aria-labelledby=method]'))
      .toContain('secondes de processeur');
    expect(errors).toEqual([]);
    await page.close();
  });
});

describe('a council votes', () => {
  it('reads a kept programme and accepts it under the caller’s own name, once', async () => {
    const { page, errors } = await at.open('#/programmes');
    await page.waitForSelector('#programme');
    await expect.poll(() => page.locator('a[download][href*="format=pdf"]').count()).toBeGreaterThan(0);
    await page.getByText(/^Vous signez «\sadministrateur local\s»/).waitFor();
    await page.getByRole('textbox', { name: 'Pourquoi' }).fill('Vote du conseil');
    await page.getByRole('button', { name: 'Accepter ce programme' }).click();
    await page.getByText(/^Accepté par administrateur local/).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Accepter ce programme' }).count()).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });
});

const pages = [
  ['', 'table.stock tbody a'],
  ['#/?urgence=none&nom=peupliers', 'table.stock tbody a'],
  ['#/batiments/ecole-1958', 'h2#measured'],
  ['#/batiments/residence-1972', 'table.options .dpe'],
  ['#/programmes', '#programme'],
  ['#/sobriete', '#by-work'],
] as const;

describe('for all', () => {
  it.each(pages)(
    'page “%s” breaks no rule that axe knows, light and dark, in both languages',
    async (path, sign) => {
      for (const [colorScheme, language] of [
        ['light', 'fr'],
        ['dark', 'en'],
      ] as const) {
        const { page } = await at.open(path, { colorScheme, language });
        await page.waitForSelector(sign);
        await page.waitForSelector('h1');
        expect(await axeViolations(page)).toEqual([]);
        await page.close();
      }
    },
  );

  it.each(pages)('page “%s” reflows at 320 pixels without a sideways scroll', async (path, sign) => {
    const { page } = await at.open(path, { width: 320 });
    await page.waitForSelector(sign);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.close();
  });

  it.each([
    ...pages,
    ['#/batiments/ecole-1958/compteurs', 'section[aria-labelledby=residuals] canvas'],
    ['#/batiments/ecole-1958/resultats', '#learnt'],
    ['#/resultats', '#learnt'],
  ] as const)('page “%s” is worth an A by EcoIndex, all of it loaded', async (path, sign) => {
    const { page } = await at.open(path);
    await page.waitForSelector(sign);
    await page.waitForLoadState('networkidle');
    const weight = await weightOf(page);
    expect(ecoIndex(weight), JSON.stringify(weight)).toBeGreaterThan(80);
    await page.close();
  });

  it('tells an unknown building in a sentence', async () => {
    const { page } = await at.open('#/batiments/nulle-part');
    await page.waitForSelector('[role=alert]');
    await expect.poll(() => page.textContent('[role=alert]')).toContain('n’existe pas');
    await page.close();
  });
});
