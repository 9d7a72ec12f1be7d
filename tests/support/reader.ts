import type { CDPSession, Page } from 'playwright-core';

/** A node of the accessibility tree as the browser hands it to a screen reader; those it ignores are left out. */
export type Read = {
  readonly role: string;
  readonly name: string;
  readonly level: number | undefined;
  readonly focusable: boolean;
  readonly parents: readonly string[];
  /** What stands below it, in order of reading. */
  readonly below: readonly Read[];
};

type AxValue = { readonly value?: unknown };
type AxNode = {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: AxValue;
  readonly name?: AxValue;
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[];
  readonly childIds?: readonly string[];
};

const textOf = (one: AxValue | undefined): string => (typeof one?.value === 'string' ? one.value : '');

/** The page as it is read aloud, from its root. */
export const readAloud = async (page: Page): Promise<Read> => {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: readonly AxNode[] };
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const read = (node: AxNode, parents: readonly string[]): Read[] => {
    const role = textOf(node.role);
    const inner = node.ignored ? parents : [...parents, role];
    const below = (node.childIds ?? []).flatMap((id) => {
      const child = byId.get(id);
      return child === undefined ? [] : read(child, inner);
    });
    if (node.ignored) return below;
    const property = (name: string): unknown =>
      node.properties?.find((one) => one.name === name)?.value.value;
    const level = property('level');
    return [
      {
        role,
        name: textOf(node.name),
        level: typeof level === 'number' ? level : undefined,
        focusable: property('focusable') === true,
        parents,
        below,
      },
    ];
  };
  const [root] = nodes;
  if (root === undefined) throw new Error('a page has an accessibility tree');
  const [whole] = read(root, []);
  if (whole === undefined) throw new Error('the root of the tree is read');
  return whole;
};

const flat = (node: Read): Read[] => [node, ...node.below.flatMap(flat)];

const controls = new Set([
  'button',
  'checkbox',
  'combobox',
  'DisclosureTriangle',
  'link',
  'listbox',
  'menuitem',
  'option',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
  'Date',
]);

/** What a person who hears the page would stumble over, each in a sentence. */
export const stumbles = (root: Read, about: { readonly title: string }): string[] => {
  const all = flat(root);
  const found: string[] = [];
  const count = (role: string): number => all.filter((one) => one.role === role).length;
  for (const landmark of ['banner', 'main', 'contentinfo'])
    if (count(landmark) !== 1) found.push(`${count(landmark)} landmarks “${landmark}”`);
  if (count('navigation') === 0) found.push('no navigation');
  for (const one of all.filter(({ role }) => role === 'navigation' || role === 'region'))
    if (one.name === '') found.push(`a ${one.role} without a name`);

  const headings = all.filter(({ role }) => role === 'heading');
  const first = headings.filter(({ level }) => level === 1);
  if (first.length !== 1) found.push(`${first.length} headings of level 1`);
  headings.reduce((before, { level = 0, name }) => {
    if (name.trim() === '') found.push(`an empty heading of level ${level}`);
    if (level > before + 1) found.push(`heading “${name}” goes from level ${before} to ${level}`);
    return level;
  }, 0);
  const [answer] = first;
  if (answer !== undefined && !about.title.startsWith(answer.name))
    found.push(`the window is called “${about.title}”, the page “${answer.name}”`);

  for (const one of all) {
    if (controls.has(one.role) && one.name.trim() === '')
      found.push(`a ${one.role} without a name in ${one.parents.slice(-3).join(' > ')}`);
    if (/^[?×+−↑↓←→✕]$/.test(one.name.trim()) && controls.has(one.role))
      found.push(`a ${one.role} named by the sign ${one.name} alone`);
    if (['image', 'img', 'graphics-document', 'Canvas'].includes(one.role) && one.name.trim() === '')
      found.push(`a picture without words in ${one.parents.slice(-3).join(' > ')}`);
  }

  for (const table of all.filter(({ role }) => role === 'table' || role === 'grid')) {
    const cells = flat(table);
    if (table.name.trim() === '') {
      const start = cells.find(({ role, name }) => role === 'columnheader' && name !== '');
      found.push(`a table without a name, of the column “${start?.name ?? '?'}”`);
    }
    const columns = cells.filter(({ role }) => role === 'columnheader');
    const rows = cells.filter(({ role }) => role === 'rowheader');
    if (columns.length === 0) found.push(`table “${table.name}” has no heading of a column`);
    if (rows.length === 0) found.push(`table “${table.name}” has no heading of a row`);
    if ([...columns, ...rows].some(({ name }) => name.trim() === ''))
      found.push(`table “${table.name}” has an empty heading`);
  }
  return found;
};

/** What a reader would find wrong in the text itself, outside codes, fields and what is marked as another language. */
export const slips = (page: Page, language: 'fr' | 'en'): Promise<string[]> =>
  page.evaluate((lang) => {
    const found = new Set<string>();
    const foreign =
      lang === 'fr'
        ? /\b(?:the|and|with|from|which|than|their|its|were|was|are)\b/
        : /(?<![\w«“-])(?:le|les|des|une|avec|pour|dans|sur|est|sont)(?![\w.-])/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      const holder = node.parentElement;
      if (holder === null || text.trim() === '') continue;
      if (holder.closest('script, style, noscript, code, pre, time, textarea') !== null) continue;
      const spoken = holder.closest('[lang]')?.getAttribute('lang') ?? lang;
      const said = text.trim().slice(0, 90);
      if (spoken === lang && foreign.test(text)) found.add(`another language: ${said}`);
      if (/(?:^|[\s(])-\d/.test(text)) found.add(`a hyphen for a minus: ${said}`);
      if (/(?<!EN |[\d.,])\d{5,}/.test(text)) found.add(`thousands not apart: ${said}`);
      if (
        /(?<![\d.,])\d{4}[ \u00a0\u202f](?:k?Wh|MWh|k?€|m²|kg|J|W\/K|jours|relevés|factures|lignes|points|days|readings|bills|lines)/.test(
          text,
        )
      )
        found.add(`thousands not apart: ${said}`);
      if (/^[a-z0-9]+(?:[-_][a-z0-9]+)+$/.test(text.trim())) found.add(`a code: ${said}`);
      if (/\b(?:undefined|null|NaN|Infinity|\[object)\b/.test(text)) found.add(`not a word: ${said}`);
      if (spoken === 'fr') {
        if (/ [:;!?»]|« /.test(text)) found.add(`a loose sign: ${said}`);
        if (/[\p{L}\d)»][;!?]|\p{L}:(?: |$)/u.test(text.replaceAll(/https?:\S+/g, '')))
          found.add(`a sign without its space: ${said}`);
        if (/'/.test(text)) found.add(`a straight apostrophe: ${said}`);
        if (/\d%|\d€/.test(text)) found.add(`a unit without its space: ${said}`);
      }
    }
    return [...found];
  }, language);
