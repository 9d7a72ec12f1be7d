import { useState } from 'preact/hooks';
import type { Alarm, MeterWatch } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { Folded } from '../folded.tsx';
import { formatDay } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { send } from '../send.ts';
import { Scroll } from '../scroll.tsx';
import { SignedForm } from '../signed-form.tsx';

const title: Text = { fr: 'Les alertes', en: 'The alarms' };
const excess: Text = { fr: 'Excès', en: 'Excess' };

/** Alarms told at once; the older ones wait behind a key. */
const MOST = 3;

type SectionProps = {
  readonly buildingId: string;
  readonly alarms: readonly Alarm[];
  readonly watch: readonly MeterWatch[];
  readonly onChange: () => void;
};

/** What the nightly watch found that the meters take too much of, what people decided, and which meters it looks at. */
export const AlarmsSection = ({ buildingId, alarms, watch, onChange }: SectionProps) => {
  const t = useText();
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms">{t(title)}</h2>
      {alarms.length === 0 ? (
        <p>{t({ fr: 'Aucune alerte.', en: 'No alarm.' })}</p>
      ) : (
        <>
          <AlarmsTable alarms={alarms.slice(0, MOST)} buildingId={buildingId} onChange={onChange} />
          {alarms.length > MOST && (
            <Folded
              summary={t({
                fr: `Alertes d’avant (${alarms.length - MOST})`,
                en: `Earlier alarms (${alarms.length - MOST})`,
              })}
            >
              {() => <AlarmsTable alarms={alarms.slice(MOST)} buildingId={buildingId} onChange={onChange} />}
            </Folded>
          )}
        </>
      )}
      <Watch meters={watch} />
    </section>
  );
};

/** Which meters are watched: an empty list says nothing of one that nobody looks at. */
const Watch = ({ meters }: { readonly meters: readonly MeterWatch[] }) => {
  const t = useText();
  return (
    <ul class="quiet">
      {meters.map(({ meterId, watched, reason }) => (
        <li key={meterId}>
          <code>{meterId}</code>
          {t(words.colon)}
          {watched ? t(reason) : <strong>{t(reason)}</strong>}
        </li>
      ))}
    </ul>
  );
};

type Action = 'acknowledge' | 'refuse' | 'close' | 'reopen';

const actionText: Readonly<Record<Action, Text>> = {
  acknowledge: { fr: 'Prendre en compte', en: 'Acknowledge' },
  refuse: { fr: 'Refuser', en: 'Refuse' },
  close: { fr: 'Clore', en: 'Close' },
  reopen: { fr: 'Rouvrir', en: 'Open again' },
};

const stateText: Readonly<Record<Alarm['state'], Text>> = {
  open: { fr: 'ouverte', en: 'open' },
  acknowledged: { fr: 'prise en compte', en: 'acknowledged' },
  refused: { fr: 'refusée', en: 'refused' },
  closed: { fr: 'close', en: 'closed' },
};

/** What may follow each state: a mind may change both ways. */
const possibleIn: Readonly<Record<Alarm['state'], readonly Action[]>> = {
  open: ['acknowledge', 'refuse', 'close'],
  acknowledged: ['close', 'refuse', 'reopen'],
  refused: ['reopen'],
  closed: ['reopen'],
};

type AlarmsProps = {
  readonly alarms: readonly Alarm[];
  readonly buildingId: string;
  readonly onChange: () => void;
};

const AlarmsTable = ({ alarms, buildingId, onChange }: AlarmsProps) => {
  const t = useText();
  return (
    <Scroll name={title}>
      <table class="causes" aria-label={t({ fr: 'Les alertes', en: 'The alarms' })}>
        <thead>
          <tr>
            <th scope="col">{t({ fr: 'Compteur', en: 'Meter' })}</th>
            <th scope="col" class="number">
              {t(excess)}
            </th>
            <th scope="col">{t({ fr: 'Ce qui se passe', en: 'What happens' })}</th>
            <th scope="col">{t({ fr: 'Ce qui le montre', en: 'What shows it' })}</th>
            <th scope="col">{t({ fr: 'Décision', en: 'Decision' })}</th>
          </tr>
        </thead>
        <tbody>
          {alarms.map((alarm) => (
            <tr key={alarm.id}>
              <th scope="row">
                <code>{alarm.meterId}</code>
              </th>
              <td class="number">
                <Figure label={excess} quantity={alarm.evidence.excessKwh} />
              </td>
              <td class="wrap">{t(alarm.message)}</td>
              <td class="wrap">{t(alarm.proof)}</td>
              <td class="wrap">
                <DecisionCell alarm={alarm} buildingId={buildingId} onChange={onChange} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

type DecisionProps = { readonly alarm: Alarm; readonly buildingId: string; readonly onChange: () => void };

/** The state of an alarm, who decided and why, and what a person may decide now. */
const DecisionCell = ({ alarm, buildingId, onChange }: DecisionProps) => {
  const t = useText();
  const language = useLanguage();
  const [action, setAction] = useState<Action | null>(null);
  const { id, state, decided, code, from } = alarm;
  const told = decided === null ? '' : `${decided.by}, ${formatDay(decided.at.slice(0, 10), language)}`;
  return (
    <>
      <strong>{t(stateText[state])}</strong>{' '}
      {decided !== null && (
        <span class="quiet">
          {t({ fr: `${told} : « ${decided.reason} »`, en: `${told}: “${decided.reason}”` })}
        </span>
      )}{' '}
      {possibleIn[state].map((one) => (
        <button
          key={one}
          type="button"
          class="plain"
          aria-label={`${t(actionText[one])}${t(words.colon)}${code}, ${formatDay(from, language)}`}
          onClick={() => setAction(one)}
        >
          {t(actionText[one])}
        </button>
      ))}
      {action !== null && (
        <SignedForm
          key={action}
          action={actionText[action]}
          send={(reason) =>
            send('POST /v1/buildings/{id}/alarms/{alarm}/decision', {
              path: { id: buildingId, alarm: id },
              body: { action, reason },
            })
          }
          onDone={() => {
            setAction(null);
            onChange();
          }}
          onCancel={() => setAction(null)}
        />
      )}
    </>
  );
};
