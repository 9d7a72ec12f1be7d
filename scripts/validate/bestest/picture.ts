import type { Reference } from './reference.ts';

export type Compared = Reference & { readonly value: number };

const panels = [
  { metric: 'annual_heating_MWh', title: 'Annual heating, MWh' },
  { metric: 'annual_cooling_MWh', title: 'Annual cooling, MWh' },
  { metric: 'peak_heating_kW', title: 'Peak heating, kW' },
  { metric: 'peak_cooling_kW', title: 'Peak cooling, kW' },
  { metric: 'minimum_temperature_C', title: 'Free-floating minimum, °C' },
  { metric: 'maximum_temperature_C', title: 'Free-floating maximum, °C' },
] as const;

const ROW = 15;
const WIDTH = 470;
const LEFT = 58;
const GAP = 30;

const text = (x: number, y: number, content: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${content}</text>`;

/** Whole steps that cut a span in four to eight. */
const stepOf = (span: number): number => {
  const power = 10 ** Math.floor(Math.log10(span / 4));
  return ([1, 2, 5, 10].find((factor) => span / (factor * power) <= 8) ?? 10) * power;
};

const panel = (
  title: string,
  rows: readonly Compared[],
): { readonly svg: string; readonly height: number } => {
  const values = rows.flatMap(({ low, high, value, programs, published }) => [
    low,
    high,
    value,
    ...programs,
    ...(published === undefined ? [] : [published]),
  ]);
  const [from, to] = [Math.min(...values), Math.max(...values)];
  const x = (value: number): number => LEFT + ((value - from) / (to - from || 1)) * (WIDTH - LEFT - 12);
  const height = 34 + rows.length * ROW + 18;
  const bottom = 28 + rows.length * ROW;
  const step = stepOf(to - from || 1);
  const parts = [text(0, 14, title, 'class="title"')];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step)
    parts.push(
      `<line x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="24" y2="${bottom}" class="grid"/>`,
      text(x(tick), bottom + 12, Number(tick.toPrecision(6)).toString(), 'text-anchor="middle"'),
    );
  for (const [index, row] of rows.entries()) {
    const y = 32 + index * ROW;
    parts.push(
      text(LEFT - 10, y + 4, row.id, 'text-anchor="end"'),
      `<rect x="${x(row.low).toFixed(1)}" y="${y - 5}" width="${Math.max(1, x(row.high) - x(row.low)).toFixed(1)}" height="10" class="${row.limits ? 'limits' : 'range'}"/>`,
      ...row.programs.map(
        (value) =>
          `<line x1="${x(value).toFixed(1)}" x2="${x(value).toFixed(1)}" y1="${y - 4}" y2="${y + 4}" class="program"/>`,
      ),
      ...(row.published === undefined
        ? []
        : [`<circle cx="${x(row.published).toFixed(1)}" cy="${y}" r="3.4" class="published"/>`]),
      `<circle cx="${x(row.value).toFixed(1)}" cy="${y}" r="3.4" class="own"/>`,
    );
  }
  return { svg: parts.join('\n'), height };
};

/** The cases as a picture: limits or the programs' range, the programs, the published 5R1C and ours. */
export const bestestPicture = (rows: readonly Compared[]): string => {
  const drawn = panels.map(({ metric, title }) =>
    panel(
      title,
      rows.filter((row) => row.metric === metric),
    ),
  );
  const placed: string[] = [];
  let top = 44;
  for (let i = 0; i < drawn.length; i += 2) {
    const pair = drawn.slice(i, i + 2);
    for (const [side, { svg }] of pair.entries())
      placed.push(`<g transform="translate(${20 + side * (WIDTH + GAP)} ${top})">\n${svg}\n</g>`);
    top += Math.max(...pair.map(({ height }) => height)) + 14;
  }
  const width = 2 * WIDTH + GAP + 40;
  const key = [
    `<rect x="20" y="14" width="18" height="10" class="limits"/>${text(44, 23, 'limits of the standard')}`,
    `<rect x="190" y="14" width="18" height="10" class="range"/>${text(214, 23, 'range of six programs (no limit set)')}`,
    `<line x1="420" x2="420" y1="14" y2="24" class="program"/>${text(428, 23, 'each program')}`,
    `<circle cx="520" cy="19" r="3.4" class="published"/>${text(530, 23, 'published 5R1C')}`,
    `<circle cx="640" cy="19" r="3.4" class="own"/>${text(650, 23, 'Stacoptim 5R1C')}`,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" role="img" aria-label="ASHRAE 140-2020 cases: limits, six programs, the published 5R1C and Stacoptim">
<style>
text { font: 11px system-ui, sans-serif; fill: #222 }
.title { font-weight: 600; font-size: 13px }
.grid { stroke: #e3e3e3 }
.limits { fill: #cfe3d4 }
.range { fill: #e4e4ee }
.program { stroke: #7b7b86 }
.published { fill: #fff; stroke: #b4561a; stroke-width: 1.5 }
.own { fill: #14507a }
</style>
<rect width="100%" height="100%" fill="#fff"/>
${key.join('\n')}
${placed.join('\n')}
</svg>
`;
};
