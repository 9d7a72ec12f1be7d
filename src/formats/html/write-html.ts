import { keptTogether } from '../../core/kept-together.ts';
import type { Language } from '../../core/message.ts';
import type { PdfBlock, PdfContent, PdfTable } from '../pdf/index.ts';
import { chartHtml } from './chart.ts';
import { escaped } from './escape.ts';

const style = `:root{font:1rem/1.55 system-ui,sans-serif;color:#1d1d1b;background:#fff;font-variant-numeric:tabular-nums}
body{max-width:46rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;line-height:1.25}h2{margin-top:2rem;border-top:1px solid #b9b8b0;padding-top:.6rem;font-size:1.2rem}h3{font-size:1rem}
.table{overflow-x:auto}table{width:100%;border-collapse:collapse;font-size:.9rem}caption{text-align:left;color:#55554f}
th,td{padding:.3rem .7rem .3rem 0;border-bottom:1px solid #b9b8b0;text-align:left;vertical-align:baseline}.r{text-align:right}
figure{margin:1rem 0}figcaption{font-weight:600;font-size:.9rem}svg{width:100%;height:auto}svg text{font-size:12px}
.quiet{color:#55554f;font-size:.88rem}.strong{font-weight:600}
@media print{@page{size:A4;margin:18mm}body{padding:0;max-width:none}h2,h3{break-after:avoid}tr,figure{break-inside:avoid}}`;

/** Words as they stand in the page: nothing that belongs together is parted where a line ends. */
const told = (text: string): string => escaped(keptTogether(text));

const tableHtml = ({ caption, columns, rows }: PdfTable): string => {
  const side = (column: number): string => (columns[column]?.align === 'right' ? ' class="r"' : '');
  const head = columns.map(({ title }, c) => `<th scope="col"${side(c)}>${told(title)}</th>`).join('');
  const body = rows
    .map((cells) => `<tr>${cells.map((cell, c) => `<td${side(c)}>${told(cell)}</td>`).join('')}</tr>`)
    .join('\n');
  return `<div class="table" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${told(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
};

const blockHtml = (block: PdfBlock, language: Language): string => {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${told(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p class="${block.tone ?? 'plain'}">${told(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${told(item)}</li>`).join('')}</ul>`;
    case 'table':
      return tableHtml(block);
    case 'bars':
    case 'drawing':
    case 'curves':
      return chartHtml(block, language);
    case 'signatures':
      return `<ul>${block.parties.map((party) => `<li>${escaped(party)} — ${[...block.fields, block.hand].map(escaped).join(' · ')}</li>`).join('')}</ul>`;
    default:
      return '';
  }
};

/** The blocks of a document as one HTML page that asks nothing of any other file; prints on A4. */
export const writeHtml = ({ title, language, footer, blocks }: PdfContent): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head>
<body><main>
${blocks.map((block) => blockHtml(block, language)).join('\n')}
</main><footer><p class="quiet">${escaped(footer)}</p></footer></body></html>
`;
