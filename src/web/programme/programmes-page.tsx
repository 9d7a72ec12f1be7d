import { useEffect, useRef, useState } from 'preact/hooks';
import type { Programme, ProgrammeSummary } from '../../client/names.ts';
import { useResource, useSteadyResource } from '../client.ts';
import { useDraft } from '../draft.ts';
import { Figure } from '../figure.tsx';
import { formatDay, formatQuantity } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { useParts } from '../part-turner.tsx';
import { Pending } from '../pending.tsx';
import { programmeHref, programmesHref } from '../router.ts';
import { send } from '../send.ts';
import { SignedForm } from '../signed-form.tsx';
import { ChangesSection } from './changes-section.tsx';
import { EditorSection } from './editor-section.tsx';
import { FrontSection } from './front-section.tsx';
import { LawSection } from './law-section.tsx';
import { MeteringSection } from './metering-section.tsx';
import { PlanBuildings } from './plan-buildings.tsx';
import { Chances, PlanYears, useEuros } from './plan-years.tsx';
import { draftOf, emptyDraft, type ProgrammeDraft } from './request.ts';
import './programme.css';

const formats = ['pdf', 'xlsx', 'csv', 'json', 'geojson'] as const;

/** Programmes: set the budgets, compute, read year by year and building by building, compare, hand over, accept. */
export const ProgrammesPage = ({ shown }: { readonly shown: string | null }) => {
  const t = useText();
  const list = useSteadyResource('GET /v1/programmes');
  const [draft, setDraft] = useDraft<ProgrammeDraft>('programme', emptyDraft(new Date().getFullYear() + 1));
  const [filled, setFilled] = useState(0);
  const [fresh, setFresh] = useState<string | null>(null);
  const solved = (id: string, touched: boolean): void => {
    list.retry();
    if (!touched) setFresh(id);
    location.hash = programmeHref(id);
  };
  const newest = list.state === 'ready' ? list.value[0] : undefined;
  useEffect(() => {
    // Each step of the history stays the programme that was seen there, whatever is computed after it.
    if (newest !== undefined && location.hash === programmesHref)
      history.replaceState(history.state, '', programmeHref(newest.id));
  });
  const editor = (
    <EditorSection
      draft={draft}
      onDraft={setDraft}
      onSolved={solved}
      filled={filled}
      folded={list.state === 'ready' && list.value.length > 0}
    />
  );
  return (
    <Pending loaded={list}>
      {(all) => {
        const one = all.find(({ id }) => id === shown) ?? all[0];
        if (one === undefined)
          return (
            <>
              <h1>
                {t({
                  fr: 'Aucun programme encore : donnez un budget, et calculez le premier.',
                  en: 'No programme yet: give a budget, and compute the first.',
                })}
              </h1>
              {editor}
            </>
          );
        return (
          <>
            <Whole
              one={one}
              all={all}
              fresh={one.id === fresh}
              onChange={list.retry}
              onEdit={(settings) => {
                setDraft(settings);
                setFilled(filled + 1);
              }}
              editor={editor}
            />
            <section aria-labelledby="kept">
              <h2 id="kept">{t({ fr: 'Les programmes gardés', en: 'The programmes kept' })}</h2>
              <ProgrammeTable all={all} shown={one.id} />
            </section>
          </>
        );
      }}
    </Pending>
  );
};

type WholeProps = {
  readonly one: ProgrammeSummary;
  readonly all: readonly ProgrammeSummary[];
  /** Just computed: the eye and the focus go to its answer. */
  readonly fresh: boolean;
  readonly onChange: () => void;
  readonly onEdit: (draft: ProgrammeDraft) => void;
  readonly editor: preact.ComponentChildren;
};

/** The answer, what can be changed beside it, and what supports it. */
const Whole = ({ one, all, fresh, onChange, onEdit, editor }: WholeProps) => {
  const t = useText();
  const programme = useResource('GET /v1/programmes/{id}', { path: { id: one.id } });
  const rest = (value: Programme) => {
    const { request } = value;
    return (
      <>
        <section aria-labelledby="programme">
          <h2 id="programme">{t({ fr: 'Année par année', en: 'Year by year' })}</h2>
          <PlanYears programme={value} />
        </section>
        <section aria-labelledby="buildings">
          <h2 id="buildings">
            {t({ fr: 'Bâtiment par bâtiment, et pourquoi', en: 'Building by building, and why' })}
          </h2>
          <PlanBuildings programme={value} key={one.id} />
        </section>
        <LawSection programme={value} />
        <FrontSection programme={value} key={`front-${one.id}`} />
        <MeteringSection programme={value} key={`metering-${one.id}`} />
        <ChangesSection one={one} all={all} key={`changes-${one.id}`} />
        <section aria-labelledby="acceptance">
          <h2 id="acceptance">{t({ fr: 'La décision', en: 'The decision' })}</h2>
          <Files id={one.id} />
          <Acceptance one={one} onAccepted={onChange} key={`acceptance-${one.id}`} />
        </section>
        {request !== undefined && (
          <p class="print-hidden">
            <button
              type="button"
              class="plain"
              onClick={() => onEdit(draftOf(request, value.firstYear, value.years))}
            >
              {t({
                fr: `Repartir des réglages du programme n° ${one.id}`,
                en: `Start again from the settings of programme no. ${one.id}`,
              })}
            </button>
          </p>
        )}
      </>
    );
  };
  return (
    <>
      <Pending loaded={programme}>
        {(value) => (
          <>
            <Answer programme={value} fresh={fresh} key={one.id} />
            {value.stale !== null && (
              <p class="alert">
                {t(value.stale)}{' '}
                {t({ fr: 'Recalculez-le avant de décider.', en: 'Compute it again before deciding.' })}
              </p>
            )}
            <Missing programme={value} />
            <Chances programme={value} />
          </>
        )}
      </Pending>
      {editor}
      {programme.state === 'ready' && rest(programme.value)}
    </>
  );
};

/** What the works bring less all they cost over their lives, beside the energy they save. */
const netValueTold = (value: number | null, euros: (value: number) => string): Text =>
  value === null
    ? { fr: 'Valeur nette : non évaluée.', en: 'Net value: not evaluated.' }
    : value >= 0
      ? {
          fr: `Valeur nette attendue : ${euros(value)}. Les travaux rapportent plus qu’ils ne coûtent, sur la durée du calcul.`,
          en: `Net value expected: ${euros(value)}. The works bring more than they cost, over the years counted.`,
        }
      : {
          fr: `Valeur nette attendue : ${euros(value)}. Les factures évitées ne paient pas ces travaux à elles seules, sur la durée du calcul.`,
          en: `Net value expected: ${euros(value)}. Avoided bills alone do not pay for these works, over the years counted.`,
        };

/** Buildings of the stock that the programme has not looked at. */
const Missing = ({ programme: { chosen, notChosen } }: { readonly programme: Programme }) => {
  const t = useText();
  const stock = useResource('GET /v1/stock/summary');
  const missing = stock.state === 'ready' ? stock.value.buildings - chosen.length - notChosen.length : 0;
  if (missing <= 0) return null;
  return (
    <p class="alert">
      {missing === 1
        ? t({
            fr: 'Un bâtiment du parc n’est pas dans ce calcul (arrivé depuis, ou sans enveloppe lue). Recalculez-le avant de décider.',
            en: 'One building of the stock is not in this computation (arrived since, or without an envelope read). Compute it again before deciding.',
          })
        : t({
            fr: `${missing} bâtiments du parc ne sont pas dans ce calcul (arrivés depuis, ou sans enveloppe lue). Recalculez-le avant de décider.`,
            en: `${missing} buildings of the stock are not in this computation (arrived since, or without an envelope read). Compute it again before deciding.`,
          })}
    </p>
  );
};

type AnswerProps = { readonly programme: Programme; readonly fresh: boolean };

/** The programme in a sentence. */
const Answer = ({ programme, fresh }: AnswerProps) => {
  const t = useText();
  const euros = useEuros();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (fresh) title.current?.focus();
  }, [fresh]);
  const { id, chosen, costEur, budgetEur, firstYear, years, savingKwh, savingPercent, netValueEur } =
    programme;
  const count = chosen.length;
  const last = firstYear + years - 1;
  return (
    <>
      <h1 ref={title} tabIndex={-1}>
        {t({
          fr: `De ${firstYear} à ${last}, ${count} ${count > 1 ? 'bâtiments économiseraient' : 'bâtiment économiserait'} ${formatQuantity(savingKwh, 'fr')} par an pour ${euros(costEur)} de travaux, sur ${euros(budgetEur)}.`,
          en: `From ${firstYear} to ${last}, ${count} ${count === 1 ? 'building' : 'buildings'} would save ${formatQuantity(savingKwh, 'en')} a year for ${euros(costEur)} of works, out of ${euros(budgetEur)}.`,
        })}
      </h1>
      <p>
        {t({ fr: `Programme n° ${id}. Économie : `, en: `Programme no. ${id}. Saving: ` })}
        <Figure label={{ fr: 'Économie du programme', en: 'Saving of the programme' }} quantity={savingKwh} />
        {t({ fr: ', soit ', en: ', that is ' })}
        <Figure label={{ fr: 'Part économisée', en: 'Share saved' }} quantity={savingPercent} />
        {t({ fr: ' de ce que prennent ces bâtiments.', en: ' of what these buildings take.' })}{' '}
        {netValueEur !== undefined && t(netValueTold(netValueEur, euros))}
      </p>
    </>
  );
};

type TableProps = {
  readonly all: readonly ProgrammeSummary[];
  readonly shown: string;
};

/** Programmes listed at once. */
const MOST_LISTED = 5;

const ProgrammeTable = ({ all, shown }: TableProps) => {
  const t = useText();
  const language = useLanguage();
  const saving: Text = { fr: 'Économie par an', en: 'Saving a year' };
  const euros = useEuros();
  const { lines, turner } = useParts(all, MOST_LISTED);
  return (
    <>
      {turner}
      <div class="scroll">
        <table aria-label={t({ fr: 'Les programmes gardés', en: 'The programmes kept' })}>
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
            </tr>
          </thead>
          <tbody>
            {lines.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <a href={programmeHref(one.id)} aria-current={one.id === shown ? 'true' : undefined}>
                    {t({ fr: `n° ${one.id}`, en: `No. ${one.id}` })}
                  </a>
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
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};

/** The programme to be handed over: a document to read, and tables for other tools. */
const Files = ({ id }: { readonly id: string }) => {
  const t = useText();
  const language = useLanguage();
  return (
    <p class="print-hidden">
      {t({ fr: 'L’emporter\u00a0: ', en: 'Take it with you: ' })}
      {formats.map((format) => (
        <a
          key={format}
          class="file"
          href={`v1/programmes/${id}/document?format=${format}&lang=${language}`}
          download=""
        >
          {format.toUpperCase()}
        </a>
      ))}
    </p>
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
  if (one.accepted !== null)
    return (
      <p role="status">
        {t({
          fr: `Accepté par ${one.accepted.by} le ${formatDay(one.accepted.at.slice(0, 10), language)}.`,
          en: `Accepted by ${one.accepted.by} on ${formatDay(one.accepted.at.slice(0, 10), language)}.`,
        })}
      </p>
    );
  return (
    <SignedForm
      action={{ fr: 'Accepter ce programme', en: 'Accept this programme' }}
      send={(reason) =>
        send('POST /v1/programmes/{id}/acceptance', { path: { id: one.id }, body: { reason } })
      }
      onDone={onAccepted}
    />
  );
};
