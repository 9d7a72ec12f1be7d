import { useState } from 'preact/hooks';
import type { WorksRecord } from '../../api/contract.ts';
import { type Text, useText } from '../i18n.ts';
import { send } from '../send.ts';
import { SignedForm } from '../signed-form.tsx';

/** A number as people type it; undefined for an empty field, NaN for what is none. */
const percentOf = (text: string): number | undefined => {
  const bare = text.trim().replace(',', '.').replace(/\s*%$/, '');
  return bare === '' ? undefined : Number(bare);
};

const notANumber: Text = {
  fr: 'La correction s’écrit comme un nombre de pour cent, par exemple 10 ou -5. Vide : les jours sont écartés.',
  en: 'The correction is written as a number of per cent, for example 10 or -5. Empty: the days are set aside.',
};

type DeclareProps = {
  readonly path: string;
  readonly works: readonly WorksRecord[];
  readonly onChange: () => void;
};

/** A change that a person knows of and the program did not find: it counts at once, and the saving is computed again. */
export const DeclareEvent = ({ path, works, onChange }: DeclareProps) => {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [worksId, setWorksId] = useState(works.at(-1)?.id ?? '');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [percent, setPercent] = useState('');
  const declare = (reason: string) => {
    const adjustmentPercent = percentOf(percent);
    return Number.isNaN(adjustmentPercent ?? 0)
      ? Promise.resolve({ ok: false as const, message: notANumber, code: 'not-a-number' })
      : send('POST', `${path}/events`, {
          worksId,
          from,
          to,
          reason,
          ...(adjustmentPercent === undefined ? {} : { adjustmentPercent }),
        });
  };
  return (
    <details class="print-hidden" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t({ fr: 'Déclarer un évènement', en: 'Declare an event' })}</summary>
      {open && (
        <SignedForm
          action={{ fr: 'Déclarer', en: 'Declare' }}
          send={declare}
          onDone={() => {
            setOpen(false);
            onChange();
          }}
        >
          {works.length > 1 && (
            <label class="labelled">
              {t({ fr: 'Travaux jugés', en: 'Works judged' })}
              <select
                class="field"
                value={worksId}
                onChange={(event) => setWorksId(event.currentTarget.value)}
              >
                {works.map(({ id }) => (
                  <option key={id} value={id}>
                    {id}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label class="labelled">
            {t({ fr: 'Du', en: 'From' })}
            <input
              class="field"
              type="date"
              required
              value={from}
              onInput={(event) => setFrom(event.currentTarget.value)}
            />
          </label>
          <label class="labelled">
            {t({ fr: 'Au', en: 'To' })}
            <input
              class="field"
              type="date"
              required
              value={to}
              onInput={(event) => setTo(event.currentTarget.value)}
            />
          </label>
          <label class="labelled">
            {t({ fr: 'Correction, % (vide : écarter)', en: 'Correction, % (empty: set aside)' })}
            <input
              class="field"
              type="text"
              inputMode="decimal"
              value={percent}
              onInput={(event) => setPercent(event.currentTarget.value)}
            />
          </label>
        </SignedForm>
      )}
    </details>
  );
};
