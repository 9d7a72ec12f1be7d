import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { installation } from '../support/installation.ts';
import { axeViolations, faults, unfold } from '../support/page.ts';
import { workbookOf } from '../support/workbook.ts';

const root = join(import.meta.dirname, '../..');
const at = installation('onboarding');
const shots = process.env['STACOPTIM_SHOTS'];
/** Models of a person's own to take through the same way, separated by colons. */
const more = (process.env['STACOPTIM_MODELS'] ?? '').split(':').filter((path) => path !== '');

const shot = async (page: Page, name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
};

const drop = async (page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) => {
  await page.getByRole('link', { name: 'Ajouter un bâtiment' }).first().click();
  await page.getByLabel(/Déposez un fichier/).setInputFiles(file);
  await page.waitForSelector('h2#confirm');
};

/** Answers the question that is shown, as a person without documents would; gives its title. */
const answer = async (page: Page): Promise<string> => {
  const title = (await page.textContent('#question-title')) ?? '';
  const radio = page.locator('.question input[type=radio]').first();
  if ((await radio.count()) > 0) await radio.check();
  else if (title.includes('année')) await page.locator('.question .field').fill('1972');
  else if (title.includes('valeur U')) await page.locator('.question .field').fill('0,9');
  else if (title.includes('renouvellement')) await page.locator('.question .field').fill('0,5');
  else await page.locator('.question .field').fill('10');
  await page.getByRole('button', { name: 'Répondre' }).click();
  await page.waitForFunction(
    (before) => document.querySelector('#question-title')?.textContent !== before,
    title,
  );
  await page.waitForSelector('h2#questions');
  return title;
};

const confirm = async (page: Page): Promise<void> => {
  await page.getByLabel(/Votre nom/).fill('A. Martin');
  await page.getByRole('button', { name: /Confirmer le jumeau/ }).click();
  await page.waitForSelector('h2#envelope');
};

const half = async (page: Page): Promise<number> => {
  const text = (await page.locator('[aria-live=polite]', { hasText: '±' }).first().textContent()) ?? '';
  return Number(/± ([\d,]+)\s%/.exec(text)?.[1]?.replace(',', '.'));
};

const samples = [
  'ecole-1958',
  'residence-1972',
  'gymnase-1978',
  'musee-pierre',
  'bureaux-1992',
  'maison-commune-2008',
  'piscine-1985',
].map((id) => ({ id, path: join(root, 'buildings', id, 'model.ifc') }));

describe('a new user brings a building', () => {
  it.each([...samples, ...more.map((path) => ({ id: path.replace(/^.*\/|\.\w+$/g, ''), path }))])(
    '$id: every question can be answered, each narrows or settles, and the twin is confirmed',
    async ({ id, path }) => {
      const { page, errors } = await at.open();
      await page.waitForSelector('h1');
      // All samples are called model.ifc: they are told apart by the name a person gives them.
      await drop(page, {
        name: `${id}.ifc`,
        mimeType: 'application/octet-stream',
        buffer: readFileSync(path),
      });
      await shot(page, `${id}-1-preflight`);
      const before = await half(page);
      const asked: string[] = [];
      while ((await page.locator('#question-title').count()) > 0) asked.push(await answer(page));
      expect(asked.length).toBeGreaterThan(0);
      expect(new Set(asked).size).toBe(asked.length);
      await expect.poll(() => half(page)).toBeLessThan(before);
      await shot(page, `${id}-2-answered`);
      await confirm(page);
      await shot(page, `${id}-3-building`);
      const stored = page.url().replace(/^.*\/batiments\//, '');
      const kept = await page.evaluate<{
        questions: unknown[];
        answers: object;
        losses: { h: { provenance: string } }[];
      }>(`fetch('v1/buildings/${stored}/preflight').then((response) => response.json())`);
      expect(kept.questions).toEqual([]);
      expect(Object.keys(kept.answers).length).toBeGreaterThan(0);
      expect(kept.losses.map(({ h }) => h.provenance)).toContain('typed');
      expect(faults(errors)).toEqual([]);
      await page.close();
    },
    600_000,
  );

  it('a building without any file, from the short form', async () => {
    const { page, errors } = await at.open('#/ajouter');
    await unfold(page, 'Pas de fichier ?');
    await page.getByLabel(/^Nom/).fill('Résidence des Lilas');
    await page.getByLabel(/^Usage/).selectOption('housing');
    await page.getByLabel(/^Surface/).fill('1 250,5');
    await page.getByLabel(/^Niveaux/).fill('4');
    await shot(page, 'form');
    await page.getByRole('button', { name: 'Voir le jumeau' }).click();
    await page.waitForSelector('h2#confirm');
    await expect.poll(() => page.textContent('#question-title')).toContain('année');
    await expect
      .poll(() => page.textContent('#app'))
      .toMatch(/Déperditions\s: [^,]+\sW\/K \([^)]+\), soit ± \d+\s%/);
    const before = await half(page);
    await answer(page);
    await expect.poll(() => half(page)).toBeLessThan(before);
    await confirm(page);
    await expect.poll(() => page.url()).toContain('residence-des-lilas');
    expect(faults(errors)).toEqual([]);
    await page.close();
  });

  it('a sheet of buildings: bad lines are named, good ones become twins', async () => {
    const { page } = await at.open('#/ajouter');
    const sheet = workbookOf('Parc', [
      ['Code', 'Résidence', 'Surface', 'Niveaux', 'Année', 'Gardien'],
      ['A1', 'Les Acacias', 900, 3, 1965, 'M. X'],
      ['A2', 'Les Bouleaux', 'beaucoup', 3, 1965, 'M. Y'],
      ['A3', 'Les Chênes', 1400, 5, 1978, 'M. Z'],
    ]);
    await drop(page, {
      name: 'parc.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(sheet),
    });
    await expect.poll(() => page.textContent('h1')).toMatch(/^2\sbâtiments prêts, 1\sligne à reprendre\.$/);
    await expect
      .poll(() => page.textContent('section[aria-labelledby=refused]'))
      .toMatch(/Ligne 3\s: La colonne «\sSurface\s» dit «\sbeaucoup\s»/);
    await expect
      .poll(() => page.textContent('section[aria-labelledby=columns]'))
      .toMatch(/Ignorées\s: Gardien/);
    await shot(page, 'sheet');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel(/Votre nom/).fill('A. Martin');
    await page.getByRole('button', { name: 'Créer 2 jumeaux' }).click();
    await page.locator('table.stock').getByText('Les Chênes').waitFor();
    await page.close();
  });
});

describe('nothing is a dead end', () => {
  const small = { name: 'gymnase.ifc', mimeType: 'application/octet-stream' };
  const gymnase = (): Buffer => readFileSync(join(root, 'buildings/gymnase-1978/model.ifc'));

  it('a wrong answer is told beside its field; an answer is taken back; leaving loses nothing', async () => {
    const { page } = await at.open();
    await drop(page, { ...small, buffer: gymnase() });
    const start = await page.textContent('[aria-live=polite]');
    await page.locator('.question .field').fill('beaucoup');
    await page.getByRole('button', { name: 'Répondre' }).press('Enter');
    await page.waitForSelector('#question-problem');
    await expect.poll(() => page.textContent('#question-problem')).toContain('n’est pas comprise');
    await expect.poll(() => page.getAttribute('.question .field', 'aria-invalid')).toBe('true');
    expect(await answer(page)).toContain('année');
    await page.locator('.question .field').fill('beaucoup');
    await page.getByRole('button', { name: 'Répondre' }).click();
    await expect.poll(() => page.textContent('#question-problem')).toContain('Écrivez un nombre');
    await answer(page);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('question-title');
    await page.getByRole('button', { name: 'Je ne sais pas' }).click();
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await page.waitForSelector('.given');
    await expect.poll(() => page.textContent('.given')).toMatch(/Renouvellement d’air, vol\/h\s: 0,5/);
    await expect.poll(() => page.textContent('.given')).toMatch(/Période de construction\s: 1972/);
    await page.getByRole('button', { name: /^Reprendre : Période/ }).click();
    await page.getByRole('button', { name: /^Reprendre : Période/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Reprendre\s: Renouvellement/ }).click();
    await page.waitForFunction(() => document.querySelector('.given') === null);
    await expect
      .poll(async () => (await page.textContent('[aria-live=polite]'))?.slice(0, 40))
      .toBe(start?.slice(0, 40));
    await page.getByRole('button', { name: 'Abandonner ce dépôt' }).click();
    await page.waitForSelector('#file');
    await page.goto(address);
    await page.waitForSelector('[role=alert]');
    await expect.poll(() => page.textContent('[role=alert]')).toContain('Déposez le fichier de nouveau');
    await page.close();
  });

  it('a file that is none of ours is refused in a sentence with the next step', async () => {
    const { page } = await at.open('#/ajouter');
    await page.getByLabel(/Déposez un fichier/).setInputFiles({
      name: 'photo.ifc',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(join(root, 'docs/images/results.webp')),
    });
    await page.waitForSelector('[role=alert]');
    await expect.poll(() => page.textContent('[role=alert]')).toContain('IFC');
    await page.getByRole('link', { name: 'Déposer un autre fichier' }).click();
    await page.waitForSelector('#file');
    await page.close();
  });

  it('two files dropped at once: neither is lost in silence', async () => {
    const { page, errors } = await at.open('#/ajouter');
    await page.waitForSelector('.drop');
    await page.evaluate(`(() => {
      const held = new DataTransfer();
      for (const name of ['a.ifc', 'b.ifc']) held.items.add(new File(['x'], name));
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: held, bubbles: true }));
    })()`);
    await page.getByText(/2 fichiers d’un coup\s: rien n’est envoyé/).waitFor();
    await expect.poll(() => page.url()).toMatch(/#\/ajouter$/);
    expect(faults(errors)).toEqual([]);
    await page.close();
  });

  it('the assumptions of a stored building are corrected and taken back under a name', async () => {
    const { page, errors } = await at.open('#/batiments/gymnase-1978');
    await page.getByRole('link', { name: /corriger les hypothèses/ }).click();
    await page.waitForSelector('.given');
    const first = page.getByRole('button', { name: /^Reprendre\s: Renouvellement/ });
    const before = await half(page);
    await page.getByLabel(/Votre nom/).fill('B. Durand');
    await first.click();
    await page.waitForSelector('.question');
    await expect.poll(() => half(page)).toBeGreaterThan(before);
    expect(await axeViolations(page)).toEqual([]);
    expect(faults(errors)).toEqual([]);
    await page.close();
  });
});

describe('for all', () => {
  it.each(['light', 'dark'] as const)('the way in breaks no rule that axe knows, %s', async (colorScheme) => {
    const { page } = await at.open('#/ajouter', { colorScheme });
    await unfold(page, 'Pas de fichier ?');
    await page.waitForSelector('.grid-form');
    expect(await axeViolations(page)).toEqual([]);
    await drop(page, {
      name: 'gymnase.ifc',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(join(root, 'buildings/gymnase-1978/model.ifc')),
    });
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });

  it('reflows at 320 pixels', async () => {
    const { page } = await at.open('#/ajouter', { width: 320 });
    await drop(page, {
      name: 'gymnase.ifc',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(join(root, 'buildings/gymnase-1978/model.ifc')),
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await shot(page, 'narrow');
    await page.close();
  });
});
