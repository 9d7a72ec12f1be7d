import { useEffect, useRef, useState } from 'preact/hooks';
import type { Question } from '../../client/names.ts';
import { formatNumber, formatPercent } from '../format.ts';
import { type Text, useText } from '../i18n.ts';
import '../choices.css';

const words = {
  answer: { fr: 'Répondre', en: 'Answer' },
  skip: { fr: 'Je ne sais pas', en: 'I do not know' },
  choose: { fr: 'Choisissez une réponse.', en: 'Choose an answer.' },
} as const satisfies Record<string, Text>;

const unitText: Readonly<Record<string, string>> = {
  '1/h': 'vol/h',
  'W/(m2 K)': 'W/(m²·K)',
  m2: 'm²',
  m3: 'm³',
};

/** A number as people type it, comma or point. */
const numberOf = (text: string): number => {
  const bare = text.trim().replaceAll(/\s/g, '').replace(',', '.');
  return bare === '' ? Number.NaN : Number(bare);
};

type CardProps = {
  readonly question: Question;
  readonly busy: boolean;
  /** The refusal of the last answer, to be read beside the field. */
  readonly refusal: Text | null;
  /** Code of the question that was answered or passed here last: the focus comes to the one that follows it, and to no other. */
  readonly left: string;
  readonly onAnswer: (value: string | number) => void;
  readonly onSkip: () => void;
};

/** One question, its worth, the field that takes its answer. */
export const QuestionCard = ({ question, busy, refusal, left, onAnswer, onSkip }: CardProps) => {
  const t = useText();
  const title = useRef<HTMLHeadingElement>(null);
  const before = useRef(question.code);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Text | null>(null);
  const { field } = question;
  useEffect(() => {
    setTyped('');
    setProblem(null);
    if (before.current === left && left !== question.code) title.current?.focus();
    before.current = question.code;
  }, [question.code]);
  const shown = problem ?? refusal;

  const submit = (event: Event): void => {
    event.preventDefault();
    if (field.kind !== 'number') {
      if (typed.trim() === '') return setProblem(words.choose);
      setProblem(null);
      return onAnswer(typed.trim());
    }
    const value = numberOf(typed);
    if (!(value >= field.min && value <= field.max)) {
      const [low, high] = [field.min, field.max];
      return setProblem({
        fr: `Écrivez un nombre de ${formatNumber(low, 'fr')} à ${formatNumber(high, 'fr')}.`,
        en: `Write a number from ${formatNumber(low, 'en')} to ${formatNumber(high, 'en')}.`,
      });
    }
    setProblem(null);
    return onAnswer(value);
  };

  const described = `question-help${shown === null ? '' : ' question-problem'}`;
  return (
    <form class="question" onSubmit={submit} aria-labelledby="question-title">
      <h3 id="question-title" ref={title} tabIndex={-1}>
        {t(question.message)}
      </h3>
      {question.narrowsShare !== null && (
        <p class="worth">
          {t({
            fr: `Une réponse resserre l’intervalle des déperditions de ${formatPercent(question.narrowsShare, 'fr')}.`,
            en: `An answer narrows the heat-loss interval by ${formatPercent(question.narrowsShare, 'en')}.`,
          })}
        </p>
      )}
      <p id="question-help" class="quiet">
        {t(question.help)}
      </p>
      {field.kind === 'choice' ? (
        <fieldset class="choices" aria-describedby={described}>
          <legend class="hidden">{t(question.message)}</legend>
          {field.choices.map(({ value, label }) => (
            <label key={value}>
              <input
                type="radio"
                name={question.code}
                value={value}
                checked={typed === value}
                onChange={() => setTyped(value)}
              />
              {t(label)}
            </label>
          ))}
        </fieldset>
      ) : (
        <p>
          <input
            class="field"
            type="text"
            inputMode={field.kind === 'number' ? 'decimal' : 'text'}
            autocomplete="off"
            aria-labelledby="question-title"
            aria-describedby={described}
            aria-invalid={shown !== null}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />{' '}
          {field.kind === 'number' && <span>{unitText[field.unit] ?? field.unit}</span>}
        </p>
      )}
      {shown !== null && (
        <p id="question-problem" class="alert" role="alert">
          {t(shown)}
        </p>
      )}
      <p class="actions">
        <button type="submit" class="primary" disabled={busy}>
          {t(words.answer)}
        </button>
        <button type="button" class="plain" disabled={busy} onClick={onSkip}>
          {t(words.skip)}
        </button>
      </p>
    </form>
  );
};
