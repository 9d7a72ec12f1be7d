import { useState } from 'preact/hooks';
import type { MeteringPlan, Programme } from '../../client/names.ts';
import { useDraft } from '../draft.ts';
import { Folded } from '../folded.tsx';
import { formatNumber, formatPercent } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { useParts } from '../part-turner.tsx';
import { buildingHref } from '../router.ts';
import { numberOf } from '../typed-number.ts';
import { useEuros } from './plan-years.tsx';
import { startMetering, stopJob, useJob } from './solve.ts';
import { Waiting } from './waiting.tsx';

type Asked = {
  /** Money for instruments, EUR, as typed. */
  readonly budget: string;
  /** The job that computes or has computed it, kept in this browser; 0 when none was asked for. */
  readonly job: number;
};

const notAnAmount: Text = {
  fr: 'Écrivez l’argent prévu pour les mesures en euros, par exemple 10 000.',
  en: 'Write the money meant for measuring in euros, for example 10,000.',
};

/** Which of the buildings of a programme to measure first, and how: asked for, since it simulates them all again. */
export const MeteringSection = ({ programme: { id, chosen } }: { readonly programme: Programme }) => {
  const t = useText();
  const language = useLanguage();
  const [asked, setAsked] = useDraft<Asked>(`metering.${id}`, { budget: '10 000', job: 0 });
  const [plan, setPlan] = useState<MeteringPlan | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const told = useJob(asked.job, (outcome) => {
    if (outcome.ok) setPlan(outcome.value['plan'] as MeteringPlan);
    else setProblem(outcome.message);
  });
  const busy = asked.job > 0 && plan === null && problem === null;
  if (chosen.length === 0) return null;
  const ask = async (event: Event): Promise<void> => {
    event.preventDefault();
    const budgetEur = numberOf(asked.budget, language);
    if (budgetEur === undefined || !(budgetEur > 0)) return setProblem(notAnAmount);
    const started = await startMetering(id, { budgetEur });
    setProblem(started.ok ? null : started.message);
    if (!started.ok) return undefined;
    setPlan(null);
    setAsked({ ...asked, job: started.value.id });
  };
  return (
    <section aria-labelledby="metering">
      <h2 id="metering">{t({ fr: 'Que mesurer d’abord', en: 'What to measure first' })}</h2>
      <p>
        {t({
          fr: 'Les bâtiments du programme où un compteur, une sonde ou une visite ferait le plus pour savoir ce que les travaux économiseront.',
          en: 'The buildings of the programme where a meter, a sensor or a visit would do the most to know what the works will save.',
        })}
      </p>
      {busy ? (
        <Waiting job={told} onStop={() => void stopJob(asked.job)} />
      ) : (
        <form class="grid-form print-hidden" onSubmit={(event) => void ask(event)}>
          <label class="labelled">
            {t({ fr: 'Argent pour mesurer, €', en: 'Money for measuring, €' })}
            <input
              class="field"
              type="text"
              inputMode="decimal"
              value={asked.budget}
              onInput={(event) => setAsked({ ...asked, budget: event.currentTarget.value })}
            />
          </label>
          <button type="submit" class="primary">
            {t({ fr: 'Chercher quoi mesurer', en: 'Find what to measure' })}
          </button>
        </form>
      )}
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
      {plan !== null && <Answer plan={plan} />}
    </section>
  );
};

/** Buildings told at once. */
const MOST = 8;

const Answer = ({ plan }: { readonly plan: MeteringPlan }) => {
  const t = useText();
  const { buildings, notMetered, sentence, defaults } = plan;
  return (
    <>
      <p role="status">{t(sentence)}</p>
      {buildings.length > 0 && (
        <Folded
          summary={t({
            fr: `Où et comment, le plus utile d’abord : ${buildings.length}`,
            en: `Where and how, the most useful first: ${buildings.length}`,
          })}
        >
          {() => <Measured buildings={buildings} />}
        </Folded>
      )}
      {notMetered.length > 0 && (
        <Folded
          summary={t({
            fr: `Pas mesurés, et pourquoi : ${notMetered.length}`,
            en: `Not measured, and why: ${notMetered.length}`,
          })}
        >
          {() => <NotMeasured notMetered={notMetered} />}
        </Folded>
      )}
      <p class="quiet">{defaults.map(t).join(' ')}</p>
    </>
  );
};

const Measured = ({ buildings }: Pick<MeteringPlan, 'buildings'>) => {
  const t = useText();
  const language = useLanguage();
  const euros = useEuros();
  const mwh = (kwh: number): string => `${formatNumber(kwh / 1000, language)}\u00a0MWh`;
  const head = {
    how: { fr: 'Comment', en: 'How' },
    cost: { fr: 'Coût', en: 'Cost' },
    width: { fr: 'Largeur de l’intervalle', en: 'Width of the interval' },
    share: { fr: 'Doute du programme en moins', en: 'Doubt of the programme less' },
  } as const satisfies Record<string, Text>;
  const { lines, turner } = useParts(buildings, MOST);
  return (
    <>
      {turner}
      <div class="scroll">
        <table class="stacked" aria-label={t({ fr: 'Ce qu’il faut mesurer', en: 'What to measure' })}>
          <thead>
            <tr>
              <th scope="col">{t(words.building)}</th>
              <th scope="col">{t(head.how)}</th>
              <th scope="col" class="number">
                {t(head.cost)}
              </th>
              <th scope="col" class="number">
                {t(head.width)}
              </th>
              <th scope="col" class="number">
                {t(head.share)}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((one) => (
              <tr key={one.buildingId}>
                <th scope="row">
                  <a href={buildingHref(one.buildingId)}>{t(one.name)}</a>
                </th>
                <td data-head={t(head.how)}>{one.instruments.map(({ name }) => t(name)).join(', ')}</td>
                <td class="number" data-head={t(head.cost)}>
                  {euros(one.costEur)}
                </td>
                <td class="number" data-head={t(head.width)}>
                  {mwh(one.widthNowKwh)} → {mwh(one.widthAfterKwh)}
                </td>
                <td class="number" data-head={t(head.share)}>
                  {formatPercent(one.shareOfVariance, language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};

const NotMeasured = ({ notMetered }: Pick<MeteringPlan, 'notMetered'>) => {
  const t = useText();
  const { lines, turner } = useParts(notMetered, MOST);
  return (
    <>
      {turner}
      <ul>
        {lines.map(({ buildingId, name, reason }) => (
          <li key={buildingId}>
            {t(name)}
            {t({ fr: ' : ', en: ': ' })}
            {t(reason)}
          </li>
        ))}
      </ul>
    </>
  );
};
