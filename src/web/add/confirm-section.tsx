import { useState } from 'preact/hooks';
import { type Text, useText } from '../i18n.ts';
import { confirmDraft } from './api.ts';

const kept = 'stacoptim.person';

/** The name of the person who decides, remembered in this browser. */
export const usePerson = (): readonly [string, (name: string) => void] => {
  const [by, setBy] = useState(() => localStorage.getItem(kept) ?? '');
  return [
    by,
    (name) => {
      localStorage.setItem(kept, name);
      setBy(name);
    },
  ];
};

export const PersonField = ({
  by,
  onChange,
}: {
  readonly by: string;
  readonly onChange: (name: string) => void;
}) => {
  const t = useText();
  return (
    <label class="labelled">
      {t({ fr: 'Votre nom (gardé au journal)', en: 'Your name (kept in the log)' })}
      <input
        class="field"
        type="text"
        autocomplete="name"
        required
        value={by}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
};

type ConfirmProps = {
  readonly id: string;
  /** The suggested name and id of one building; absent for a sheet. */
  readonly building?: { readonly name: string; readonly id: string };
  readonly count: number;
  readonly onDone: (buildings: readonly string[]) => void;
};

/** A named person makes the upload part of the stock. */
export const ConfirmSection = ({ id, building, count, onDone }: ConfirmProps) => {
  const t = useText();
  const [by, setBy] = usePerson();
  const [name, setName] = useState(building?.name ?? '');
  const [slug, setSlug] = useState(building?.id ?? '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Text | null>(null);
  const confirm = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const chosen = building === undefined ? { by } : { by, name, id: slug };
    const outcome = await confirmDraft(id, chosen);
    setBusy(false);
    if (outcome.ok) onDone(outcome.value.buildings);
    else setProblem(outcome.message);
  };
  return (
    <section aria-labelledby="confirm">
      <h2 id="confirm">{t({ fr: 'Confirmer', en: 'Confirm' })}</h2>
      <form onSubmit={(event) => void confirm(event)}>
        <div class="grid-form">
          {building !== undefined && (
            <>
              <label class="labelled">
                {t({ fr: 'Nom du bâtiment', en: 'Name of the building' })}
                <input
                  class="field"
                  type="text"
                  required
                  autocomplete="off"
                  value={name}
                  onInput={(event) => setName(event.currentTarget.value)}
                />
              </label>
              <label class="labelled">
                {t({ fr: 'Identifiant', en: 'Id' })}
                <input
                  class="field"
                  type="text"
                  required
                  autocomplete="off"
                  value={slug}
                  onInput={(event) => setSlug(event.currentTarget.value)}
                />
              </label>
            </>
          )}
          <PersonField by={by} onChange={setBy} />
        </div>
        {problem !== null && (
          <p role="alert" class="alert">
            {t(problem)}
          </p>
        )}
        <button type="submit" class="primary" disabled={busy || count === 0}>
          {building === undefined
            ? t({
                fr: `Créer ${count} jumeau${count > 1 ? 'x' : ''}`,
                en: `Create ${count} twin${count === 1 ? '' : 's'}`,
              })
            : t({ fr: 'Confirmer le jumeau', en: 'Confirm the twin' })}
        </button>
      </form>
    </section>
  );
};
