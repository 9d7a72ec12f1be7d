import { useState } from 'preact/hooks';
import type { ProgrammeComparison, ProgrammeSummary } from '../../client/names.ts';
import { useResource } from '../client.ts';
import { formatDay } from '../format.ts';
import { type Text, useText } from '../i18n.ts';
import { useParts } from '../part-turner.tsx';
import { Pending } from '../pending.tsx';
import { useEuros } from './plan-years.tsx';

/** A programme as one tells it from others. */
const toldInShort = (
  { id, buildings, costEur, at, accepted }: ProgrammeSummary,
  euros: (value: number) => string,
): Text => {
  const day = at.slice(0, 10);
  const by = accepted === null ? { fr: '', en: '' } : { fr: ', accepté', en: ', accepted' };
  return {
    fr: `n° ${id} : ${buildings} bâtiment${buildings > 1 ? 's' : ''}, ${euros(costEur)}, ${formatDay(day, 'fr')}${by.fr}`,
    en: `No. ${id}: ${buildings} building${buildings === 1 ? '' : 's'}, ${euros(costEur)}, ${formatDay(day, 'en')}${by.en}`,
  };
};

/** What changes from another programme to this one, building by building. */
export const ChangesSection = ({
  one,
  all,
}: {
  readonly one: ProgrammeSummary;
  readonly all: readonly ProgrammeSummary[];
}) => {
  const t = useText();
  const euros = useEuros();
  const [from, setFrom] = useState('');
  const others = all.filter(({ id }) => id !== one.id);
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="changes" class={from === '' ? 'print-hidden' : undefined}>
      <h2 id="changes">
        {t({ fr: 'Ce qui change d’un programme à l’autre', en: 'What changes between programmes' })}
      </h2>
      <p>
        <label class="labelled">
          {t({ fr: 'Comparer avec', en: 'Compare with' })}
          <select class="field" value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
            <option value="">—</option>
            {others.map((other) => (
              <option key={other.id} value={other.id}>
                {t(toldInShort(other, euros))}
              </option>
            ))}
          </select>
        </label>
      </p>
      {from !== '' && <ChangeList from={from} to={one.id} />}
    </section>
  );
};

/** Changes told at once. */
const MOST = 12;

const ChangeList = ({ from, to }: { readonly from: string; readonly to: string }) => {
  const t = useText();
  const compared = useResource('GET /v1/programmes/{id}/changes', {
    path: { id: to },
    query: { from: Number(from) },
  });
  return (
    <Pending loaded={compared}>
      {({ changes, summary }) =>
        changes.length === 0 ? (
          <p>{t({ fr: 'Les mêmes travaux, les mêmes années.', en: 'The same works in the same years.' })}</p>
        ) : (
          <>
            {summary.map((sentence) => (
              <p key={sentence.en}>{t(sentence)}</p>
            ))}
            <Changes changes={changes} />
          </>
        )
      }
    </Pending>
  );
};

const Changes = ({ changes }: Pick<ProgrammeComparison, 'changes'>) => {
  const t = useText();
  const { lines, turner } = useParts(changes, MOST);
  return (
    <>
      {turner}
      <ul>
        {lines.map(({ buildingId, kind, message }) => (
          <li key={`${buildingId}${kind}`}>{t(message)}</li>
        ))}
      </ul>
    </>
  );
};
