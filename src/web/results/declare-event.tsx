import { useState } from 'preact/hooks';
import type { WorksRecord } from '../../client/names.ts';
import { useText } from '../i18n.ts';
import { type EventDraft, eventBody, EventFields } from '../meters/event-fields.tsx';
import { type Outcome, send } from '../send.ts';
import { SignedForm } from '../signed-form.tsx';

type DeclareProps = {
  readonly buildingId: string;
  readonly works: readonly WorksRecord[];
  readonly onChange: () => void;
};

/** A change that a person knows of and the program did not find: it counts at once, and the saving is computed again. */
export const DeclareEvent = ({ buildingId, works, onChange }: DeclareProps) => {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [worksId, setWorksId] = useState(works.at(-1)?.id ?? '');
  const [draft, setDraft] = useState<EventDraft>({ from: '', to: '', percent: '' });
  const declare = async (reason: string): Promise<Outcome<unknown>> => {
    const body = eventBody(draft);
    return body.ok
      ? send('POST /v1/buildings/{id}/events', {
          path: { id: buildingId },
          body: { worksId, reason, ...body.value },
        })
      : body;
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
          <EventFields draft={draft} onChange={setDraft} />
        </SignedForm>
      )}
    </details>
  );
};
