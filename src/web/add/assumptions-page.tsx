import { useEffect, useState } from 'preact/hooks';
import { type Text, useText, words } from '../i18n.ts';
import { buildingHref } from '../router.ts';
import { changedMeanwhile, type ReadReport, readReport, writeAnswers } from '../guarded-answers.ts';
import type { Answers } from './api.ts';
import type { Outcome } from '../send.ts';
import { CertificateSection } from './certificate-section.tsx';
import { PersonField, usePerson } from './confirm-section.tsx';
import { PreflightSection } from './preflight-section.tsx';
import './add.css';

/** The assumptions of a building of the stock: each can be answered, changed or taken back, under the person's name. */
export const AssumptionsPage = ({ id }: { readonly id: string }) => {
  const t = useText();
  const [read, setRead] = useState<ReadReport | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const [by, setBy] = usePerson();
  const [passed, setPassed] = useState<readonly string[]>([]);
  useEffect(() => {
    void readReport(id).then((outcome) => {
      if (outcome.ok) setRead(outcome.value);
      else setProblem(outcome.message);
    });
  }, [id]);
  const answer = async (answers: Answers): Promise<Outcome<unknown>> => {
    if (by.trim() === '')
      return {
        ok: false,
        code: 'no-name',
        message: {
          fr: 'Écrivez d’abord votre nom : il est gardé avec la réponse.',
          en: 'Write your name first: it is kept with the answer.',
        },
      };
    const outcome = await writeAnswers(id, read?.version ?? '', { answers, by });
    if (outcome.ok) setRead(outcome.value);
    if (outcome.ok || outcome.code !== 'precondition-failed') return outcome;
    const now = await readReport(id);
    // The question stays where it is, with what is written in it; only what the others answered is taken over.
    if (now.ok && read !== null)
      setRead({ ...now.value, report: { ...read.report, answers: now.value.report.answers } });
    return { ...outcome, message: changedMeanwhile };
  };
  if (problem !== null)
    return (
      <p role="alert" class="alert">
        {t(problem)}
      </p>
    );
  if (read === null)
    return (
      <p role="status" class="quiet">
        {t(words.loading)}
      </p>
    );
  const { report } = read;
  return (
    <>
      <h1>{t({ fr: `Les hypothèses de « ${report.name} »`, en: `The assumptions of “${report.name}”` })}</h1>
      <p>
        <a href={buildingHref(id)}>{t({ fr: 'Retour au bâtiment', en: 'Back to the building' })}</a>
      </p>
      <PersonField by={by} onChange={setBy} />
      <CertificateSection buildingId={id} onAnswers={answer} />
      <PreflightSection report={report} passed={passed} onPassed={setPassed} onAnswers={answer} />
    </>
  );
};
