import { describe, expect, it } from 'vitest';
import { demoInto } from '../support/demo-folder.ts';
import { installation } from '../support/installation.ts';
import { axeViolations, faults, unfold } from '../support/page.ts';
import { stacoptim } from '../support/stacoptim.ts';

const at = installation('results', demoInto);
const school = '#/batiments/ecole-1958/resultats';

describe('an engineer reads what the works delivered', () => {
  it('finds the answer, the baseline, the months by keyboard, the models and what was learnt', async () => {
    const { page, errors } = await at.open(school);
    await page.waitForSelector('#learnt');
    await expect
      .poll(() => page.textContent('h1'))
      .toMatch(/les travaux de 2023 ont économisé .*MWh \(.*la première année/);
    await page.getByText(/^Référence gelée n° \d+ du compteur ecole-1958-gas sur les jours du/).waitFor();
    const slider = page.getByLabel('Lire un mois');
    const before = await page.textContent('.months figcaption');
    await slider.press('ArrowLeft');
    await expect.poll(() => page.textContent('.months figcaption')).not.toBe(before);
    await expect
      .poll(() => slider.getAttribute('aria-valuetext'))
      .toMatch(/sans les travaux .* relevé .* économisé/);
    await unfold(page, 'Lire le tableau des mois');
    await page.locator('.months table tbody tr').first().waitFor();
    await expect.poll(() => page.locator('.months table tbody tr').count()).toBeGreaterThan(11);
    await expect.poll(() => page.textContent('table.periods')).toContain('Année type, normalisée');
    await expect
      .poll(() => page.textContent('section[aria-labelledby=models]'))
      .toMatch(/est en vigueur depuis le [^:]+\. Promu\s: erreur de [\d,]+\s%[^.]*\. La référence gelée/);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('opens the gap by cause, the same as the command line tells, and finds no alarm on the sample stock', async () => {
    const told = stacoptim('gaps', 'ecole-1958', '--data', at.data);
    expect(told.code).toBe(0);
    expect(told.stdout).toMatch(/^Travaux ecole-1958-2023 : .* kWh en tout \(positif : moins économisé/);
    const { page, errors } = await at.open(school);
    const gap = page.locator('section[aria-labelledby=gap]');
    await unfold(gap);
    await gap.locator('tfoot').waitFor();
    const causes = await gap.locator('tbody th').allTextContents();
    expect(causes).toContain('Consigne et usage');
    for (const cause of causes) expect(told.stdout).toContain(cause);
    const heat = gap.locator('tbody tr', { hasText: 'Enveloppe, système, air' });
    await expect
      .poll(() => heat.textContent())
      .toMatch(/la pente du chauffage a changé .*le compteur ne voit que leur/);
    expect(await axeViolations(page)).toEqual([]);
    const alarms = page.locator('section[aria-labelledby=alarms]');
    await alarms.getByText('Aucune alerte.').waitFor();
    await alarms.getByText(/pas veillé\s: aucun relevé depuis le /).waitFor();
    expect(stacoptim('alarms', 'ecole-1958', '--data', at.data).stdout).toContain('Aucune alerte gardée');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('goes back to the model before, under their own name', async () => {
    const { page, errors } = await at.open(school);
    const models = page.locator('section[aria-labelledby=models]');
    await unfold(models, 'Revenir au modèle précédent');
    await models.getByLabel('Pourquoi').fill('essai de retour');
    await expect.poll(() => models.locator('.status.current').count()).toBe(1);
    const first = await models.locator('tbody th').first().textContent();
    await models.getByRole('button', { name: 'Remettre le modèle précédent en vigueur' }).click();
    await models.getByRole('cell', { name: 'essai de retour' }).waitFor();
    await models
      .locator('tr', { hasText: first ?? '' })
      .first()
      .getByText('retiré')
      .waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  it('declares an event, sees both figures, and takes it back', async () => {
    const { page, errors } = await at.open(school);
    await unfold(page, 'Déclarer un évènement');
    await page.getByLabel('Du', { exact: true }).fill('2024-02-01');
    await page.getByLabel('Au', { exact: true }).fill('2024-02-20');
    await page.getByLabel('Pourquoi').fill('chaudière de secours');
    await page.getByRole('button', { name: 'Déclarer', exact: true }).click();
    await page.getByText('La même sans les ajustements').waitFor();
    await expect
      .poll(() => page.textContent('section[aria-labelledby=events]'))
      .toMatch(/administrateur local.*jours mis de côté.*chaudière de secours/);
    await page.getByRole('button', { name: /^Rouvrir/ }).click();
    await page.getByLabel('Pourquoi').fill('erreur de date');
    await page.getByRole('button', { name: 'Rouvrir', exact: true }).last().click();
    await page.getByText('La même sans les ajustements').waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
    await page.close();
  });

  it('says what works aimed at, which measures them anew, and takes it back', async () => {
    const { page, errors } = await at.open(school);
    await unfold(page, 'Les travaux visaient : à voir d’après les relevés');
    const aim = async (wanted: string, after: string): Promise<void> => {
      await page.getByLabel('Ce que les travaux visaient').first().selectOption(wanted);
      await page.getByLabel('Pourquoi').first().fill('chaufferie et éclairage');
      await page.getByRole('button', { name: 'Mesurer ainsi' }).press('Enter');
      await page.getByText(`Les travaux visaient : ${after}`).waitFor();
      await page.getByText('Gardé : l’économie ci-dessus est mesurée ainsi.').waitFor();
    };
    await aim('whole', 'toute la consommation');
    await aim('auto', 'à voir d’après les relevés');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('declares works that a reload does not lose, and freezes their baseline', async () => {
    const { page, errors } = await at.open('#/batiments/musee-pierre/resultats');
    const form = page.locator('section[aria-labelledby=declare]');
    const opened = async (): Promise<void> => {
      await unfold(form);
      await form.getByLabel('Remplacement des fenêtres').waitFor();
    };
    await opened();
    await form.getByLabel('Remplacement des fenêtres').check();
    await form.getByLabel('Premier jour').fill('2024-10-01');
    await page.reload();
    await opened();
    await expect.poll(() => form.getByLabel('Premier jour').inputValue()).toBe('2024-10-01');
    await expect.poll(() => form.getByLabel('Remplacement des fenêtres').isChecked()).toBe(true);
    await form.getByLabel('Dernier jour').fill('2024-10-20');
    await form.getByLabel('Pourquoi').fill('procès-verbal de réception');
    await form.getByRole('button', { name: 'Déclarer ces travaux' }).click();
    await page.getByText(/Référence gelée au 30 sept\. 2024 sur \d+ compteur/).waitFor();
    await page.getByText('administrateur local').first().waitFor();
    await expect.poll(() => page.textContent('h1')).toContain('travaux de 2024');
    expect(errors).toEqual([]);
    await page.close();
  });
});

describe('a manager builds a programme', () => {
  it('sets budgets, computes, finds settings and plan again after a reload, and sees what more money brings', async () => {
    const { page, errors } = await at.open('#/programmes');
    await unfold(page, 'Changer les réglages et recalculer');
    const budgets = page.locator('.budgets .field');
    await budgets.nth(1).fill('120 000');
    await page.getByRole('button', { name: 'Une année de moins' }).click();
    await page.getByLabel('Chantiers par an, au plus').fill('2');
    await page.reload();
    await unfold(page, 'Changer les réglages et recalculer');
    await expect.poll(() => budgets.nth(1).inputValue()).toBe('120 000');
    await expect.poll(() => budgets.count()).toBe(3);
    const before = page.url();
    await page.getByRole('button', { name: 'Calculer le programme' }).click();
    // Long work is left and found again.
    await page.getByRole('button', { name: 'Arrêter' }).waitFor();
    await page.reload();
    await page.waitForURL((url) => url.href !== before);
    await page.locator('h1', { hasText: /pour .*\sk€ de travaux, sur 620\sk€/ }).waitFor();
    // The answer is where the eye and the keyboard are, and the settings are folded again.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await expect.poll(() => page.locator('.budgets').count()).toBe(0);
    // Each step back is the programme that was seen there.
    const computed = page.url();
    await page.goBack();
    await expect.poll(() => page.url()).toBe(before);
    await page.goForward();
    await expect.poll(() => page.url()).toBe(computed);
    await page.locator('h1', { hasText: /sur 620\sk€/ }).waitFor();
    await expect.poll(() => page.locator('.plan tbody tr').count()).toBe(7);
    await expect.poll(() => page.textContent('.plan')).toContain('pas cette fois');
    await page.getByRole('button', { name: 'Tracer les meilleurs plans de chaque prix' }).click();
    await page.locator('section[aria-labelledby=front] .waiting').waitFor();
    await page.getByRole('link', { name: 'Le parc', exact: true }).click();
    await page.waitForSelector('table.stock tbody a');
    await page.goBack();
    await page.getByText(/(de plus de travaux|Sans plus d’argent en tout) .*\sMWh de plus par an/).waitFor();
    await page.getByLabel('Comparer avec').selectOption({ index: 1 });
    await page.waitForSelector('section[aria-labelledby=changes] li');
    await page.getByRole('button', { name: /^Repartir des réglages/ }).click();
    // Its settings are there to be seen, with their thousands apart.
    await expect.poll(() => budgets.nth(1).inputValue()).toMatch(/^120\s000$/);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('asks what to measure first, finds the answer again, and the place it left the list from', async () => {
    const { page, errors } = await at.open('#/programmes');
    const metering = page.locator('section[aria-labelledby=metering]');
    await metering.getByLabel('Argent pour mesurer, €').fill('beaucoup');
    await metering.getByRole('button', { name: 'Chercher quoi mesurer' }).click();
    await metering.getByText(/Écrivez l’argent prévu pour les mesures/).waitFor();
    await metering.getByLabel('Argent pour mesurer, €').fill('8 000');
    await metering.getByRole('button', { name: 'Chercher quoi mesurer' }).click();
    await metering.getByText(/instruments? sur \d+ bâtiments?, pour/).waitFor();
    await page.reload();
    await metering.getByText(/instruments? sur \d+ bâtiments?, pour/).waitFor();
    const left = page.locator('.plan tbody a').nth(2);
    const name = await left.textContent();
    await left.click();
    await page.waitForSelector('h2#scenarios');
    await page.goBack();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(name);
    // The local access is nobody's name: the way to one's own stands where one signs.
    await page.getByRole('link', { name: 'faites-vous un accès à votre nom' }).waitFor();
    await page.setViewportSize({ width: 320, height: 800 });
    // No interval is cut at the edge of a narrow screen.
    const edges = () =>
      page
        .locator('.plan .figure')
        .evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().right)));
    await expect.poll(edges).toBeLessThanOrEqual(320);
    expect(faults(errors)).toEqual([]);
    await page.close();
  });

  it('says which field is wrong, and stops when asked', async () => {
    const { page } = await at.open('#/programmes');
    await unfold(page, 'Changer les réglages et recalculer');
    await page.locator('.budgets .field').nth(1).fill('beaucoup');
    await page.getByRole('button', { name: 'Calculer le programme' }).click();
    await page.getByText(/n’est pas un montant en euros/).waitFor();
    await page.locator('.budgets .field').nth(1).fill('400000');
    await page.getByRole('button', { name: 'Calculer le programme' }).click();
    await page.getByRole('button', { name: 'Arrêter' }).click();
    await page.getByText(/^Calcul arrêté/).waitFor();
    await page.close();
  });
});

const pages = [
  [school, '#learnt'],
  ['#/resultats', '#learnt'],
  ['#/programmes', '#kept'],
] as const;

describe('for all', () => {
  it.each(pages)(
    'page “%s” breaks no rule that axe knows, light and dark, in both languages',
    async (path, sign) => {
      for (const seen of [
        { colorScheme: 'light', language: 'fr' },
        { colorScheme: 'dark', language: 'en' },
        { colorScheme: 'light', language: 'fr', width: 320 },
      ] as const) {
        const { page } = await at.open(path, seen);
        await page.waitForSelector(sign);
        await page.waitForLoadState('networkidle');
        expect(await axeViolations(page)).toEqual([]);
        if (seen.colorScheme === 'light')
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(
            'width' in seen ? 320 : 1280,
          );
        expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThanOrEqual(350);
        await page.close();
      }
    },
  );
});

describe('a stock of many buildings', () => {
  it('has a programme and a ranking read part by part, in few elements, and found again from a building', async () => {
    const { page, errors } = await at.open('', { language: 'en' });
    await unfold(page, /^Add files/);
    const lines = Array.from(
      { length: 24 },
      (_, index) =>
        `tour-${index};Tour ${index};${1000 + 40 * index};5;${1955 + index};logements;${12 + index};x`,
    );
    await page.locator('.imports input[type=file]').setInputFiles({
      name: 'residences.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['code;nom;surface;niveaux;annee;usage;logements;quartier', ...lines].join('\n')),
    });
    // What the sheet says and nobody reads is told before it is kept.
    await page.getByText('Columns not understood, left out: quartier.').waitFor();
    await page.getByLabel(/Your name/).fill('A. Martin');
    await page.getByRole('button', { name: 'Keep what is ready (1)' }).click();
    await page.getByText('kept: 24 buildings').waitFor();
    await page.goto(`${at.server.url}#/programmes`);
    await unfold(page, 'Change the settings and compute again');
    const before = page.url();
    await page.getByRole('button', { name: 'Compute the programme' }).click();
    await page.waitForURL((url) => url.href !== before);
    const buildings = page.locator('section[aria-labelledby=buildings]');
    await buildings.getByText('1 to 7 of 31').waitFor();
    const elements = () => page.evaluate(() => document.querySelectorAll('*').length);
    await page.waitForLoadState('networkidle');
    expect(await elements()).toBeLessThanOrEqual(350);
    await buildings.getByRole('button', { name: 'Next' }).click();
    await buildings.getByText('8 to 14 of 31').waitFor();
    const left = buildings.locator('tbody a').nth(1);
    const name = await left.textContent();
    await left.click();
    await page.waitForSelector('h2#scenarios');
    await page.goBack();
    await buildings.getByText('8 to 14 of 31').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(name);
    // A search starts again at the first of what it finds.
    await buildings.getByLabel('Look for a building').fill('Tour 2');
    await expect.poll(() => buildings.locator('tbody tr').count()).toBe(5);
    await page.goto(`${at.server.url}#/priorites`);
    await page.getByText('1 to 20 of').waitFor();
    expect(await elements()).toBeLessThanOrEqual(350);
    expect(faults(errors)).toEqual([]);
    await page.close();
  });
});
