import { useState } from 'preact/hooks';
import { useText } from './i18n.ts';
import { optionLetter } from './option-letter.ts';

/** Options that stand side by side: more would neither be read on one screen nor keep the page light. */
const SIDE_BY_SIDE = 3;

/**
 * The options that are shown side by side, and the way to the others; the last ones are shown when one is added. `whole` shows all,
 * for paper.
 */
export const useSideBySide = <T,>(options: readonly T[], whole: boolean) => {
  const t = useText();
  const [asked, setAsked] = useState(0);
  const [count, setCount] = useState(options.length);
  const last = Math.max(0, options.length - SIDE_BY_SIDE);
  const first = Math.min(count < options.length && count > 0 ? last : asked, last);
  if (count !== options.length) {
    setCount(options.length);
    setAsked(first);
  }
  const end = first + SIDE_BY_SIDE;
  const shown = whole ? options : options.slice(first, end);
  const turner = options.length > SIDE_BY_SIDE && (
    <div class="turner print-hidden">
      <span role="status">
        {t({
          fr: `Options ${optionLetter(first)} à ${optionLetter(end - 1)}, sur ${options.length}`,
          en: `Options ${optionLetter(first)} to ${optionLetter(end - 1)}, of ${options.length}`,
        })}
      </span>
      <button
        type="button"
        class="plain"
        disabled={first === 0}
        onClick={() => setAsked(Math.max(0, first - SIDE_BY_SIDE))}
      >
        {t({ fr: 'Précédentes', en: 'Previous' })}
      </button>
      <button
        type="button"
        class="plain"
        disabled={first === last}
        onClick={() => setAsked(Math.min(last, end))}
      >
        {t({ fr: 'Suivantes', en: 'Next' })}
      </button>
    </div>
  );
  return { shown, turner };
};
