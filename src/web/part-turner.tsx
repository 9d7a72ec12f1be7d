import { useRef, useState } from 'preact/hooks';
import { formatCount } from './format.ts';
import { useLanguage, useText } from './i18n.ts';

type TurnerProps = {
  /** Lines in all. */
  readonly count: number;
  /** Lines in a part. */
  readonly size: number;
  /** The part that is drawn, from 1. */
  readonly part: number;
  readonly onTurn: (part: number) => void;
};

/** The part of a list that is drawn, never beyond its last one. */
export const partWithin = (asked: number, count: number, size: number): number =>
  Math.max(1, Math.min(asked, Math.ceil(count / size)));

/** The lines of a part. */
export const linesOfPart = <T,>(all: readonly T[], part: number, size: number): readonly T[] =>
  all.slice((part - 1) * size, part * size);

/**
 * The way from one part of a long list to the next: it stays at the top of what is seen while the list is read, and says which lines
 * these are. Nothing where the list is whole.
 */
export const PartTurner = ({ count, size, part, onTurn }: TurnerProps) => {
  const t = useText();
  const language = useLanguage();
  const bar = useRef<HTMLDivElement>(null);
  if (count <= size) return null;
  const turn = (to: number): void => {
    onTurn(to);
    // The new part is read from its first line, wherever the one before was left.
    const { current } = bar;
    if (current?.parentElement && current.parentElement.getBoundingClientRect().top < 0)
      current.parentElement.scrollIntoView();
  };
  const [from, to, of] = [(part - 1) * size + 1, Math.min(count, part * size), count].map((one) =>
    formatCount(one, language),
  );
  return (
    <div class="turner print-hidden" ref={bar}>
      <span role="status">{t({ fr: `${from} à ${to} sur ${of}`, en: `${from} to ${to} of ${of}` })}</span>
      <button type="button" class="plain" disabled={part === 1} onClick={() => turn(part - 1)}>
        {t({ fr: 'Précédents', en: 'Previous' })}
      </button>
      <button type="button" class="plain" disabled={part * size >= count} onClick={() => turn(part + 1)}>
        {t({ fr: 'Suivants', en: 'Next' })}
      </button>
    </div>
  );
};

/** A list drawn part by part, from its first one. */
export const useParts = <T,>(all: readonly T[], size: number) => {
  const [asked, setAsked] = useState(1);
  const part = partWithin(asked, all.length, size);
  return {
    lines: linesOfPart(all, part, size),
    turner: <PartTurner count={all.length} size={size} part={part} onTurn={setAsked} />,
  };
};
