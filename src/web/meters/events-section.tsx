import { useState } from 'preact/hooks';
import type { EventView } from '../../client/names.ts';
import { useSteadyResource } from '../client.ts';
import { formatDay, formatNumber } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { type EventDraft, eventBody, EventFields } from './event-fields.tsx';
import { Pending } from '../pending.tsx';
import { type Outcome, send } from '../send.ts';
import { SignedForm } from '../signed-form.tsx';
import './findings.css';

const stateText: Readonly<Record<EventView['state'], Text>> = {
  proposed: { fr: 'à confirmer', en: 'to confirm' },
  accepted: { fr: 'confirmé', en: 'confirmed' },
  refused: { fr: 'refusé', en: 'refused' },
};

type SectionProps = { readonly buildingId: string; readonly onChange: () => void };

/** The events of a building, read by themselves. */
export const BuildingEvents = ({ buildingId, onChange }: SectionProps) => {
  const events = useSteadyResource('GET /v1/buildings/{id}/events', { path: { id: buildingId } });
  return (
    <Pending loaded={events}>
      {(all) => (
        <EventsSection
          buildingId={buildingId}
          events={all}
          onChange={() => {
            events.retry();
            onChange();
          }}
        />
      )}
    </Pending>
  );
};

/** What disturbed the measured savings: found by the tool or told by a person, and confirmed by one. */
export const EventsSection = ({
  buildingId,
  events: all,
  onChange,
}: SectionProps & { readonly events: readonly EventView[] }) => {
  const t = useText();
  return (
    <section aria-labelledby="events">
      <h2 id="events">{t({ fr: 'Les évènements', en: 'The events' })}</h2>
      {all.length === 0 ? (
        <p class="quiet">
          {t({
            fr: 'Aucun. Après des travaux, l’outil propose ici ce qui a dérangé la mesure (arrêt, changement d’usage) ; vous confirmez ou refusez.',
            en: 'None. After works, the tool proposes here what disturbed the measurement (a stop, a change of use); you confirm or refuse.',
          })}
        </p>
      ) : (
        <ul class="findings">
          {all.map((one) => (
            <Event key={one.id} event={one} buildingId={buildingId} onChange={onChange} />
          ))}
        </ul>
      )}
    </section>
  );
};

type Action = 'accept' | 'refuse' | 'reopen';

const actionText: Readonly<Record<Action, Text>> = {
  accept: { fr: 'Confirmer', en: 'Confirm' },
  refuse: { fr: 'Refuser', en: 'Refuse' },
  reopen: { fr: 'Rouvrir', en: 'Open again' },
};

/** What may follow each state: a mind may change both ways. */
const possibleIn: Readonly<Record<EventView['state'], readonly Action[]>> = {
  proposed: ['accept', 'refuse'],
  accepted: ['refuse', 'reopen'],
  refused: ['accept', 'reopen'],
};

type EventProps = { readonly event: EventView; readonly buildingId: string; readonly onChange: () => void };

const Event = ({ event, buildingId, onChange }: EventProps) => {
  const t = useText();
  const language = useLanguage();
  const [action, setAction] = useState<Action | null>(null);
  const { decided, adjustmentPercent } = event;
  const effect =
    adjustmentPercent === null
      ? { fr: 'jours mis de côté', en: 'days set aside' }
      : {
          fr: `consommation attendue corrigée de ${formatNumber(adjustmentPercent, 'fr')} %`,
          en: `expected consumption corrected by ${formatNumber(adjustmentPercent, 'en')} %`,
        };
  const possible = possibleIn[event.state];
  return (
    <li>
      {formatDay(event.from, language)} – {formatDay(event.to, language)},{' '}
      <strong>{t(stateText[event.state])}</strong>. {t(event.message)}{' '}
      {decided !== null && (
        <span class="quiet">
          {t({
            fr: `${decided.by}, ${formatDay(decided.at.slice(0, 10), 'fr')}${event.state === 'accepted' ? `, ${effect.fr}` : ''} : « ${decided.reason} »`,
            en: `${decided.by}, ${formatDay(decided.at.slice(0, 10), 'en')}${event.state === 'accepted' ? `, ${effect.en}` : ''}: “${decided.reason}”`,
          })}
        </span>
      )}{' '}
      {possible.map((one) => (
        <button
          key={one}
          type="button"
          class="plain"
          aria-label={`${t(actionText[one])}${t(words.colon)}${formatDay(event.from, language)}`}
          onClick={() => setAction(one)}
        >
          {t(actionText[one])}
        </button>
      ))}
      {action !== null && (
        <EventForm
          key={action}
          event={event}
          action={action}
          buildingId={buildingId}
          onDone={() => {
            setAction(null);
            onChange();
          }}
          onCancel={() => setAction(null)}
        />
      )}
    </li>
  );
};

type FormProps = {
  readonly event: EventView;
  readonly action: Action;
  readonly buildingId: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

const EventForm = ({ event, action, buildingId, onDone, onCancel }: FormProps) => {
  const t = useText();
  const [draft, setDraft] = useState<EventDraft>({ from: event.from, to: event.to, percent: '' });
  const decide = async (reason: string): Promise<Outcome<unknown>> => {
    const body = action === 'accept' ? eventBody(draft) : { ok: true as const, value: {} };
    return body.ok
      ? send('POST /v1/buildings/{id}/events/{event}/decision', {
          path: { id: buildingId, event: event.id },
          body: { action, reason, ...body.value },
        })
      : body;
  };
  return (
    <SignedForm action={actionText[action]} send={decide} onDone={onDone} onCancel={onCancel}>
      {action === 'reopen' && event.code === 'declared' && (
        <p class="quiet">
          {t({
            fr: 'Personne ne le propose que vous : rouvert, cet évènement disparaît.',
            en: 'Nobody but you proposes it: opened again, this event disappears.',
          })}
        </p>
      )}
      {action === 'accept' && <EventFields draft={draft} onChange={setDraft} />}
    </SignedForm>
  );
};
