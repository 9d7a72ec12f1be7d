import { useEffect, useState } from 'preact/hooks';
import type { Preflight } from '../../api/contract.ts';
import { type Text, useText, words } from '../i18n.ts';
import { buildingHref } from '../router.ts';
import { type Answers, loadPreflight, sendBuildingAnswers } from './api.ts';
import type { Outcome } from '../send.ts';
import { CertificateSection } from './certificate-section.tsx';
import { PersonField, usePerson } from './confirm-section.tsx';
import { PreflightSection } from './preflight-section.tsx';
import './add.css';

/** The assumptions of a building of the stock: each can be answered, changed or taken back, under the person's name. */
export const AssumptionsPage = ({ id }: { readonly id: string }) => {
  const t = useText();
  const [report, setReport] = useState<Preflight | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const [by, setBy] = usePerson();
  useEffect(() => {
    void loadPreflight(id).then((outcome) => {
      if (outcome.ok) setReport(outcome.value);
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
    const outcome = await sendBuildingAnswers(id, answers, by);
    if (outcome.ok) setReport(outcome.value);
    return outcome;
  };
  if (problem !== null)
    return (
      <p role="alert" class="alert">
        {t(problem)}
      </p>
    );
  if (report === null)
    return (
      <p role="status" class="quiet">
        {t(words.loading)}
      </p>
    );
  return (
    <>
      <h1>{t({ fr: `Les hypothèses de « ${report.name} »`, en: `The assumptions of “${report.name}”` })}</h1>
      <p>
        <a href={buildingHref(id)}>{t({ fr: 'Retour au bâtiment', en: 'Back to the building' })}</a>
      </p>
      <PersonField by={by} onChange={setBy} />
      <CertificateSection buildingId={id} onAnswers={answer} />
      <PreflightSection report={report} onAnswers={answer} />
    </>
  );
};
