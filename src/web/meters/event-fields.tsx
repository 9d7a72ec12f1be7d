import { type Text, useText } from '../i18n.ts';
import type { Outcome } from '../send.ts';

/** Days of an event and what to do with them, as a person types them. */
export type EventDraft = { readonly from: string; readonly to: string; readonly percent: string };

const notANumber: Text = {
  fr: 'La correction s’écrit comme un nombre de pour cent, par exemple 10 ou -5. Vide : les jours sont écartés.',
  en: 'The correction is written as a number of per cent, for example 10 or -5. Empty: the days are set aside.',
};

type EventDays = { readonly from: string; readonly to: string; readonly adjustmentPercent?: number };

/** What the API takes of a draft; refused with `not-a-number` where the correction is none. */
export const eventBody = ({ from, to, percent }: EventDraft): Outcome<EventDays> => {
  const bare = percent.trim().replace(',', '.').replace(/\s*%$/, '');
  if (Number.isNaN(Number(bare))) return { ok: false, message: notANumber, code: 'not-a-number' };
  return { ok: true, value: { from, to, ...(bare === '' ? {} : { adjustmentPercent: Number(bare) }) } };
};

type FieldsProps = { readonly draft: EventDraft; readonly onChange: (draft: EventDraft) => void };

/** The same fields wherever an event is declared or confirmed. */
export const EventFields = ({ draft, onChange }: FieldsProps) => {
  const t = useText();
  const days = [
    ['from', { fr: 'Du', en: 'From' }],
    ['to', { fr: 'Au', en: 'To' }],
  ] as const;
  return (
    <>
      {days.map(([bound, name]) => (
        <label key={bound} class="labelled">
          {t(name)}
          <input
            class="field"
            type="date"
            required
            value={draft[bound]}
            onInput={(event) => onChange({ ...draft, [bound]: event.currentTarget.value })}
          />
        </label>
      ))}
      <label class="labelled">
        {t({
          fr: 'Correction de la consommation attendue, % (vide : jours écartés)',
          en: 'Correction of the expected consumption, % (empty: days set aside)',
        })}
        <input
          class="field"
          type="text"
          inputMode="decimal"
          value={draft.percent}
          onInput={(event) => onChange({ ...draft, percent: event.currentTarget.value })}
        />
      </label>
    </>
  );
};
