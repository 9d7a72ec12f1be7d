import { useEffect, useRef, useState } from 'preact/hooks';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { numberOf } from '../typed-number.ts';
import { LinksFieldset } from './links-fieldset.tsx';
import { type ProgrammeDraft, requestOf } from './request.ts';
import { startProgramme, stopJob, useJob } from './solve.ts';
import { Waiting } from './waiting.tsx';

const objectives: readonly (readonly [string, Text])[] = [
  ['energy', { fr: 'économiser le plus d’énergie', en: 'save the most energy' }],
  ['carbon', { fr: 'éviter le plus de carbone', en: 'avoid the most carbon' }],
  ['net-value', { fr: 'avoir la plus grande valeur nette', en: 'have the greatest net value' }],
  [
    'legal-risk',
    { fr: 'garder le plus de logements dans la loi', en: 'keep the most dwellings inside the law' },
  ],
];

const legalWays: readonly (readonly [string, Text])[] = [
  ['told', { fr: 'seulement dites', en: 'only told' }],
  ['hard', { fr: 'toutes tenues', en: 'all kept' }],
  ['priced', { fr: 'tenues contre un prix', en: 'kept for a price' }],
];

/** The unit a price stands in, by the aim of the programme. */
const priceUnits: Readonly<Record<string, Text>> = {
  energy: { fr: 'kWh', en: 'kWh' },
  carbon: { fr: 'kg CO₂e', en: 'kg CO₂e' },
  'net-value': { fr: '€', en: '€' },
};

const MOST_YEARS = 30;

type EditorProps = {
  readonly draft: ProgrammeDraft;
  readonly onDraft: (draft: ProgrammeDraft) => void;
  /** Hears the number of the programme, and whether a person has changed the settings meanwhile. */
  readonly onSolved: (id: string, touched: boolean) => void;
  /** How often settings were put in from elsewhere on the page: each time it opens and takes the focus. */
  readonly filled: number;
  /** Closed at first: a programme stands above, and is read before it is changed. */
  readonly folded: boolean;
};

/** Budgets and constraints as plain controls, and the computation they start. */
export const EditorSection = ({ draft, onDraft, onSolved, filled, folded }: EditorProps) => {
  const t = useText();
  const language = useLanguage();
  const [problem, setProblem] = useState<Text | null>(null);
  const [open, setOpen] = useState(!folded || draft.job > 0);
  // What is typed while it computes must not be lost when it ends.
  const latest = useRef(draft);
  latest.current = draft;
  const touched = useRef(false);
  // A second click comes before the page has heard that its computation is under way.
  const starting = useRef(false);
  const summary = useRef<HTMLElement>(null);
  useEffect(() => {
    if (filled === 0) return;
    setOpen(true);
    summary.current?.focus();
  }, [filled]);
  const change = (part: Partial<ProgrammeDraft>): void => onDraft({ ...latest.current, ...part });
  const { job } = draft;
  const told = useJob(job, (outcome) => {
    change({ job: 0 });
    if (!outcome.ok) return setProblem(outcome.message);
    // Whoever has changed something meanwhile is left where they are.
    if (!touched.current) setOpen(false);
    onSolved(String(outcome.value['programmeId']), touched.current);
  });

  const solve = async (event: Event): Promise<void> => {
    event.preventDefault();
    const request = requestOf(draft, language);
    setProblem(request.ok ? null : request.message);
    if (!request.ok || job > 0 || starting.current) return;
    starting.current = true;
    const started = await startProgramme(request.value);
    starting.current = false;
    touched.current = false;
    if (started.ok) change({ job: started.value.id });
    else setProblem(started.message);
  };

  return (
    <section aria-labelledby="editor">
      <h2 id="editor">{t({ fr: 'Budgets et contraintes', en: 'Budgets and constraints' })}</h2>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary ref={summary}>
          {folded
            ? t({ fr: 'Changer les réglages et recalculer', en: 'Change the settings and compute again' })
            : t({ fr: 'Les réglages', en: 'The settings' })}
        </summary>
        {open && (
          <form
            onSubmit={solve}
            onInput={() => {
              touched.current = true;
            }}
          >
            <Budgets draft={draft} change={change} />
            <div class="grid-form">
              <label class="tick-line">
                <input
                  type="checkbox"
                  checked={draft.carryOver}
                  onChange={(event) => change({ carryOver: event.currentTarget.checked })}
                />
                {t({
                  fr: 'Ce qu’une année laisse va à la suivante',
                  en: 'What one year leaves goes to the next',
                })}
              </label>
              <label class="labelled">
                {t({ fr: 'Le but', en: 'The aim' })}
                <select
                  class="field"
                  value={draft.objective}
                  onChange={(event) => change({ objective: event.currentTarget.value })}
                >
                  {objectives.map(([value, name]) => (
                    <option key={value} value={value}>
                      {t(name)}
                    </option>
                  ))}
                </select>
              </label>
              <label class="labelled">
                {t({ fr: 'Dates de la loi', en: 'Dates of the law' })}
                <select
                  class="field"
                  value={draft.legalDates}
                  onChange={(event) => change({ legalDates: event.currentTarget.value })}
                >
                  {legalWays.map(([value, name]) => (
                    <option key={value} value={value}>
                      {t(name)}
                    </option>
                  ))}
                </select>
              </label>
              {draft.legalDates === 'priced' && (
                <Field
                  label={{
                    fr: `Prix d’un logement hors la loi un an, ${priceUnits[draft.objective]?.fr ?? 'logements'}`,
                    en: `Price of a dwelling outside the law for a year, ${priceUnits[draft.objective]?.en ?? 'dwellings'}`,
                  }}
                  value={draft.legalPrice}
                  onChange={(legalPrice) => change({ legalPrice })}
                />
              )}
              <Field
                label={{ fr: 'Chantiers par an, au plus', en: 'Sites a year, at most' }}
                value={draft.sitesAYear}
                onChange={(sitesAYear) => change({ sitesAYear })}
              />
              <Field
                label={{
                  fr: 'Logements en travaux par an, au plus',
                  en: 'Dwellings at work a year, at most',
                }}
                value={draft.dwellingsAYear}
                onChange={(dwellingsAYear) => change({ dwellingsAYear })}
              />
              <Field
                label={{ fr: 'Économie minimale, % du parc', en: 'Least saving, % of the stock' }}
                value={draft.minimumSharePercent}
                onChange={(minimumSharePercent) => change({ minimumSharePercent })}
              />
              <Field
                label={{ fr: 'CO₂ évité au moins, t par an', en: 'CO₂ avoided at least, t a year' }}
                value={draft.minimumCarbonTonnes}
                onChange={(minimumCarbonTonnes) => change({ minimumCarbonTonnes })}
              />
              <Field
                label={{ fr: 'Économie visée, MWh par an', en: 'Saving aimed at, MWh a year' }}
                value={draft.targetMwh}
                onChange={(targetMwh) => change({ targetMwh })}
              />
            </div>
            <LinksFieldset draft={draft} change={change} />
            <button type="submit" class="primary" disabled={job > 0}>
              {t({ fr: 'Calculer le programme', en: 'Compute the programme' })}
            </button>
          </form>
        )}
      </details>
      {job > 0 && <Waiting job={told} onStop={() => void stopJob(job)} />}
      {problem !== null && (
        <p role="alert" class="alert lines">
          {t(problem)}
        </p>
      )}
    </section>
  );
};

type BudgetsProps = {
  readonly draft: ProgrammeDraft;
  readonly change: (part: Partial<ProgrammeDraft>) => void;
};

const Budgets = ({ draft, change }: BudgetsProps) => {
  const t = useText();
  const language = useLanguage();
  const { budgets } = draft;
  const first = numberOf(draft.firstYear, language);
  return (
    <fieldset class="budgets">
      <legend>
        {t({ fr: 'L’argent de chaque année, en euros', en: 'The money of each year, in euros' })}
      </legend>
      <div class="grid-form">
        <Field
          label={{ fr: 'Première année', en: 'First year' }}
          value={draft.firstYear}
          onChange={(firstYear) => change({ firstYear })}
        />
        {budgets.map((budget, index) => {
          const year = first === undefined || Number.isNaN(first) ? `${index + 1}` : `${first + index}`;
          return (
            <Field
              // The years of a programme have no identity but their place.
              key={`year${String(index)}`}
              label={{ fr: `Budget ${year}`, en: `Budget ${year}` }}
              value={budget}
              onChange={(text) => change({ budgets: budgets.map((one, at) => (at === index ? text : one)) })}
            />
          );
        })}
      </div>
      <p class="actions">
        <button
          type="button"
          class="plain"
          disabled={budgets.length >= MOST_YEARS}
          onClick={() => change({ budgets: [...budgets, budgets.at(-1) ?? ''] })}
        >
          {t({ fr: 'Une année de plus', en: 'One more year' })}
        </button>
        <button
          type="button"
          class="plain"
          disabled={budgets.length === 1}
          onClick={() => change({ budgets: budgets.slice(0, -1) })}
        >
          {t({ fr: 'Une année de moins', en: 'One year less' })}
        </button>
      </p>
    </fieldset>
  );
};

const Field = ({
  label,
  value,
  onChange,
}: {
  readonly label: Text;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => {
  const t = useText();
  return (
    <label class="labelled">
      {t(label)}
      <input
        class="field"
        type="text"
        inputMode="decimal"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
};
