import type { MeterAnalysis } from '../../api/contract.ts';
import { useText, words } from '../i18n.ts';
import { ModelSentence } from '../model-sentence.tsx';
import { SignatureChart } from '../signature-chart.tsx';
import { AddWeather } from './add-weather.tsx';
import { DegreeDaysSection } from './degree-days-section.tsx';
import { ResidualsSection } from './residuals-section.tsx';

/** What the weather explains of a meter, what it leaves, and its months in mean weather. */
export const AnalysisSections = ({
  analysis,
  buildingId,
  onChange,
}: {
  readonly analysis: MeterAnalysis;
  readonly buildingId: string;
  readonly onChange: () => void;
}) => {
  const t = useText();
  const { signature, missing, told, residuals, degreeDays } = analysis;
  return (
    <>
      <section aria-labelledby="signature">
        <h2 id="signature">{t(words.signature)}</h2>
        {signature === null ? (
          <p class="not-evaluated block">{t(missing ?? words.notEvaluated)}</p>
        ) : (
          <>
            <ModelSentence signature={signature} usable={analysis.usable} />
            <SignatureChart signature={signature} />
          </>
        )}
        {told.length > 0 && (
          <ul class="quiet">
            {told.map(({ message }) => (
              <li key={message.fr}>{t(message)}</li>
            ))}
          </ul>
        )}
        <details open={signature === null} class="print-hidden">
          <summary>{t({ fr: 'Ajouter la météo du lieu', en: 'Add the weather of the place' })}</summary>
          <AddWeather buildingId={buildingId} onChange={onChange} />
        </details>
      </section>
      {residuals !== null && <ResidualsSection residuals={residuals} works={analysis.works} />}
      {degreeDays !== null && <DegreeDaysSection degreeDays={degreeDays} />}
    </>
  );
};
