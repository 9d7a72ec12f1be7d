import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { installation } from '../support/installation.ts';
import { shot } from '../support/keys.ts';
import { sessionAs } from '../support/onboard.ts';
import { axeViolations, faults, unfold } from '../support/page.ts';
import { ecoIndex, weightOf } from './ecoindex.ts';

const at = installation('admin');

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().press('Enter');

describe('a first-time user', () => {
  it('goes by keyboard from an empty installation to a confirmed building', async () => {
    const { page, errors } = await at.open();
    await page.getByRole('link', { name: 'Premiers pas' }).press('Enter');
    await page.getByText('Le parc est vide : commencez par déposer un bâtiment.').waitFor();
    await expect
      .poll(() => page.locator('[aria-current=step] h2').textContent())
      .toContain('Déposer un bâtiment');
    await page.locator('[aria-current=step]').getByRole('link').press('Enter');
    await unfold(page, 'Pas de fichier ?');
    await page.getByLabel(/^Nom/).fill('Mon école');
    await page.getByLabel(/^Usage/).selectOption('school');
    await page.getByLabel(/^Surface/).fill('900');
    await page.getByLabel(/^Niveaux/).fill('2');
    await press(page, 'Voir le jumeau');
    await page.waitForSelector('h2#confirm');
    await page.getByLabel(/Votre nom/).fill('A. Martin');
    await press(page, 'Confirmer le jumeau');
    await page.waitForURL(/batiments\/mon-ecole/);
    await page.getByRole('link', { name: 'Premiers pas' }).press('Enter');
    await page.getByText('Le parc a déjà un bâtiment.').waitFor();
    await expect
      .poll(() => page.locator('.steps li', { hasText: 'Déposer un bâtiment' }).textContent())
      .toContain('✓ fait');
    await expect
      .poll(() => page.getByRole('link', { name: 'Les hypothèses' }).getAttribute('href'))
      .toContain('mon-ecole');
    expect(faults(errors)).toEqual([]);
    await page.close();
  });
});

describe('an administrator', () => {
  it('lets a person in by a link told once, and ends the access', async () => {
    const { page, errors } = await at.open('#/administration/personnes');
    await page.getByLabel('Nom de la personne').fill('Nadia B.');
    await page.locator('section[aria-labelledby=people] select').selectOption('manager');
    await press(page, 'Créer un lien');
    const link = await page.locator('.told code').textContent();
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('told');
    const context = await at.browser.newContext();
    const entered = await context.newPage();
    await entered.goto(link ?? '');
    await entered.goto(`${at.server.url}#/administration`);
    await entered.getByText('Vous êtes « Nadia B. »').waitFor();
    await expect.poll(() => entered.locator('.parts a').allTextContents()).toEqual(['File de travaux']);
    await page.reload();
    await expect.poll(() => page.locator('.told').count()).toBe(0);
    await press(page, /Fermer l’accès : Nadia B\./);
    await press(page, 'Oui');
    await page.getByRole('button', { name: /Nadia B\./ }).waitFor({ state: 'detached' });
    await entered.reload();
    await entered
      .getByText(/Vous n’êtes pas connecté/)
      .first()
      .waitFor();
    await context.close();
    expect(errors).toEqual([]);
    await page.close();
  });

  it('makes a key that does less than its role, rotates it and revokes it', async () => {
    const { page, errors } = await at.open('#/administration/cles');
    await page.getByText('Aucune clé.').waitFor();
    await page.getByLabel('À quoi elle sert').fill('GTB');
    await page.getByLabel('décrire les bâtiments, simuler des travaux, lancer des calculs').press('Space');
    await press(page, 'Créer une clé');
    const key = await page.locator('.told code').textContent();
    expect(key).toMatch(/^stk_/);
    const caller = await fetch(`${at.server.url}v1/caller`, { headers: { authorization: `Bearer ${key}` } });
    expect(await caller.json()).toMatchObject({ permissions: ['read', 'ingest'] });
    await press(page, 'Remplacer : GTB');
    await page.waitForFunction((old) => document.querySelector('.told code')?.textContent !== old, key);
    const second = await page.locator('.told code').textContent();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2);
    await press(page, 'Révoquer : GTB');
    await press(page, 'Oui');
    await page.getByText('révoquée').waitFor();
    const gone = await fetch(`${at.server.url}v1/caller`, { headers: { authorization: `Bearer ${second}` } });
    expect(gone.status).toBe(401);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('is told why a receiver is refused', async () => {
    const { page } = await at.open('#/administration/webhooks');
    await page.getByLabel('Adresse qui reçoit les changements').fill('http://127.0.0.1:9/');
    await press(page, 'Ajouter un récepteur');
    await page.locator('[role=alert]').waitFor();
    await expect.poll(() => page.locator('.receiver').count()).toBe(0);
    await page.close();
  });

  it('follows a job from the queue to its end', async () => {
    const { page, errors } = await at.open('#/administration/travaux');
    await page.waitForSelector('h2#jobs');
    const headers = {
      cookie: `${at.server.cookie.name}=${at.server.cookie.value}`,
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ kind: 'retraining' });
    expect((await fetch(`${at.server.url}v1/jobs`, { method: 'POST', headers, body })).status).toBe(202);
    await page.reload();
    await page.getByText('Réapprentissage').first().waitFor();
    const row = page.locator('tr', { hasText: 'Réapprentissage' }).first();
    await row.getByText('fini').waitFor();
    await page.getByLabel('Montrer').selectOption('failed');
    await page.getByText('Rien en file.').waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  it('reads of a job that nobody takes what to start', async () => {
    const { page, errors } = await at.open('#/administration/travaux');
    await page.waitForSelector('h2#jobs');
    const sentence = 'Personne ne travaille à la file : lancez « stacoptim work ».';
    const left = {
      id: 7,
      kind: 'stock-report',
      request: null,
      state: 'waiting',
      progress: 0,
      step: null,
      notice: { code: 'no-worker', message: { fr: sentence, en: 'Nobody works off the queue.' } },
      attempts: 0,
      mostAttempts: 5,
      nextAttemptAt: null,
      failure: null,
      result: null,
      createdBy: 'Ada',
      createdAt: '2026-01-01T00:00:00.000Z',
      finishedAt: null,
    };
    await page.route('**/v1/jobs?*', (route) => route.fulfill({ json: [left] }));
    await page.reload();
    await page.locator('tr', { hasText: 'Rapport du parc' }).getByText(sentence).waitFor();
    await shot(page, 'job-without-worker');
    await page.setViewportSize({ width: 360, height: 740 });
    await shot(page, 'job-without-worker-360');
    const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(wider)).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('filters the log, and has its chain computed again', async () => {
    const { page, errors } = await at.open('#/administration/journal');
    await sessionAs(at.server, 'Paul', 'viewer');
    await page.getByLabel('Action').selectOption({ label: 'lien d’accès créé' });
    await press(page, 'Filtrer');
    await page.waitForFunction(() => {
      const rows = [...document.querySelectorAll('tbody tr')];
      return rows.length > 0 && rows.every((row) => row.textContent?.includes('lien d’accès créé'));
    });
    await press(page, /Vérifier la chaîne/);
    await page.getByText(/Journal entier/).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  it('reads the settings without their secrets, and the backup as a command', async () => {
    const { page } = await at.open('#/administration/installation');
    await page.waitForSelector('h2#settings');
    await expect.poll(() => page.textContent('main')).toContain('npx stacoptim backup');
    await expect
      .poll(() => page.locator('tr', { hasText: 'STACOPTIM_SECRET_KEY' }).locator('td').first().textContent())
      .toBe('-');
    await page.close();
  });
});

describe('somebody who may only read', () => {
  it('sees the queue, and is told that the rest is not theirs', async () => {
    const context = await at.browser.newContext();
    await context.addCookies([await sessionAs(at.server, 'Claire', 'viewer')]);
    const page = await context.newPage();
    await page.goto(`${at.server.url}#/administration/cles`);
    await page.getByText('Votre rôle ne montre pas cette partie').waitFor();
    await expect.poll(() => page.locator('.parts a').allTextContents()).toEqual(['File de travaux']);
    await expect.poll(() => page.getByRole('button', { name: /Refaire|Arrêter/ }).count()).toBe(0);
    await context.close();
  });
});

const pages = [
  ['#/administration/personnes', 'h2#people'],
  ['#/administration/cles', 'h2#keys'],
  ['#/administration/webhooks', 'h2#webhooks'],
  ['#/administration/travaux', 'h2#jobs'],
  ['#/administration/journal', '.scroll tbody tr'],
  ['#/administration/installation', 'h2#settings'],
  ['#/premiers-pas', '.steps'],
  ['#/accessibilite', 'h2#how'],
  ['#/plan', 'main li'],
  ['', 'h1'],
] as const;

describe('for all', () => {
  it.each(pages)(
    'page “%s” breaks no rule that axe knows, in both languages and themes',
    async (path, sign) => {
      for (const language of ['fr', 'en'] as const)
        for (const [colorScheme, width] of [
          ['light', 1280],
          ['dark', 320],
        ] as const) {
          const { page } = await at.open(path, { colorScheme, language, width });
          await page.waitForSelector(sign);
          await page.waitForSelector('footer .figure');
          expect(await axeViolations(page)).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
          await page.close();
        }
    },
  );

  it.each(pages)(
    'page “%s” holds text of twice the size, and is worth an A by EcoIndex',
    async (path, sign) => {
      const { page } = await at.open(path);
      await page.waitForSelector(sign);
      await page.waitForLoadState('networkidle');
      const weight = await weightOf(page);
      expect(ecoIndex(weight), JSON.stringify(weight)).toBeGreaterThan(80);
      await page.addStyleTag({ content: 'html{font-size:200%!important}' });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
      await page.close();
    },
  );

  it('says in the title of the window which page it is, and links its declaration from each', async () => {
    const { page } = await at.open('#/plan');
    await page.waitForFunction(() => document.title.startsWith('Plan du site'));
    await page.getByRole('link', { name: /Accessibilité : non conforme/ }).press('Enter');
    await page.waitForFunction(() => document.title.startsWith('Accessibilité'));
    await expect.poll(() => page.textContent('main')).toMatch(/Sur les \d+ critères/);
    const text = (await page.textContent('main')) ?? '';
    const [, all, none, applicable, met, , open] =
      /Sur les (\d+) critères.*?, (\d+) ne s’appliquent pas\. Des (\d+) autres, (\d+) sont.*?, (\d+) ne le sont pas, et (\d+)/.exec(
        text,
      ) ?? [];
    expect(Number(all)).toBe(106);
    expect(Number(none) + Number(applicable)).toBe(106);
    expect(Number(met) + Number(open)).toBe(Number(applicable));
    await page.close();
  });

  it('says that an address is unknown, which it is, and leads to what there is', async () => {
    const { page, errors } = await at.open('#/classement');
    await page.getByRole('heading', { name: 'Adresse inconnue.' }).waitFor();
    await page.getByText('Aucune page n’a l’adresse « #/classement ».').waitFor();
    await page.getByRole('button', { name: 'English' }).press('Enter');
    await page.getByText('No page has the address “#/classement”.').waitFor();
    await page.getByRole('button', { name: 'Français' }).press('Enter');
    await page.getByRole('main').getByRole('link', { name: 'Les priorités' }).press('Enter');
    await page.waitForFunction(() => location.hash === '#/priorites');
    await page.getByRole('heading', { name: 'Adresse inconnue.' }).waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
    await page.close();
  });

  it('stays readable in colours that a person chose for every page', async () => {
    const { page } = await at.open('#/administration/personnes');
    await page.waitForSelector('h2#people');
    await page.emulateMedia({ forcedColors: 'active' });
    const style = await page
      .locator('.primary')
      .first()
      .evaluate((button) => {
        const { color, backgroundColor, borderTopWidth } = getComputedStyle(button);
        return { color, backgroundColor, borderTopWidth };
      });
    expect(style.borderTopWidth).toBe('2px');
    expect(style.color).not.toBe(style.backgroundColor);
    await page.close();
  });
});
