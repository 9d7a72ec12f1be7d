import { useEffect, useState } from 'preact/hooks';
import type { Draft, Preflight } from '../../api/contract.ts';
import { formatQuantity } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { addHref, buildingHref } from '../router.ts';
import { type Answers, cancelDraft, loadDraft, sendAnswers } from './api.ts';
import type { Outcome } from '../send.ts';
import { ConfirmSection } from './confirm-section.tsx';
import { DropSection } from './drop-section.tsx';
import { PreflightSection } from './preflight-section.tsx';
import { SheetSection } from './sheet-section.tsx';
import './add.css';

const pollMs = 700;

/** The upload as the server sees it, asked again while it is read. */
const useDraft = (
  id: string,
): {
  readonly draft: Draft | null;
  readonly problem: Text | null;
  readonly set: (draft: Draft) => void;
} => {
  const [draft, set] = useState<Draft | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const reading = draft === null || draft.state === 'reading';
  useEffect(() => {
    if (!reading) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const ask = async (): Promise<void> => {
      const outcome = await loadDraft(id);
      if (gone) return;
      if (!outcome.ok) return setProblem(outcome.message);
      set(outcome.value);
      if (outcome.value.state === 'reading') timer = setTimeout(() => void ask(), pollMs);
      return undefined;
    };
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [id, reading]);
  return { draft, problem, set };
};

/** Adding a building, from the file to the confirmed twin; the address holds the upload, so that leaving loses nothing. */
export const AddPage = ({ draft }: { readonly draft: string | null }) =>
  draft === null ? <Start /> : <DraftPage key={draft} id={draft} />;

const Start = () => {
  const t = useText();
  return (
    <>
      <h1>{t(words.add)}</h1>
      <DropSection
        onDraft={(id) => {
          location.hash = addHref(id);
        }}
      />
    </>
  );
};

const StartAgain = () => {
  const t = useText();
  return (
    <p>
      <a href={addHref()}>{t({ fr: 'Déposer un autre fichier', en: 'Upload another file' })}</a>
    </p>
  );
};

const DraftPage = ({ id }: { readonly id: string }) => {
  const t = useText();
  const { draft, problem, set } = useDraft(id);
  const [passed, setPassed] = useState<readonly string[]>([]);
  const leave = async (): Promise<void> => {
    await cancelDraft(id);
    location.hash = addHref();
  };
  if (problem !== null)
    return (
      <>
        <h1>{t(words.add)}</h1>
        <p role="alert" class="alert">
          {t(problem)}
        </p>
        <StartAgain />
      </>
    );
  if (draft === null || draft.state === 'reading')
    return (
      <>
        <h1>{t({ fr: 'Lecture du fichier…', en: 'Reading the file…' })}</h1>
        <p role="status">
          {draft === null
            ? t(words.loading)
            : t({
                fr: `${draft.fileName} : seule l’enveloppe thermique est lue. ${draft.elapsedS} s sur ${draft.deadlineS} au plus.`,
                en: `${draft.fileName}: only the thermal envelope is read. ${draft.elapsedS} s of ${draft.deadlineS} at most.`,
              })}
        </p>
        <p>
          <progress
            max={draft?.deadlineS ?? 1}
            value={draft?.elapsedS ?? 0}
            aria-label={t({ fr: 'Temps de lecture', en: 'Reading time' })}
          />{' '}
          <button type="button" class="plain" onClick={() => void leave()}>
            {t({ fr: 'Annuler', en: 'Cancel' })}
          </button>
        </p>
      </>
    );
  if (draft.error !== null)
    return (
      <>
        <h1>
          {t({ fr: `${draft.fileName} n’a pas pu être lu.`, en: `${draft.fileName} could not be read.` })}
        </h1>
        <p role="alert" class="alert">
          {t(draft.error.message)}
        </p>
        <StartAgain />
      </>
    );
  return (
    <ReadyPage
      draft={draft}
      passed={passed}
      onPassed={setPassed}
      onDraft={set}
      onLeave={() => void leave()}
    />
  );
};

type ReadyProps = {
  readonly draft: Draft;
  readonly passed: readonly string[];
  readonly onPassed: (codes: readonly string[]) => void;
  readonly onDraft: (draft: Draft) => void;
  readonly onLeave: () => void;
};

const titleOf = (report: Preflight): Text => ({
  fr: `« ${report.name} » perd ${formatQuantity(report.heatLossWK, 'fr')} : ${report.closed ? 'l’enveloppe est fermée' : 'l’enveloppe n’est pas fermée'}.`,
  en: `“${report.name}” loses ${formatQuantity(report.heatLossWK, 'en')}: the envelope is ${report.closed ? 'closed' : 'not closed'}.`,
});

const ReadyPage = ({ draft, passed, onPassed, onDraft, onLeave }: ReadyProps) => {
  const t = useText();
  const language = useLanguage();
  const { preflight, sheet } = draft;
  const answer = async (answers: Answers): Promise<Outcome<unknown>> => {
    const outcome = await sendAnswers(draft.id, answers);
    if (outcome.ok) onDraft(outcome.value);
    return outcome;
  };
  const done = (buildings: readonly string[]): void => {
    const [only] = buildings;
    location.hash = buildings.length === 1 && only !== undefined ? buildingHref(only) : '#/';
  };
  const cancel = (
    <p>
      <button type="button" class="plain" onClick={onLeave}>
        {t({ fr: 'Abandonner ce dépôt', en: 'Drop this upload' })}
      </button>
    </p>
  );
  if (sheet !== null) {
    const count = sheet.buildings.filter((one) => !one.taken).length;
    return (
      <>
        <h1>
          {t({
            fr: `${count} bâtiment${count > 1 ? 's prêts' : ' prêt'}, ${sheet.refused.length} ligne${sheet.refused.length > 1 ? 's' : ''} à reprendre.`,
            en: `${count} building${count === 1 ? '' : 's'} ready, ${sheet.refused.length} line${sheet.refused.length === 1 ? '' : 's'} to mend.`,
          })}
        </h1>
        <SheetSection sheet={sheet} />
        <ConfirmSection id={draft.id} count={count} onDone={done} />
        {cancel}
      </>
    );
  }
  if (preflight === null) return null;
  return (
    <>
      <h1>{t(titleOf(preflight))}</h1>
      <p class="quiet">
        {draft.fileName}. {t({ fr: 'Surface de plancher ', en: 'Floor area ' })}
        {formatQuantity(preflight.floorAreaM2, language)}.
      </p>
      <PreflightSection report={preflight} passed={passed} onPassed={onPassed} onAnswers={answer} />
      <ConfirmSection
        id={draft.id}
        building={{ name: preflight.name, id: draft.suggestedId }}
        count={1}
        onDone={done}
      />
      {cancel}
    </>
  );
};
