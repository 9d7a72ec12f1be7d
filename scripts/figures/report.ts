import type { Figure, Part } from './figure.ts';

const number = (value: number): string =>
  Math.abs(value) >= 1000 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();

const verdict = (figure: Figure): string => {
  if (figure.value === null) return 'absent';
  if (figure.holds === null) return '–';
  return figure.holds ? 'held' : '**missed**';
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const against = ({ comparator }: Figure): string =>
  comparator === undefined ? '' : ` (${comparator.name}: ${number(comparator.value)} ${comparator.unit})`;

/** The figures of one part as a Markdown section. */
export const partSection = (part: Part, figures: readonly Figure[]): string =>
  [
    `## ${part.title}`,
    '',
    part.notes.trim(),
    '',
    '| figure | value | goal | | n |',
    '| --- | --- | --- | --- | --- |',
    ...figures.map(
      (figure) =>
        `| ${cell(figure.metric)}${cell(against(figure))} | ${figure.value === null ? '–' : `${number(figure.value)} ${figure.unit === '1' ? '' : figure.unit}`.trim()} | ${cell(figure.goal)} | ${verdict(figure)} | ${figure.n} |`,
    ),
    '',
    `Command: \`${figures[0]?.command ?? ''}\``,
    '',
  ].join('\n');

/** One line a figure for a person at a terminal. */
export const figureLine = (figure: Figure): string =>
  `${verdict(figure).replaceAll('*', '').padEnd(7)} ${figure.id.padEnd(44)} ${figure.value === null ? '–' : number(figure.value)} ${figure.unit === '1' ? '' : figure.unit} (${figure.goal}; n ${figure.n})${against(figure)}`;

const start = (name: string): string => `<!-- part ${name} -->`;
const end = (name: string): string => `<!-- end ${name} -->`;

/** `document` with the section of a part put in place of the one it had, or at its end. */
export const withSection = (document: string, name: string, section: string): string => {
  const [from, to] = [document.indexOf(start(name)), document.indexOf(end(name))];
  const whole = `${start(name)}\n\n${section}\n${end(name)}\n`;
  return from === -1 || to === -1
    ? `${document.trimEnd()}\n\n${whole}`
    : document.slice(0, from) + whole + document.slice(to + end(name).length + 1);
};
