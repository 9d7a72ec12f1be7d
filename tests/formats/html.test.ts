import { describe, expect, it } from 'vitest';
import { writeHtml } from '#formats/html/index.ts';

const page = (blocks: Parameters<typeof writeHtml>[0]['blocks']): string =>
  writeHtml({ title: 'Audit & co', language: 'fr', createdMs: 0, footer: 'pied', blocks });

describe('a document as HTML', () => {
  it('names its language and title, and asks nothing of any other file', () => {
    const html = page([{ kind: 'heading', level: 1, text: 'Titre' }]);
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('<title>Audit &amp; co</title>');
    expect(html).toContain('<h1>Titre</h1>');
    expect(html).not.toMatch(/src=|href=|url\(|<script/);
  });

  it('shows hostile text as text, in content and in attributes', () => {
    const hostile = '"><script>alert(1)</script>';
    const html = page([
      { kind: 'paragraph', text: hostile },
      { kind: 'list', items: [hostile] },
      { kind: 'table', caption: hostile, columns: [{ title: hostile, width: 1 }], rows: [[hostile]] },
      {
        kind: 'bars',
        caption: hostile,
        alt: hostile,
        bars: [{ label: hostile, value: 1, text: hostile, low: 0.5, high: 2 }],
      },
    ]);
    expect(html).not.toContain('<script');
    expect(html.match(/&quot;&gt;&lt;script&gt;/g)?.length).toBeGreaterThan(7);
  });

  it('draws a curve from its first to its last point, with its words', () => {
    const html = page([
      {
        kind: 'curves',
        caption: 'Signature',
        alt: 'la consommation monte quand il fait froid',
        xTitle: '°C',
        yTitle: 'kWh',
        series: [
          {
            name: 'droite',
            mark: 'line',
            points: [
              { x: 0, y: 10 },
              { x: 20, y: 0 },
            ],
          },
        ],
      },
    ]);
    expect(html).toContain('aria-label="la consommation monte quand il fait froid"');
    expect(html).toContain('d="M60.0 40.0L670.0 260.0"');
  });
});
