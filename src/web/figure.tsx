import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import type { Quantity } from '../api/contract.ts';
import { formatInterval, formatValue } from './format.ts';
import { provenanceText, type Text, useLanguage, useText, words } from './i18n.ts';

export type Opened = { readonly label: Text; readonly quantity: Quantity };

/** Opens the side sheet on a figure; the sheet itself lives once, at the root. */
export const SheetContext = createContext<(opened: Opened) => void>(() => {});

type FigureProps = {
  readonly label: Text;
  readonly quantity: Quantity | null;
  /** The interval beside the value; off where a column already says it. */
  readonly interval?: boolean;
};

/** A figure with its interval; a click or Enter says where it comes from (promise P1). */
export const Figure = ({ label, quantity, interval = true }: FigureProps) => {
  const open = useContext(SheetContext);
  const language = useLanguage();
  const t = useText();
  if (quantity === null) return <span class="not-evaluated">{t(words.notEvaluated)}</span>;
  return (
    <button type="button" class="figure" onClick={() => open({ label, quantity })} title={t(words.where)}>
      {formatValue(quantity, language)}
      {interval && <small> ({formatInterval(quantity, language)})</small>}
    </button>
  );
};

export const Sheet = ({ opened, onClose }: { readonly opened: Opened | null; onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const t = useText();
  const language = useLanguage();
  useEffect(() => {
    if (opened === null) dialog.current?.close();
    else if (dialog.current?.open === false) dialog.current.showModal();
  }, [opened]);
  return (
    <dialog ref={dialog} class="sheet" onClose={onClose} aria-labelledby="sheet-title">
      {opened !== null && (
        <>
          <h2 id="sheet-title">{t(opened.label)}</h2>
          <p class="sheet-value">{formatValue(opened.quantity, language)}</p>
          <dl>
            <dt>
              {t(words.interval)} {Math.round(opened.quantity.level * 100)} %
            </dt>
            <dd>{formatInterval(opened.quantity, language)}</dd>
            <dt>{t(words.provenance)}</dt>
            <dd>{t(provenanceText[opened.quantity.provenance])}</dd>
            <dt>{t(words.basis)}</dt>
            <dd>{opened.quantity.basis}</dd>
          </dl>
          <form method="dialog">
            <button type="submit" class="plain">
              {t(words.close)}
            </button>
          </form>
        </>
      )}
    </dialog>
  );
};
