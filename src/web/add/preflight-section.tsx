import { useRef, useState } from 'preact/hooks';
import type { Preflight, Quantity } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { formatQuantity } from '../format.ts';
import { groupText, type Text, useLanguage, useText, words as everywhere } from '../i18n.ts';
import { IntervalPlot } from '../interval-plot.tsx';
import { type Answers, answersList, withAnswer } from './api.ts';
import type { Outcome } from '../send.ts';
import { answerLabel, valueText } from './labels.ts';
import { QuestionCard } from './question-card.tsx';

const words = {
  found: { fr: 'Trouvé', en: 'Found' },
  assumed: { fr: 'Supposé', en: 'Assumed' },
  contradictory: { fr: 'Contradictoire', en: 'Contradictory' },
  missing: { fr: 'Manquant', en: 'Missing' },
  questions: { fr: 'Ce qu’il serait utile de savoir', en: 'What would be useful to know' },
  answered: { fr: 'Vos réponses', en: 'Your answers' },
  takeBack: { fr: 'Reprendre', en: 'Take back' },
  again: { fr: 'Revoir les questions passées', en: 'See the questions that were passed over' },
  nothing: {
    fr: 'Plus rien à demander : le reste se saura par le compteur.',
    en: 'Nothing more to ask: the meter will tell the rest.',
  },
  heatLoss: { fr: 'Déperditions', en: 'Heat loss' },
} as const satisfies Record<string, Text>;

const halfPercent = ({ low, high, value }: Quantity): number =>
  value > 0 ? (100 * (high - low)) / 2 / value : 0;

const Findings = ({ report }: { readonly report: Preflight }) => {
  const t = useText();
  const lists = (['contradictory', 'missing', 'assumed', 'found'] as const).filter(
    (name) => report[name].length > 0,
  );
  return (
    <>
      {lists.map((name) => (
        <details key={name} open={name !== 'found' && report[name].length <= 6}>
          <summary>
            {t(words[name])} ({report[name].length})
          </summary>
          <ul>
            {report[name].map(({ code, message, ref }) => (
              <li key={`${code} ${ref ?? ''} ${message.en}`}>{t(message)}</li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
};

type SectionProps = {
  readonly report: Preflight;
  /** Questions passed over, kept by the parent: the section itself goes away while a model is read again. */
  readonly passed: readonly string[];
  readonly onPassed: (codes: readonly string[]) => void;
  /** Sends the whole set of answers; the report that comes back is shown by the parent. */
  readonly onAnswers: (answers: Answers) => Promise<Outcome<unknown>>;
};

/** The pre-flight report: how sure the heat loss is, what was found and assumed, and the questions one by one. */
export const PreflightSection = ({ report, passed, onPassed, onAnswers }: SectionProps) => {
  const t = useText();
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Text | null>(null);
  const [said, setSaid] = useState('');
  const [left, setLeft] = useState('');
  const before = useRef(report.heatLossWK);
  const asked = report.questions.filter(({ code }) => !passed.includes(code));
  const [question] = asked;
  const answers = report.answers as Answers;
  const given = answersList(answers);

  const send = async (next: Answers): Promise<void> => {
    setBusy(true);
    const outcome = await onAnswers(next);
    setBusy(false);
    setRefusal(outcome.ok ? null : outcome.message);
    if (outcome.ok) setSaid(t({ fr: 'Réponse prise en compte.', en: 'Answer taken into account.' }));
  };
  const rows = report.losses.map(({ group, h }) => ({ label: t(groupText[group]), quantity: h }));
  const summary = rows.map((row) => `${row.label} ${formatQuantity(row.quantity, language)}`).join(' ; ');
  const narrowed = 1 - halfPercent(report.heatLossWK) / Math.max(1e-9, halfPercent(before.current));
  return (
    <>
      <p aria-live="polite">
        {t(words.heatLoss)}
        {t(everywhere.colon)}
        <Figure label={words.heatLoss} quantity={report.heatLossWK} />
        {t({
          fr: `, soit ± ${Math.round(halfPercent(report.heatLossWK))} %`,
          en: `, that is ± ${Math.round(halfPercent(report.heatLossWK))} %`,
        })}
        {narrowed > 0.01 &&
          t({
            fr: ` ; vos réponses ont resserré l’intervalle de ${Math.round(100 * narrowed)} %`,
            en: `; your answers have narrowed the interval by ${Math.round(100 * narrowed)} %`,
          })}
        .<span class="hidden">{said}</span>
      </p>
      <IntervalPlot rows={rows} summary={summary} />
      <section aria-labelledby="questions">
        <h2 id="questions">{t(words.questions)}</h2>
        {question === undefined ? (
          <>
            <p>
              {t(
                passed.length === 0 || report.questions.length === 0
                  ? words.nothing
                  : {
                      fr: 'Les questions restantes ont été passées.',
                      en: 'The questions left were passed over.',
                    },
              )}
            </p>
            {report.questions.length > 0 && (
              <button type="button" class="plain" onClick={() => onPassed([])}>
                {t(words.again)}
              </button>
            )}
          </>
        ) : (
          <>
            <p class="quiet">
              {t({
                fr: `${asked.length} question${asked.length > 1 ? 's' : ''}, la plus utile d’abord. On peut toutes les passer.`,
                en: `${asked.length} question${asked.length > 1 ? 's' : ''}, the most useful first. All may be passed over.`,
              })}
            </p>
            <QuestionCard
              question={question}
              busy={busy}
              refusal={refusal}
              left={left}
              onAnswer={(value) => {
                setLeft(question.code);
                void send(withAnswer(answers, question.field.path, value));
              }}
              onSkip={() => {
                setLeft(question.code);
                setRefusal(null);
                onPassed([...passed, question.code]);
              }}
            />
          </>
        )}
        {given.length > 0 && (
          <>
            <h3>{t(words.answered)}</h3>
            <ul class="given">
              {given.map(({ path, value }) => (
                <li key={path.join('.')}>
                  {t(answerLabel(path, report.spaces))}
                  {t(everywhere.colon)}
                  {t(valueText(value))}{' '}
                  <button
                    type="button"
                    class="plain"
                    disabled={busy}
                    aria-label={`${t(words.takeBack)}${t(everywhere.colon)}${t(answerLabel(path, report.spaces))}`}
                    onClick={() => void send(withAnswer(answers, path, undefined))}
                  >
                    {t(words.takeBack)}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section aria-labelledby="findings">
        <h2 id="findings">{t({ fr: 'Ce que le fichier dit', en: 'What the file says' })}</h2>
        <Findings report={report} />
      </section>
    </>
  );
};
