import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useResource } from './client.ts';
import { type Text, useText } from './i18n.ts';
import { adminHref } from './router.ts';
import type { Outcome } from './send.ts';

type FormProps = {
  readonly action: Text;
  /** Sends the decision with its reason; what is refused is told under the form. */
  readonly send: (reason: string) => Promise<Outcome<unknown>>;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
  readonly children?: ComponentChildren;
};

/** A decision as a person signs it: what is decided, why, and under which name it will be kept. */
export const SignedForm = ({ action, send, onDone, onCancel, children }: FormProps) => {
  const t = useText();
  const caller = useResource('GET /v1/caller');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Text | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const outcome = await send(reason);
    setBusy(false);
    setProblem(outcome.ok ? null : outcome.message);
    if (!outcome.ok) return;
    // The form may stay, for the next decision: this reason was the last one's.
    setReason('');
    onDone();
  };
  return (
    <form class="grid-form" onSubmit={(event) => void submit(event)}>
      {children}
      <label class="labelled">
        {t({ fr: 'Pourquoi', en: 'Why' })}
        <input
          class="field"
          type="text"
          required
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <div class="actions">
        <button type="submit" class="primary" disabled={busy}>
          {t(action)}
        </button>
        {onCancel !== undefined && (
          <button type="button" class="plain" onClick={onCancel}>
            {t({ fr: 'Annuler', en: 'Cancel' })}
          </button>
        )}
      </div>
      {caller.state === 'ready' && (
        <p class="quiet">
          {t({ fr: `Vous signez « ${caller.value.name} ».`, en: `You sign as “${caller.value.name}”.` })}
          {!caller.value.named && (
            <>
              {' '}
              {t({
                fr: 'Ce n’est le nom de personne : pour signer du vôtre,',
                en: 'That is nobody’s name: to sign with your own,',
              })}{' '}
              <a href={adminHref('personnes')}>
                {t({ fr: 'faites-vous un accès à votre nom', en: 'make yourself an access in your name' })}
              </a>
              .
            </>
          )}
        </p>
      )}
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
    </form>
  );
};
