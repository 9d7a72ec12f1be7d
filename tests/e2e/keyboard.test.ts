import { describe, expect, it } from 'vitest';
import { demoInto } from '../support/demo-folder.ts';
import { installation } from '../support/installation.ts';
import { narrowly, stopOf, tabTo } from '../support/keys.ts';

const at = installation('keyboard', demoInto);

describe('four options for a school, by keys alone', () => {
  it.each([
    ['on a screen of 320 pixels', 320, 640],
    ['at 200 % of a screen of 1,280', 640, 450],
  ])('%s', async (_where, width, height) => {
    const { page, errors } = await at.open();
    await page.setViewportSize({ width, height });
    await page.waitForSelector('table.stock tbody a');
    await page.waitForLoadState('networkidle');
    await tabTo(page, /^Aller au contenu$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /Jules-Ferry/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await page.waitForSelector('table.options');
    await page.waitForLoadState('networkidle');
    expect(await narrowly(page)).toBe(true);

    await tabTo(page, /^Changer les options comparées$/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('table.choices');
    await tabTo(page, /^Ajouter une option vide$/);
    await page.keyboard.press('Enter');
    await page
      .getByRole('checkbox', { name: 'Éclairage LED, D' })
      .or(page.getByRole('checkbox', { name: /Éclairage LED, nouvelle option/ }))
      .waitFor();
    await tabTo(page, /Éclairage LED, (D|nouvelle option)/, 'Shift+Tab');
    await page.keyboard.press('Space');
    await page.getByText('Options B à D, sur 4').waitFor();
    // The key that built the option still stands where it was pressed.
    await expect.poll(async () => (await stopOf(page)).name).toMatch(/Éclairage LED, D/);
    await expect.poll(() => page.textContent('h1')).toContain('École Jules-Ferry');

    await tabTo(page, /MWh/);
    await page.keyboard.press('Enter');
    await page.locator('dialog.sheet').waitFor({ state: 'visible' });
    await page.keyboard.press('Escape');
    await page.locator('dialog.sheet').waitFor({ state: 'hidden' });
    await expect.poll(async () => (await stopOf(page)).name).toMatch(/MWh/);

    await tabTo(page, /^Scénarios gardés$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Nom$/);
    await page.keyboard.type(`Éclairage ${width}`);
    await tabTo(page, /^Garder$/);
    await page.keyboard.press('Enter');
    await page.locator('.saving strong', { hasText: `Éclairage ${width}` }).waitFor();
    await tabTo(page, /^Imprimer cette comparaison$/);
    expect(await narrowly(page)).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
  });
});
