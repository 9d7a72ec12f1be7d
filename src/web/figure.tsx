import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { Quantity } from '../client/names.ts';
import type { BasisPart } from './basis-text.ts';
import { formatInterval, formatValue } from './format.ts';
import {
  modelText,
  provenanceText,
  type Text,
  useLanguage,
  useText,
  withoutLooseSigns,
  words,
} from './i18n.ts';

export type Opened = { readonly label: Text; readonly quantity: Quantity };

/** Opens the side sheet on a figure; the sheet itself lives once, at the root. */
export const SheetContext = createContext<(opened: Opened) => void>(() => {});

type FigureProps = {
  readonly label: Text;
  readonly quantity: Quantity | null;
  /** The interval beside the value; off where a column already says it. */
  readonly interval?: boolean;
  /** The largest of the figures it stands beside: all are written in its unit. */
  readonly like?: number;
};

/** A figure with its interval; a click or Enter says where it comes from (promise P1). */
export const Figure = ({ label, quantity, interval = true, like }: FigureProps) => {
  const open = useContext(SheetContext);
  const language = useLanguage();
  const t = useText();
  if (quantity === null) return <span class="not-evaluated">{t(words.notEvaluated)}</span>;
  return (
    <button type="button" class="figure" onClick={() => open({ label, quantity })} title={t(words.where)}>
      {formatValue(quantity, language, like)}
      {interval && quantity.high > quantity.low && (
        <small> ({formatInterval(quantity, language, like)})</small>
      )}
    </button>
  );
};

/** The kind of a model is a code where the working begins. */
const named = (basis: string): string =>
  basis.replace(/^[\w-]+(?= fitted on)/, (kind) => modelText[kind]?.en ?? kind);

/** Where the figure comes from, in the language of the page; its French words come when the sheet is first opened. */
export const Basis = ({ basis }: { readonly basis: string }) => {
  const language = useLanguage();
  const [parts, setParts] = useState<readonly BasisPart[] | null>(null);
  useEffect(() => {
    if (language !== 'fr') return undefined;
    let gone = false;
    void import('./basis-text.ts').then(
      ({ basisInFrench }) => gone || setParts(basisInFrench(basis)),
      () => gone || setParts([{ text: basis, french: false }]),
    );
    return () => {
      gone = true;
    };
  }, [basis, language]);
  if (language !== 'fr') return <dd>{named(basis)}</dd>;
  return (
    <dd>
      {parts?.map(({ text, french }, index) => (
        <span key={text} lang={french ? undefined : 'en'}>
          {index === 0 ? '' : '\u202f; '}
          {french ? withoutLooseSigns(text) : text}
        </span>
      ))}
    </dd>
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
            <Basis basis={opened.quantity.basis} />
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
