import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type PdfBlock, type PdfContent, writePdf } from '../../../src/formats/pdf/index.ts';

const content = (blocks: readonly PdfBlock[], language: 'fr' | 'en' = 'fr'): PdfContent => ({
  title: 'Programme de travaux',
  language,
  createdMs: 1_764_500_000_000,
  footer: 'Parc simulé',
  blocks,
});

/** The file as text with its compressed streams opened, and how many pages it has. */
const opened = async (one: PdfContent) => {
  const bytes = Buffer.from(await writePdf(one));
  const text = bytes.toString('latin1');
  const streams = [...text.matchAll(/\/Filter \/FlateDecode\n>>\nstream\n/g)].map((match) => {
    const from = match.index + match[0].length;
    return inflateSync(bytes.subarray(from, text.indexOf('\nendstream', from))).toString('latin1');
  });
  return { text, streams, pages: text.match(/\/Type \/Page\n/g)?.length ?? 0 };
};

/** Code points that the embedded fonts carry back to text. */
const readable = (streams: readonly string[]): Set<number> => {
  const found = new Set<number>();
  for (const stream of streams)
    if (stream.includes('begincmap'))
      for (const [, hex] of stream.matchAll(/<([0-9a-fA-F]{4})>/g)) found.add(Number.parseInt(hex ?? '', 16));
  return found;
};

const table = (rows: number): PdfBlock => ({
  kind: 'table',
  caption: 'Bâtiments retenus',
  columns: [
    { title: 'Bâtiment', width: 3 },
    { title: 'Coût', width: 1, align: 'right' },
  ],
  rows: Array.from({ length: rows }, (_, i) => [`Résidence ${i + 1}`, `${i} €`]),
});

describe('a PDF', () => {
  it('parts no unit from its figure in a table', async () => {
    const { streams } = await opened(content([table(1)]));
    expect(readable(streams)).toContain(0xa0);
  });

  it('is tagged, titled and in its language', async () => {
    const { text } = await opened(
      content([
        { kind: 'heading', level: 1, text: 'Titre' },
        { kind: 'paragraph', text: 'Un paragraphe.' },
        { kind: 'list', items: ['un', 'deux'] },
        table(2),
      ]),
    );
    expect(text).toContain('/Lang (fr)');
    expect(text).toContain('/MarkInfo');
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(text).toContain('/DisplayDocTitle true');
    for (const tag of ['Document', 'H1', 'P', 'L', 'LI', 'LBody', 'Table', 'Caption', 'TR', 'TH', 'TD'])
      expect(text, tag).toContain(`/S /${tag}\n`);
    expect(text).toContain('/Scope /Column');
  });

  it('keeps the letters and signs of French figures, in an embedded font', async () => {
    const signs = 'éœÀ€−≤₂²«»’–\u202f\u00a0';
    const { text, streams } = await opened(content([{ kind: 'paragraph', text: `a${signs}a` }], 'en'));
    expect(text).toContain('/FontFile2');
    const found = readable(streams);
    for (const sign of signs) expect(found.has(sign.codePointAt(0) ?? 0), sign).toBe(true);
  });

  it('goes on over pages with a header on each and no row lost', async () => {
    const { text, pages } = await opened(content([table(120)]));
    expect(pages).toBeGreaterThan(2);
    expect(text.match(/\/S \/TR\n/g)).toHaveLength(121);
    // The headers drawn again are not read again.
    expect(text.match(/\/S \/TH\n/g)).toHaveLength(2);
  });

  it('gives a chart its words', async () => {
    const { text } = await opened(
      content([
        {
          kind: 'bars',
          caption: 'Depenses',
          alt: '2027: 500 kEUR',
          bars: [
            { label: '2027', value: 5, text: '5', low: 4, high: 6 },
            { label: '2028', value: -1, text: '-1' },
          ],
        },
        {
          kind: 'curves',
          caption: 'Front',
          alt: 'Une courbe',
          xTitle: 'x',
          yTitle: 'y',
          series: [
            {
              name: 'plan',
              mark: 'line',
              points: [
                { x: 0, y: 0 },
                { x: 1, y: 2 },
              ],
            },
            { name: 'point', mark: 'dots', points: [{ x: 0.5, y: 1 }] },
          ],
        },
        { kind: 'curves', caption: 'Vide', alt: 'rien', xTitle: 'x', yTitle: 'y', series: [] },
      ]),
    );
    expect(text.match(/\/S \/Figure\n/g)).toHaveLength(3);
    expect(text).toContain('/Alt (2027: 500 kEUR)');
  });

  it('is the same bytes for the same content', async () => {
    const once = await writePdf(content([table(3)]));
    expect(Buffer.compare(Buffer.from(once), Buffer.from(await writePdf(content([table(3)]))))).toBe(0);
  });

  it('holds text longer than a page, empty cells and an empty document', async () => {
    const long = 'mot '.repeat(6000);
    const { pages } = await opened(
      content([
        { kind: 'paragraph', text: long },
        { kind: 'table', caption: '', columns: [{ title: '', width: 1 }], rows: [[''], [], [long]] },
      ]),
    );
    expect(pages).toBeGreaterThan(4);
    expect((await opened(content([]))).pages).toBe(1);
  });
});
