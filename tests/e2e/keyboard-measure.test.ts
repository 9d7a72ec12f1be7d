import { describe, expect, it } from 'vitest';
import { demoInto } from '../support/demo-folder.ts';
import { installation } from '../support/installation.ts';
import { dayAt, heldAt, narrowly, pressAt, shot, stopOf, tabTo, typeAt } from '../support/keys.ts';

const at = installation('keyboard-measure', demoInto);

describe('what was measured, by keys alone', () => {
  it('a meter is read point by point, a doubtful reading decided upon and the decision taken back', async () => {
    const { page, errors } = await at.open('#/batiments/ecole-1958/compteurs');
    await page.setViewportSize({ width: 320, height: 640 });
    await page.waitForSelector('section[aria-labelledby=residuals] canvas');
    await page.waitForSelector('h2#degree-days');
    await page.waitForLoadState('networkidle');
    await tabTo(page, /^Relevés par semaine/);
    const said = () => page.evaluate(() => document.activeElement?.getAttribute('aria-valuetext'));
    await page.keyboard.press('End');
    const last = await said();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(said).not.toBe(last);
    await shot(page, 'meter');
    await pressAt(page, /^Plus près$/, 'Shift+Tab');
    await page.waitForURL(/du=/);
    await heldAt(page, /^Plus près$/);

    await pressAt(page, /^valeur extrême/);
    await page
      .getByRole('button', { name: /^Trancher : / })
      .first()
      .waitFor();
    const left = async (): Promise<number> =>
      Number(/(\d+) défauts? reste/.exec((await page.textContent('h1')) ?? '')?.[1]);
    await expect.poll(left).toBeGreaterThan(0);
    const before = await left();
    await pressAt(page, /^Trancher : /);
    await page.getByText(/^Vous signez «/).waitFor();
    await tabTo(page, /^Les (garder|exclure)/);
    await page.keyboard.press('ArrowDown');
    await typeAt(page, /^Pourquoi$/, 'relevé faux');
    await shot(page, 'decision');
    await tabTo(page, /^Décider$/);
    await page.keyboard.press('Enter');
    await page.getByText('Donnez le facteur').waitFor();
    await heldAt(page, /^Décider$/);
    await tabTo(page, /^Les multiplier/, 'Shift+Tab');
    await page.keyboard.press('ArrowUp');
    await pressAt(page, /^Décider$/);
    await expect.poll(left).toBe(before - 1);
    // The form is gone; the line it stood on, or what opens it, is not.
    await expect.poll(async () => (await stopOf(page)).name).not.toBe('');
    await pressAt(page, /^Décisions prises/);
    await pressAt(page, /^Reprendre : décision/);
    await typeAt(page, /^Pourquoi$/, 'il était vrai');
    await pressAt(page, /^Reprendre cette décision$/);
    await expect.poll(left).toBe(before);
    await expect.poll(async () => (await stopOf(page)).name).not.toBe('');
    expect(await narrowly(page)).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('works are declared under a name, and their baseline frozen', async () => {
    const { page, errors } = await at.open('#/batiments/musee-pierre/resultats');
    await page.setViewportSize({ width: 640, height: 450 });
    await page.waitForSelector('#declare');
    await page.waitForLoadState('networkidle');
    await pressAt(page, /^Des travaux commencent/);
    await page.getByLabel('Remplacement des fenêtres').waitFor();
    await tabTo(page, /^Remplacement des fenêtres$/);
    await page.keyboard.press('Space');
    await dayAt(page, /^Premier jour$/, '2024-03-01');
    await dayAt(page, /^Dernier jour$/, '2024-03-20');
    await typeAt(page, /^Pourquoi$/, 'procès-verbal de réception');
    await shot(page, 'works');
    await pressAt(page, /^Déclarer ces travaux$/);
    await page.getByText(/Référence gelée au 29 févr\. 2024 sur \d+ compteur/).waitFor();
    await expect.poll(async () => (await stopOf(page)).name).not.toBe('');
    await expect.poll(() => page.textContent('h1')).toContain('travaux de 2024');
    // Its reason was its own: the next works ask for theirs.
    await expect.poll(() => page.getByLabel('Pourquoi').last().inputValue()).toBe('');
    expect(await narrowly(page)).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('an event is declared, both savings read, and the event taken back', async () => {
    const { page, errors } = await at.open('#/batiments/ecole-1958/resultats');
    await page.setViewportSize({ width: 640, height: 450 });
    await page.waitForSelector('#learnt');
    await page.waitForLoadState('networkidle');
    await pressAt(page, /^Déclarer un évènement$/);
    await page.getByLabel('Du', { exact: true }).waitFor();
    await dayAt(page, /^Du$/, '2024-02-01');
    await dayAt(page, /^Au$/, '2024-02-20');
    await typeAt(page, /^Pourquoi$/, 'chaudière de secours');
    await pressAt(page, /^Déclarer$/);
    await page.getByText('La même sans les ajustements').waitFor();
    await heldAt(page, /^Déclarer un évènement$/);
    await shot(page, 'event');
    await pressAt(page, /^Rouvrir : 1er févr\. 2024$/, 'Shift+Tab');
    await typeAt(page, /^Pourquoi$/, 'erreur de date');
    await pressAt(page, /^Rouvrir$/);
    await page.getByText('La même sans les ajustements').waitFor({ state: 'detached' });
    await expect.poll(async () => (await stopOf(page)).name).not.toBe('');
    expect(await narrowly(page)).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
  });
});
