import { useState } from 'preact/hooks';
import type { MeterQuality } from '../../client/names.ts';
import { formatDay } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { send } from '../send.ts';
import { SignedForm } from '../signed-form.tsx';
import { Folded } from '../folded.tsx';
import './findings.css';

type Decision = MeterQuality['decisions'][number];

const saidText = ({ action, factor }: Decision): Text => {
  if (action === 'keep') return { fr: 'gardés', en: 'kept' };
  if (action === 'exclude') return { fr: 'exclus', en: 'left out' };
  return { fr: `multipliés par ${String(factor).replace('.', ',')}`, en: `multiplied by ${factor}` };
};

type ListProps = {
  readonly decisions: readonly Decision[];
  readonly meterId: string;
  readonly onChange: () => void;
};

/** What people decided about the readings, newest first; each can be taken back, and stays told. */
export const DecisionList = ({ decisions, meterId, onChange }: ListProps) => {
  const t = useText();
  const language = useLanguage();
  const [taking, setTaking] = useState<number | null>(null);
  if (decisions.length === 0) return null;
  const day = (text: string): string => formatDay(text.slice(0, 10), language);
  return (
    <Folded
      summary={
        <>
          {t({ fr: 'Décisions prises', en: 'Decisions taken' })}
          {t(words.colon)}
          {decisions.length}
        </>
      }
    >
      {() => (
        <ul class="findings">
          {decisions.toReversed().map((one) => (
            <li key={one.id}>
              {t({
                fr: `N° ${one.id}, ${one.by}, ${day(one.at)} : relevés du ${day(one.from)} au ${day(one.to)} ${saidText(one).fr}. « ${one.reason} »`,
                en: `No. ${one.id}, ${one.by}, ${day(one.at)}: readings from ${day(one.from)} to ${day(one.to)} ${saidText(one).en}. “${one.reason}”`,
              })}{' '}
              {one.reversed === null ? (
                <button
                  type="button"
                  class="plain"
                  aria-label={t({
                    fr: `Reprendre : décision ${one.id}`,
                    en: `Take back: decision ${one.id}`,
                  })}
                  onClick={() => setTaking(one.id)}
                >
                  {t({ fr: 'Reprendre', en: 'Take back' })}
                </button>
              ) : (
                <span class="quiet">
                  {t({
                    fr: `Reprise par ${one.reversed.by} : « ${one.reversed.reason} »`,
                    en: `Taken back by ${one.reversed.by}: “${one.reversed.reason}”`,
                  })}
                </span>
              )}
              {taking === one.id && one.reversed === null && (
                <SignedForm
                  action={{ fr: 'Reprendre cette décision', en: 'Take this decision back' }}
                  send={(reason) =>
                    send('POST /v1/meters/{id}/decisions/{decision}/reversal', {
                      path: { id: meterId, decision: one.id },
                      body: {
                        reason,
                      },
                    })
                  }
                  onDone={() => {
                    setTaking(null);
                    onChange();
                  }}
                  onCancel={() => setTaking(null)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Folded>
  );
};
