import { useState } from 'preact/hooks';
import type { Caller, Programme, ProgrammeComparison, ProgrammeSummary } from '../api/contract.ts';
import { useResource } from './client.ts';
import { Figure } from './figure.tsx';
import { formatDay, formatNumber } from './format.ts';
import { type Text, useLanguage, useText } from './i18n.ts';
import { Pending } from './pending.tsx';
import { ProgrammeSection } from './programme-section.tsx';
import { send } from './send.ts';

const formats = ['pdf', 'xlsx', 'csv', 'json'] as const;

/** The programmes kept: read, compare, hand over, accept. */
export const ProgrammesPage = () => {
  const t = useText();
  const list = useResource<ProgrammeSummary[]>('v1/programmes');
  return (
    <>
      <h1>{t({ fr: 'Les programmes gardés', en: 'The programmes kept' })}</h1>
      <Pending loaded={list}>
        {(all) =>
          all.length === 0 ? (
            <p>
              {t({
                fr: 'Aucun encore : calculez-en un avec « stacoptim target --budget 1500000 ».',
                en: 'None yet: compute one with “stacoptim target --budget 1500000”.',
              })}
            </p>
          ) : (
            <Kept all={all} onChange={list.retry} />
          )
        }
      </Pending>
    </>
  );
};

const Kept = ({
  all,
  onChange,
}: {
  readonly all: readonly ProgrammeSummary[];
  readonly onChange: () => void;
}) => {
  const t = useText();
  const [shown, setShown] = useState(all[0]?.id ?? '');
  const one = all.find(({ id }) => id === shown);
  return (
    <>
      <ProgrammeTable all={all} shown={shown} onShow={setShown} />
      {one !== undefined && (
        <section aria-labelledby="one-programme">
          <h2 id="one-programme">{t({ fr: `Programme n° ${one.id}`, en: `Programme ${one.id}` })}</h2>
          <Acceptance one={one} onAccepted={onChange} key={`acceptance-${one.id}`} />
          <Changes one={one} all={all} key={`changes-${one.id}`} />
          <Whole id={one.id} key={`whole-${one.id}`} />
        </section>
      )}
    </>
  );
};

const Whole = ({ id }: { readonly id: string }) => {
  const programme = useResource<Programme>(`v1/programmes/${id}`);
  return <Pending loaded={programme}>{(value) => <ProgrammeSection programme={value} />}</Pending>;
};

type TableProps = {
  readonly all: readonly ProgrammeSummary[];
  readonly shown: string;
  readonly onShow: (id: string) => void;
};

const ProgrammeTable = ({ all, shown, onShow }: TableProps) => {
  const t = useText();
  const language = useLanguage();
  const saving: Text = { fr: 'Économie par an', en: 'Saving a year' };
  const euros = (value: number): string => `${formatNumber(value / 1000, language)} k€`;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t({ fr: 'Programme', en: 'Programme' })}</th>
            <th scope="col">{t({ fr: 'Calculé le', en: 'Computed on' })}</th>
            <th scope="col" class="number">
              {t({ fr: 'Bâtiments', en: 'Buildings' })}
            </th>
            <th scope="col" class="number">
              {t({ fr: 'Coût / budget', en: 'Cost / budget' })}
            </th>
            <th scope="col" class="number">
              {t(saving)}
            </th>
            <th scope="col">{t({ fr: 'Accepté par', en: 'Accepted by' })}</th>
            <th scope="col">{t({ fr: 'Fichiers', en: 'Files' })}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <button
                  type="button"
                  class="plain"
                  aria-pressed={one.id === shown}
                  onClick={() => onShow(one.id)}
                >
                  {t({ fr: `n° ${one.id}`, en: `No. ${one.id}` })}
                </button>
              </th>
              <td>{formatDay(one.at.slice(0, 10), language)}</td>
              <td class="number">{one.buildings}</td>
              <td class="number">
                {euros(one.costEur)} / {euros(one.budgetEur)}
              </td>
              <td class="number">
                <Figure label={saving} quantity={one.savingKwh} />
              </td>
              <td>{one.accepted === null ? '—' : one.accepted.by}</td>
              <td>
                {formats.map((format) => (
                  <a
                    key={format}
                    class="file"
                    href={`v1/programmes/${one.id}/document?format=${format}&lang=${language}`}
                    download=""
                  >
                    {format.toUpperCase()}
                  </a>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Acceptance = ({
  one,
  onAccepted,
}: {
  readonly one: ProgrammeSummary;
  readonly onAccepted: () => void;
}) => {
  const t = useText();
  const language = useLanguage();
  const caller = useResource<Caller>('v1/caller');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Text | null>(null);
  if (one.accepted !== null)
    return (
      <p role="status">
        {t({
          fr: `Accepté par ${one.accepted.by} le ${formatDay(one.accepted.at.slice(0, 10), language)}.`,
          en: `Accepted by ${one.accepted.by} on ${formatDay(one.accepted.at.slice(0, 10), language)}.`,
        })}
      </p>
    );
  const accept = async (event: Event): Promise<void> => {
    event.preventDefault();
    const outcome = await send('POST', `programmes/${one.id}/acceptance`, { reason });
    setProblem(outcome.ok ? null : outcome.message);
    if (outcome.ok) onAccepted();
  };
  return (
    <form class="grid-form" onSubmit={accept}>
      {caller.state === 'ready' && (
        <p class="quiet">
          {t({
            fr: `Vous signez « ${caller.value.name} ». Pour signer d’un autre nom, ouvrez un lien demandé par « stacoptim access link --person NOM ».`,
            en: `You sign as “${caller.value.name}”. To sign under another name, open a link asked for with “stacoptim access link --person NAME”.`,
          })}
        </p>
      )}
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
      <button type="submit" class="primary">
        {t({ fr: 'Accepter ce programme', en: 'Accept this programme' })}
      </button>
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
    </form>
  );
};

const Changes = ({
  one,
  all,
}: {
  readonly one: ProgrammeSummary;
  readonly all: readonly ProgrammeSummary[];
}) => {
  const t = useText();
  const [from, setFrom] = useState('');
  const others = all.filter(({ id }) => id !== one.id);
  if (others.length === 0) return null;
  return (
    <>
      <p>
        <label class="labelled">
          {t({ fr: 'Comparer avec', en: 'Compare with' })}
          <select class="field" value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
            <option value="">—</option>
            {others.map(({ id }) => (
              <option key={id} value={id}>
                {t({ fr: `n° ${id}`, en: `No. ${id}` })}
              </option>
            ))}
          </select>
        </label>
      </p>
      {from !== '' && <ChangeList from={from} to={one.id} />}
    </>
  );
};

const ChangeList = ({ from, to }: { readonly from: string; readonly to: string }) => {
  const t = useText();
  const compared = useResource<ProgrammeComparison>(`v1/programmes/${to}/changes?from=${from}`);
  return (
    <Pending loaded={compared}>
      {({ changes }) =>
        changes.length === 0 ? (
          <p>{t({ fr: 'Les mêmes travaux, les mêmes années.', en: 'The same works in the same years.' })}</p>
        ) : (
          <ul>
            {changes.map(({ buildingId, kind, message }) => (
              <li key={`${buildingId}${kind}`}>{t(message)}</li>
            ))}
          </ul>
        )
      }
    </Pending>
  );
};
