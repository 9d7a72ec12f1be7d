/** One measured figure of the project, as `npm run validate` and `npm run bench` give it. */
export type Figure = {
  readonly id: string;
  readonly metric: string;
  /** Null when what it is measured on is absent. */
  readonly value: number | null;
  readonly unit: string;
  /** The goal in words; "reported" when there is none. */
  readonly goal: string;
  /** Null when there is no goal or no value. */
  readonly holds: boolean | null;
  readonly n: number;
  readonly command: string;
  /** What the figure is measured against in the same run. */
  readonly comparator?: { readonly name: string; readonly value: number; readonly unit: string };
};

/** A group of figures with what a reader must know of how they were measured and why some are missed. */
export type Part = {
  readonly title: string;
  /** Markdown paragraphs: method, and for each miss its reason and what was tried. */
  readonly notes: string;
  readonly run: (options: PartOptions) => Promise<readonly Figure[]>;
};

export type PartOptions = {
  /** Folder laid out like the project's corpus; undefined for parts that need none. */
  readonly corpus: string;
  /** The documents are being written: pictures too. */
  readonly write: boolean;
  readonly tell: (line: string) => void;
};

/** Makes figures of one command whose ids share a beginning. */
export const figuresOf =
  (prefix: string, command: string) =>
  (figure: Omit<Figure, 'id' | 'command'> & { readonly id: string }): Figure => ({
    ...figure,
    id: `${prefix}.${figure.id}`,
    command,
  });

/** A figure that could not be measured because its data are not there. */
export const absentFigure = (
  figure: Pick<Figure, 'id' | 'metric' | 'unit' | 'goal' | 'command'>,
): Figure => ({
  ...figure,
  value: null,
  holds: null,
  n: 0,
});
