import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoInto } from '../support/demo-folder.ts';
import { installation } from '../support/installation.ts';
import { axeViolations, openFold, unfold } from '../support/page.ts';

const at = installation('meters', demoInto);
const school = '#/batiments/ecole-1958/compteurs';

/** The page once its charts are drawn. */
const drawn = async (page: Page): Promise<void> => {
  await page.waitForSelector('section[aria-labelledby=readings] canvas');
  await page.waitForSelector('section[aria-labelledby=residuals] canvas');
  await page.waitForSelector('h2#degree-days');
};

const api = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${at.server.url}v1/${path}`, {
    ...init,
    headers: {
      'content-type': 'application/json',
      cookie: `${at.server.cookie.name}=${at.server.cookie.value}`,
    },
  });

describe('an engineer looks at a meter', () => {
  it('opens it from the building, reads the chart point by point and zooms, by keyboard alone', async () => {
    const { page, errors } = await at.open('#/batiments/ecole-1958');
    await page.getByRole('link', { name: /Voir les compteurs/ }).press('Enter');
    await drawn(page);
    await expect
      .poll(() => page.textContent('h1'))
      .toMatch(/^Compteur de gaz\s: 99,8\s% du temps connu depuis le 1er janv\. 2022/);
    const chart = page.getByRole('slider', { name: /^Relevés par semaine/ });
    await chart.focus();
    await page.keyboard.press('Home');
    await expect
      .poll(() => chart.getAttribute('aria-valuetext'))
      .toMatch(/janv\. 2022.* kWh par jour, pointe .* kW/);
    const first = await chart.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).not.toBe(first);
    const closer = page.getByRole('button', { name: 'Plus près' });
    const before = page.url();
    await closer.press('Enter');
    await page.waitForFunction((old) => location.href !== old, before);
    // Twice before anything is drawn anew: both count, and each can be taken back.
    await closer.evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await page.getByText(/^Relevés par jour/).waitFor();
    await expect
      .poll(() => page.url())
      .toMatch(/compteurs\/ecole-1958-gas\?du=\d{4}-\d\d-\d\d&au=\d{4}-\d\d-\d\d$/);
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await page.getByText(/^Relevés par semaine/).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  it('finds the days of the address, each reading of them in a table', async () => {
    const { page } = await at.open(`${school}/ecole-1958-gas?du=2024-01-10&au=2024-01-10`);
    await page.getByText(/^Relevés un par un\s: 24\spoints/).waitFor();
    const readings = page.locator('section[aria-labelledby=readings]');
    await unfold(readings, 'Lire le tableau des valeurs');
    await readings.locator('tbody tr').first().waitFor();
    await expect.poll(() => readings.locator('tbody tr').count()).toBe(24);
    await page.close();
  });

  it('chooses a period with the mouse', async () => {
    const { page } = await at.open(school);
    await drawn(page);
    const over = page.locator('section[aria-labelledby=readings] .u-over');
    const width = (await over.boundingBox())?.width ?? 0;
    // Waits until the chart stands still: the sections above it may still push it down.
    await over.hover({ position: { x: width * 0.4, y: 60 } });
    await page.mouse.down();
    await over.hover({ position: { x: width * 0.5, y: 80 }, force: true });
    await page.mouse.up();
    await page.waitForFunction(() => location.hash.includes('du=2023-'));
    await page.close();
  });

  it('says in a sentence that the address names no meter, or no building', async () => {
    const { page } = await at.open(`${school}/nulle-part`);
    await page.getByText('n’a pas de compteur « nulle-part »').waitFor();
    await page.goto(`${at.server.url}#/batiments/nulle-part/compteurs`);
    await page.getByText('n’existe pas dans ce parc').waitFor();
    await page.close();
  });
});

describe('a manager decides', () => {
  it('about a doubtful reading under their own name, and takes it back', async () => {
    const { page, errors } = await at.open(school);
    const left = async (): Promise<number> =>
      Number(/(\d+) défauts? reste/.exec((await page.textContent('h1')) ?? '')?.[1]);
    await page.locator('summary', { hasText: /^valeur extrême/ }).click();
    await expect.poll(left).toBeGreaterThan(0);
    const before = await left();
    await page
      .getByRole('button', { name: /^Trancher : / })
      .first()
      .click();
    await page.getByText(/^Vous signez «/).waitFor();
    await page.getByLabel('Les multiplier par un facteur').check();
    await page.getByLabel('Pourquoi').fill('relevé faux');
    await page.getByRole('button', { name: 'Décider' }).click();
    await page.getByText('Donnez le facteur').waitFor();
    await page.getByLabel('Les exclure des calculs').check();
    await page.getByRole('button', { name: 'Décider' }).click();
    await page.waitForFunction(
      (old) => document.querySelector('h1')?.textContent?.includes(`${old - 1} défauts restent`),
      before,
    );
    await unfold(page, /^Décisions prises/);
    await page.getByText(/administrateur local.*exclus. «\srelevé faux\s»/).waitFor();
    await page.getByRole('button', { name: /^Reprendre\s: décision/ }).click();
    await page.getByLabel('Pourquoi').fill('il était vrai');
    await page.getByRole('button', { name: 'Reprendre cette décision' }).click();
    await page.getByText(/Reprise par administrateur local/).waitFor();
    await page.waitForFunction(
      (old) => document.querySelector('h1')?.textContent?.includes(`${old} défauts restent`),
      before,
    );
    expect(errors).toEqual([]);
    await page.close();
  });

  it('about an event: refused, confirmed after all with a correction, and withdrawn', async () => {
    const works = (await (await api('buildings/ecole-1958/works')).json()) as { id: string }[];
    const declared = await api('buildings/ecole-1958/events', {
      method: 'POST',
      body: JSON.stringify({
        worksId: works[0]?.id,
        from: '2024-02-05',
        to: '2024-02-16',
        reason: 'travaux voisins',
      }),
    });
    expect(declared.status).toBe(200);
    const { page, errors } = await at.open(school);
    const events = page.locator('section[aria-labelledby=events]');
    const decide = async (action: string, reason: string): Promise<void> => {
      await events.getByRole('button', { name: `${action} : 5 févr. 2024` }).click();
      await events.getByLabel('Pourquoi').fill(reason);
      await events.locator('form').getByRole('button', { name: action }).click();
    };
    await events.getByText('confirmé').waitFor();
    await decide('Refuser', 'école ouverte ces jours-là');
    await events.getByText('refusé').waitFor();
    await events.getByText(/administrateur local.*«\sécole ouverte ces jours-là\s»/).waitFor();
    await events.getByRole('button', { name: 'Confirmer : 5 févr. 2024' }).click();
    await events.getByLabel(/^Correction de la consommation/).fill('12,5');
    await events.getByLabel('Pourquoi').fill('moitié des classes');
    await events.locator('form').getByRole('button', { name: 'Confirmer' }).click();
    await events.getByText(/consommation attendue corrigée de 12,5\s%/).waitFor();
    await decide('Rouvrir', 'déclaré par erreur');
    await events.getByText(/^Aucun\./).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });
});

describe('readings are added', () => {
  const csv = (lines: readonly string[]) => ({
    name: 'janvier.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['time,kwh', ...lines].join('\n')),
  });

  it('after a report by line, and only then', async () => {
    const { page, errors } = await at.open(school);
    const section = page.locator('section[aria-labelledby=add-readings]');
    await section
      .getByLabel(/^Déposez un fichier de relevés/)
      .setInputFiles(csv(['2025-03-01T00:00:00Z,12', '2025-03-01T01:00:00Z,oops', '2025-03-01T02:00:00Z,9']));
    await section.getByText(/kWh par jour.*: 2\srelevés nouveaux/).waitFor();
    await section.getByText(/^Lignes laissées de côté\s: 1/).waitFor();
    await expect.poll(() => page.textContent('table.meters')).toContain(' – 1er janv. 2025');
    await section.getByRole('button', { name: 'Ajouter 2 relevés' }).click();
    await section.getByText(/^janvier.csv est gardé\s: 2\srelevés nouveaux/).waitFor();
    await page.waitForFunction(() =>
      document.querySelector('table.meters')?.textContent?.includes('1er mars 2025'),
    );
    expect(errors).toEqual([]);
    await page.close();
  });

  it('once a person has said whether rising values are a register', async () => {
    const { page } = await at.open(school);
    const section = page.locator('section[aria-labelledby=add-readings]');
    const rising = Array.from(
      { length: 30 },
      (_, day) => `${new Date(Date.UTC(2025, 3, 1 + day)).toISOString()},${1000 + 30 * day}`,
    );
    await section.getByLabel(/^Déposez un fichier de relevés/).setInputFiles(csv(rising));
    await section.getByRole('button', { name: 'C’est un index de compteur' }).click();
    await section.getByText(/30\skWh par jour/).waitFor();
    await section.getByRole('button', { name: 'Ne rien garder' }).click();
    await expect.poll(() => section.getByText(/30\skWh par jour/).count()).toBe(0);
    await page.close();
  });

  it('to a meter just declared, which shows the one next step while it is empty', async () => {
    const { page, errors } = await at.open(school);
    await unfold(page, 'Déclarer un autre compteur');
    await page.getByLabel(/^Code du compteur/).fill('elec-1');
    await page.getByRole('combobox', { name: 'Énergie' }).selectOption('electricity');
    await page.getByRole('combobox', { name: 'Usage' }).selectOption('all');
    await page.getByRole('button', { name: 'Déclarer', exact: true }).click();
    await page.waitForFunction(() => location.hash.endsWith('/compteurs/elec-1'));
    await page.getByText('Compteur d’électricité : aucun relevé encore.').waitFor();
    await expect.poll(() => page.locator('#readings').count()).toBe(0);
    const days = Array.from({ length: 3 }, (_, day) => `2025-03-0${1 + day}T00:00:00+01:00,${5 - day}`);
    await page.getByLabel(/^Déposez un fichier de relevés de elec-1/).setInputFiles(csv(days));
    await page.getByRole('button', { name: 'Ajouter 3 relevés' }).click();
    await page.waitForSelector('section[aria-labelledby=readings] canvas');
    await page.getByText(/jours? utilisables? dans la période de référence/).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });
});

describe('for all', () => {
  it.each([
    ['light', 'fr'],
    ['dark', 'en'],
    ['light', 'en'],
    ['dark', 'fr'],
  ] as const)('breaks no rule that axe knows, %s, %s, its details open', async (colorScheme, language) => {
    const { page } = await at.open(school, { colorScheme, language });
    await drawn(page);
    // Every folded table and list is read too.
    for (const summary of await page.locator('main summary').all()) await openFold(summary);
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });

  it('reflows at 320 pixels without a sideways scroll', async () => {
    const { page } = await at.open(school, { width: 320 });
    await drawn(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.close();
  });

  it('stays light: under 350 elements and 150 kB, and no chart code before a chart', async () => {
    const weigh = (page: Page) =>
      page.evaluate(() => {
        const entries = [
          ...performance.getEntriesByType('resource'),
          ...performance.getEntriesByType('navigation'),
        ];
        return {
          elements: document.querySelectorAll('*').length,
          names: entries.map(({ name }) => name).join(' '),
          bytes: entries.reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0),
        };
      });
    const { page } = await at.open('#/batiments/ecole-1958');
    await page.waitForSelector('h2#measured');
    expect((await weigh(page)).names).not.toMatch(/time-chart|meters-page/);
    await page.close();
    const { page: meters } = await at.open(school);
    await drawn(meters);
    const { elements, bytes, names } = await weigh(meters);
    expect(names).toContain('time-chart');
    expect(elements).toBeLessThanOrEqual(350);
    expect(bytes).toBeLessThan(150_000);
    await meters.close();
  });
});
