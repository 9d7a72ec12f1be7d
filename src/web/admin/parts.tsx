import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Text, useText, words } from '../i18n.ts';
import type { Outcome } from '../send.ts';

/** Something asked of the server once at a time; what it refused is told until the next try. */
const useDeed = (act: () => Promise<Outcome<unknown>>, onDone?: () => void) => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Text | null>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    const outcome = await act();
    setBusy(false);
    setProblem(outcome.ok ? null : outcome.message);
    if (outcome.ok) onDone?.();
  };
  return { busy, problem, go };
};

const Refused = ({ problem }: { readonly problem: Text | null }) => {
  const t = useText();
  return problem === null ? null : (
    <span role="alert" class="alert block">
      {t(problem)}
    </span>
  );
};

type SureProps = {
  readonly label: Text;
  /** What the button is about, for those who do not see the row it stands in. */
  readonly about: string;
  readonly question: Text;
  readonly act: () => Promise<Outcome<unknown>>;
  readonly onDone: () => void;
};

/** A deed that cannot be undone: asked once more, where the person already is; what is refused is told there. */
export const SureButton = ({ label, about, question, act, onDone }: SureProps) => {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const { busy, problem, go } = useDeed(async () => {
    const outcome = await act();
    setAsked(false);
    return outcome;
  }, onDone);
  const yes = useRef<HTMLButtonElement>(null);
  const again = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (asked) yes.current?.focus();
    // The button that was pressed has gone: without this the focus would start the page anew.
    else if (was.current) again.current?.focus();
    was.current = asked;
  }, [asked]);
  return (
    <>
      {asked ? (
        <span role="group" aria-label={about}>
          {t(question)}{' '}
          <button type="button" class="plain" ref={yes} disabled={busy} onClick={() => void go()}>
            {t({ fr: 'Oui', en: 'Yes' })}
          </button>
          <button type="button" class="plain" onClick={() => setAsked(false)}>
            {t({ fr: 'Non', en: 'No' })}
          </button>
        </span>
      ) : (
        <button
          type="button"
          class="plain"
          ref={again}
          aria-label={`${t(label)}${t(words.colon)}${about}`}
          onClick={() => setAsked(true)}
        >
          {t(label)}
        </button>
      )}
      <Refused problem={problem} />
    </>
  );
};

type DoProps = {
  readonly label: Text;
  readonly about: string;
  readonly act: () => Promise<Outcome<unknown>>;
  readonly onDone: () => void;
};

/** A deed that may be done at once. */
export const DoButton = ({ label, about, act, onDone }: DoProps) => {
  const t = useText();
  const { busy, problem, go } = useDeed(act, onDone);
  return (
    <>
      <button
        type="button"
        class="plain"
        aria-label={`${t(label)}${t(words.colon)}${about}`}
        disabled={busy}
        onClick={() => void go()}
      >
        {t(label)}
      </button>
      <Refused problem={problem} />
    </>
  );
};

/** What is told once: a key, a secret, a link. It is gone with the page. */
export const ToldOnce = ({ what, value }: { readonly what: Text; readonly value: string }) => {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    setCopied(false);
    box.current?.focus();
  }, [value]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(value);
    setCopied(true);
  };
  return (
    <div class="alert told" ref={box} tabIndex={-1} role="status">
      <p>
        {t(what)}{' '}
        <strong>
          {t({
            fr: 'Notez-le maintenant : il ne sera plus montré.',
            en: 'Note it now: it will not be shown again.',
          })}
        </strong>
      </p>
      <code>{value}</code>
      <p>
        <button type="button" class="plain" onClick={() => void copy()}>
          {copied ? t({ fr: 'Copié', en: 'Copied' }) : t({ fr: 'Copier', en: 'Copy' })}
        </button>
      </p>
    </div>
  );
};

type FormProps = {
  readonly action: Text;
  readonly send: () => Promise<Outcome<unknown>>;
  readonly children: ComponentChildren;
};

/** A form of its own fields; what is refused is told under it. */
export const AdminForm = ({ action, send, children }: FormProps) => {
  const t = useText();
  const { busy, problem, go } = useDeed(send);
  return (
    <form
      class="grid-form"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      {children}
      <div class="actions">
        <button type="submit" class="primary" disabled={busy}>
          {t(action)}
        </button>
      </div>
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
    </form>
  );
};

type FieldProps = {
  readonly label: Text;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly keys?: 'text' | 'numeric' | 'url';
  readonly optional?: boolean;
};

export const Field = ({ label, value, onChange, keys = 'text', optional = false }: FieldProps) => {
  const t = useText();
  return (
    <label class="labelled">
      {t(label)}
      <input
        class="field"
        type="text"
        inputMode={keys}
        autocomplete="off"
        required={!optional}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
};
