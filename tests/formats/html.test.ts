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

  it('parts no sign from its words and no unit from its figure', () => {
    const text = 'Tour « A » : 12 k€';
    const html = page([
      { kind: 'heading', level: 2, text },
      { kind: 'paragraph', text },
      { kind: 'list', items: [text] },
      { kind: 'table', caption: text, columns: [{ title: text, width: 1 }], rows: [[text]] },
    ]);
    expect(html.match(/>Tour «\u00a0A\u00a0»\u00a0: 12\u00a0k€</g)).toHaveLength(6);
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

  it('draws faces to one scale, their glass inside', () => {
    const face = { title: 'façade', text: '60 m²', heightM: 6, strength: 0, panes: [] };
    const html = page([
      {
        kind: 'drawing',
        caption: 'Faces',
        alt: 'deux façades',
        faces: [
          { ...face, widthM: 20 },
          { ...face, widthM: 10, panes: [{ xM: 1, yM: 1, widthM: 2, heightM: 3 }] },
        ],
      },
    ]);
    const widths = [...html.matchAll(/width="([\d.]+)" height="([\d.]+)"/g)].map(([, w, h]) => [
      Number(w),
      Number(h),
    ]);
    expect(widths).toHaveLength(3);
    const [[long = 0, high = 0] = [], [short = 0] = [], [glassWide = 0, glassHigh = 0] = []] = widths;
    expect(long / short).toBeCloseTo(2, 1);
    expect(high / long).toBeCloseTo(0.3, 2);
    expect(glassHigh / glassWide).toBeCloseTo(1.5, 1);
    expect(html).toContain('aria-label="deux façades"');
  });
});
