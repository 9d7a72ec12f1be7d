import type { Language } from '#core/message.ts';

export type PdfColumn = {
  readonly title: string;
  /** Share of the width, against the other columns'. */
  readonly width: number;
  readonly align?: 'left' | 'right';
};

/** One bar, lying, with its value in words at its end; `low` and `high` draw an interval over it. */
export type PdfBar = {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly low?: number;
  readonly high?: number;
};

export type PdfPoint = { readonly x: number; readonly y: number };

export type PdfSeries = {
  readonly name: string;
  readonly points: readonly PdfPoint[];
  /** `line` joins the points in their order, `dots` marks each. */
  readonly mark: 'line' | 'dots';
};

export type PdfTick = { readonly at: number; readonly label: string };

/** What a chart says in words is read in its place by those who do not see it. */
export type PdfChart =
  | PdfDrawing
  | {
      readonly kind: 'bars';
      readonly caption: string;
      readonly alt: string;
      readonly bars: readonly PdfBar[];
    }
  | {
      readonly kind: 'curves';
      readonly caption: string;
      readonly alt: string;
      readonly xTitle: string;
      readonly yTitle: string;
      readonly series: readonly PdfSeries[];
      /** Given where plain numbers would not do (dates); computed otherwise. */
      readonly xTicks?: readonly PdfTick[];
    };

/** A rectangle of a building at its size, with its glass. */
export type PdfFace = {
  readonly title: string;
  readonly text: string;
  readonly widthM: number;
  readonly heightM: number;
  /** 0 to 1, from the palest shade to the darkest. */
  readonly strength: number;
  readonly panes: readonly {
    readonly xM: number;
    readonly yM: number;
    readonly widthM: number;
    readonly heightM: number;
  }[];
};

/** Faces of a building, all at one scale. */
export type PdfDrawing = {
  readonly kind: 'drawing';
  readonly caption: string;
  readonly alt: string;
  readonly faces: readonly PdfFace[];
};

export type PdfTable = {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly PdfColumn[];
  readonly rows: readonly (readonly string[])[];
};

/** Boxes for people to fill in and sign: one a party, with the same lines to fill in each and a place for the hand. */
export type PdfSignatures = {
  readonly kind: 'signatures';
  readonly parties: readonly string[];
  readonly fields: readonly string[];
  readonly hand: string;
};

export type PdfBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone?: 'plain' | 'strong' | 'quiet' }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | PdfTable
  | PdfChart
  | PdfSignatures
  | { readonly kind: 'page-break' };

export type PdfContent = {
  readonly title: string;
  readonly language: Language;
  readonly subject?: string;
  readonly author?: string;
  /** Instant written as the file's date, ms since 1970: the same content and instant give the same bytes. */
  readonly createdMs: number;
  /** Left of the page number, on each page. */
  readonly footer: string;
  readonly blocks: readonly PdfBlock[];
};
