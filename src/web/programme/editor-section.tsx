import { useEffect, useRef, useState } from 'preact/hooks';
import type { Programme } from '../../api/contract.ts';
import { type Text, useText } from '../i18n.ts';
import type { Outcome } from '../send.ts';
import { numberOf, type ProgrammeDraft, requestOf } from './request.ts';
import { solveProgramme, type Told } from './solve.ts';

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
  readonly onSolved: (programme: Programme) => void;
  /** The computation ended without a programme: one may have been kept all the same. */
  readonly onStopped: () => void;
  /** Closed at first: a programme stands above, and is read before it is changed. */
  readonly folded: boolean;
};

/** Budgets and constraints as plain controls, and the computation they start. */
export const EditorSection = ({ draft, onDraft, onSolved, onStopped, folded }: EditorProps) => {
  const t = useText();
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const abort = useRef<AbortController | null>(null);
  const [interrupted, setInterrupted] = useState(draft.running);
  const [open, setOpen] = useState(!folded || draft.running);
  useEffect(() => () => abort.current?.abort(), []);
  // What is typed while it computes must not be lost when it ends.
  const latest = useRef(draft);
  latest.current = draft;
  const change = (part: Partial<ProgrammeDraft>): void => onDraft({ ...latest.current, ...part });
  const busy = abort.current !== null;

  const solve = async (event: Event): Promise<void> => {
    event.preventDefault();
    const request = requestOf(draft);
    setProblem(request.ok ? null : request.message);
    setInterrupted(false);
    if (!request.ok || busy) return;
    abort.current = new AbortController();
    setTold({ done: 0, total: 1, message: { fr: 'la demande part', en: 'the request leaves' } });
    change({ running: true });
    const outcome: Outcome<Programme> = await solveProgramme(request.value, setTold, abort.current.signal);
    abort.current = null;
    setTold(null);
    change({ running: false });
    if (outcome.ok) return onSolved(outcome.value);
    setProblem(outcome.message);
    return onStopped();
  };

  return (
    <section aria-labelledby="editor">
      <h2 id="editor">{t({ fr: 'Budgets et contraintes', en: 'Budgets and constraints' })}</h2>
      {interrupted && (
        <p class="alert">
          {t({
            fr: 'Un calcul était en cours quand cette page a été quittée : il s’est arrêté. Vos réglages sont là, relancez-le.',
            en: 'A computation was under way when this page was left: it stopped. Your settings are here, start it again.',
          })}
        </p>
      )}
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {t({ fr: 'Changer les réglages et recalculer', en: 'Change the settings and compute again' })}
        </summary>
        {open && (
          <form onSubmit={solve}>
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
            <button type="submit" class="primary" disabled={busy}>
              {t({ fr: 'Calculer le programme', en: 'Compute the programme' })}
            </button>
          </form>
        )}
      </details>
      {told !== null && <Waiting told={told} onStop={() => abort.current?.abort()} />}
      {problem !== null && (
        <p role="alert" class="alert">
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
  const { budgets } = draft;
  const first = numberOf(draft.firstYear);
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

/** What is being done, how far, since when, and the way to stop it. */
const Waiting = ({ told, onStop }: { readonly told: Told; readonly onStop: () => void }) => {
  const t = useText();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const { done, total, message } = told;
  return (
    <div class="waiting">
      <p role="status">
        {t(message)}
        {total > 1 && done < total && ` (${done} / ${total})`}
      </p>
      <progress max={total} value={done < total ? done : undefined} aria-label={t(message)} />
      <span class="quiet"> {seconds} s </span>
      <button type="button" class="plain" onClick={onStop}>
        {t({ fr: 'Arrêter', en: 'Stop' })}
      </button>
    </div>
  );
};
