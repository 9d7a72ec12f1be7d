import { useState } from 'preact/hooks';
import type { CertificateAnswers } from '../../client/names.ts';
import { formatDay } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import type { Outcome } from '../send.ts';
import { type Answers, readCertificate } from './api.ts';

type State =
  | { readonly step: 'empty' | 'answered' }
  | { readonly step: 'refused'; readonly message: Text }
  | { readonly step: 'read'; readonly certificate: CertificateAnswers };

type SectionProps = {
  readonly buildingId: string;
  readonly onAnswers: (answers: Answers) => Promise<Outcome<unknown>>;
};

/** The certificate of the same building: first what it would answer, then its answers once a person says so. */
export const CertificateSection = ({ buildingId, onAnswers }: SectionProps) => {
  const t = useText();
  const [state, setState] = useState<State>({ step: 'empty' });
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const outcome = await readCertificate(buildingId, file);
    setState(
      outcome.ok
        ? { step: 'read', certificate: outcome.value }
        : { step: 'refused', message: outcome.message },
    );
  };
  const take = async ({ answers }: CertificateAnswers): Promise<void> => {
    const outcome = await onAnswers(answers);
    setState(outcome.ok ? { step: 'answered' } : { step: 'refused', message: outcome.message });
  };
  return (
    <section aria-labelledby="certificate">
      <h2 id="certificate">{t({ fr: 'Le DPE de ce bâtiment', en: 'The certificate of this building' })}</h2>
      <label class="labelled">
        {t({
          fr: 'Déposez son DPE ici (XML de l’ADEME) : il répond à ce que la maquette ne dit pas',
          en: 'Drop its certificate here (ADEME XML): it answers what the model does not say',
        })}
        <input
          type="file"
          accept=".xml"
          onChange={(event) => {
            void read(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <div aria-live="polite">
        {state.step === 'refused' && (
          <p role="alert" class="alert">
            {t(state.message)}
          </p>
        )}
        {state.step === 'answered' && (
          <p>{t({ fr: 'Les réponses du DPE sont prises.', en: 'The certificate’s answers are taken.' })}</p>
        )}
        {state.step === 'read' && (
          <Proposal certificate={state.certificate} onTake={() => void take(state.certificate)} />
        )}
      </div>
    </section>
  );
};

const Proposal = ({
  certificate,
  onTake,
}: {
  readonly certificate: CertificateAnswers;
  readonly onTake: () => void;
}) => {
  const t = useText();
  const language = useLanguage();
  const { number, day, said, warnings } = certificate;
  const dated = day === null ? number : `${number}, ${formatDay(day, language)}`;
  return (
    <>
      <p>
        {t({
          fr: `Ce que dit le DPE ${dated} ; vos propres réponses passent avant :`,
          en: `What certificate ${dated} says; your own answers pass before:`,
        })}
      </p>
      <ul>
        {said.map((one) => (
          <li key={one.en}>{t(one)}</li>
        ))}
      </ul>
      {warnings.map(({ code, message }) => (
        <p key={code} class="notice">
          {t(message)}
        </p>
      ))}
      <p class="actions">
        <button type="button" class="primary" onClick={onTake}>
          {t({ fr: 'Répondre par ce DPE', en: 'Answer by this certificate' })}
        </button>
      </p>
    </>
  );
};
