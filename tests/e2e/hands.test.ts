import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoInto } from '../support/demo-folder.ts';
import { installation } from '../support/installation.ts';
import { faults, unfold } from '../support/page.ts';

const at = installation('hands', demoInto);

/** The body of the next call to an address that ends so. */
const sent = async (page: Page, end: string, act: () => Promise<void>): Promise<unknown> => {
  const asked = page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith(end));
  await act();
  return (await asked).postDataJSON();
};

describe('what hands do', () => {
  it('a double click computes one programme, not two', async () => {
    const { page, errors } = await at.open('#/programmes');
    await page.waitForSelector('#programme');
    await unfold(page, 'Changer les réglages');
    await page.getByRole('button', { name: 'Calculer le programme' }).dblclick();
    await page.getByText(/Programme n° 2\./).waitFor();
    // A second computation would have been queued before the first ended: it is looked for among the jobs, not waited for.
    const jobs = await page.evaluate<{ items?: unknown[] } | unknown[]>(
      `fetch('v1/jobs').then((response) => response.json())`,
    );
    const list = Array.isArray(jobs) ? jobs : (jobs.items ?? []);
    expect(JSON.stringify(list).match(/"kind":"[^"]*programme[^"]*"/g)).toHaveLength(1);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('a tertiary declaration is typed as on paper, and what it lacks is said', async () => {
    const { page, errors } = await at.open('#/batiments/ecole-1958');
    await page.waitForSelector('table.options');
    await unfold(page, 'Lieu, météo, années, décret');
    const again = () => page.getByRole('button', { name: 'Comparer ainsi' }).click();
    await page.getByLabel('Surface tertiaire, m²').fill('1\u202f160,5');
    await again();
    await page.getByText(/il manque «\sAnnée de référence/).waitFor();
    await page.getByLabel(/^Année de référence/).fill('2015');
    await page.getByLabel(/^Consommation de référence/).fill('deux');
    await again();
    await page.getByText(/«\sConsommation de référence, kWh\s» attend un nombre\./).waitFor();
    await page.getByLabel(/^Consommation de référence/).fill('250 000');
    expect(await sent(page, '/comparisons', again)).toMatchObject({
      tertiary: { areaM2: 1160.5, reference: { year: 2015, finalKwh: 250_000 }, otherUsesKwhYear: 0 },
    });
    await unfold(page, 'Confort d’été, lois et carbone');
    await page.getByText(/Décret tertiaire\s: chance d’être sous la cible/).waitFor();
    // As in the documents: “K h” would read as thousands of hours.
    expect(await page.getByRole('row', { name: /Degrés-heures d’inconfort/ }).textContent()).toContain(
      '°C·h',
    );
    // What was chosen is shown after a reload, as it is in the comparison: sent again, it would change nothing.
    await page.getByLabel('Météo').selectOption('warmer-2050');
    const warmer = { weather: { kind: 'warmer-2050' } };
    expect(await sent(page, '/comparisons', again)).toMatchObject(warmer);
    await page.reload();
    await page.waitForSelector('table.options');
    await unfold(page, 'Lieu, météo, années, décret');
    expect(await page.getByLabel('Météo').inputValue()).toBe('warmer-2050');
    expect(await page.getByLabel('Surface tertiaire, m²').inputValue()).toBe('1160,5');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('Lieu, météo, années, décret').isVisible()).toBe(false);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('the cost of works is typed with a comma, and what is no amount is said', async () => {
    const { page, errors } = await at.open('#/batiments/ecole-1958/resultats');
    const form = page.locator('section[aria-labelledby=declare]');
    await unfold(form);
    await form.getByLabel('Éclairage LED').check();
    await form.getByLabel('Premier jour').fill('2024-02-01');
    await form.getByLabel('Dernier jour').fill('2024-02-10');
    await form.getByLabel('Pourquoi').fill('facture');
    await form.getByLabel(/^Coût/).fill('cher');
    const declare = () => form.getByRole('button', { name: 'Déclarer ces travaux' }).click();
    await declare();
    await page.getByText(/Le coût n’est pas un montant en euros/).waitFor();
    await form.getByLabel(/^Coût/).fill('12 500,50');
    expect(await sent(page, '/works', declare)).toMatchObject({ costEur: 12_500.5 });
    await page.getByText(/Travaux déclarés/).waitFor();
    expect(faults(errors)).toEqual([]);
    await page.close();
  });

  it('on a phone an option stands beside doing nothing, and what introduces a table is not cut', async () => {
    const { page, errors } = await at.open('#/batiments/ecole-1958', { width: 360, colorScheme: 'dark' });
    await page.waitForSelector('table.options');
    const end = (selector: string): Promise<number> =>
      page
        .locator(selector)
        .first()
        .evaluate((part) => part.getBoundingClientRect().right);
    expect(await end('table.options thead th:nth-of-type(2)')).toBeLessThanOrEqual(360);
    expect(await end('section[aria-labelledby=envelope] caption')).toBeLessThanOrEqual(360);
    // The line says what it is wherever the table stands.
    await page
      .locator('table.options')
      .first()
      .locator('xpath=..')
      .evaluate((part) => part.scrollTo(400, 0));
    const heading = page.locator('table.options th[scope=row]').first();
    expect(await heading.evaluate((part) => part.getBoundingClientRect().left)).toBeGreaterThanOrEqual(0);
    expect(errors).toEqual([]);
    await page.close();
  });
});
