import { useEffect, useRef, useState } from 'preact/hooks';
import type { Caller, ThermalElement } from '../../client/names.ts';
import { withAnswer } from '../add/api.ts';
import { Basis } from '../figure.tsx';
import { formatInterval, formatNumber, formatPercent, formatValue } from '../format.ts';
import { changedMeanwhile, type ReadReport, readReport, writeAnswers } from '../guarded-answers.ts';
import { exposureText, provenanceText, type Text, useLanguage, useText, words } from '../i18n.ts';
import { placeText } from './element-names.ts';

type PanelProps = {
  readonly buildingId: string;
  readonly element: ThermalElement;
  /** The names are those of a model's author; a description has none of its own. */
  readonly named: boolean;
  readonly caller: Caller | null;
  /** Answers as they stand, kept from when the view was opened: a change is made on this version. */
  readonly read: ReadReport | null;
  readonly onRead: (read: ReadReport) => void;
  readonly onChanged: (read: ReadReport) => void;
  readonly onClose: () => void;
};

const reasonOf = (value: number | undefined): string =>
  value === undefined ? 'U taken back on the envelope view' : 'U typed on the envelope view';

/** Where the value of one element comes from, and a better one typed by who may. */
export const ElementPanel = ({
  buildingId,
  element,
  named,
  caller,
  read,
  onRead,
  onChanged,
  onClose,
}: PanelProps) => {
  const t = useText();
  const language = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Text | null>(null);
  useEffect(() => {
    setTyped('');
    setProblem(null);
    // The picture stays where it is; from a line of the list, the panel may be out of sight.
    const fromPicture = document.activeElement instanceof HTMLCanvasElement;
    heading.current?.focus({ preventScroll: fromPicture });
  }, [element.id]);
  const send = async (value: number | undefined): Promise<void> => {
    if (read === null || caller === null) return;
    setBusy(true);
    const answers = withAnswer(read.report.answers, ['elements', element.id, 'uWm2K'], value);
    const change = { answers, by: caller.name, reason: reasonOf(value) };
    const outcome = await writeAnswers(buildingId, read.version, change);
    const isLate = !outcome.ok && outcome.code === 'precondition-failed';
    // What the others answered is read before the change may be sent again, on their version.
    const now = isLate ? await readReport(buildingId) : null;
    if (now?.ok === true) onRead(now.value);
    setBusy(false);
    if (outcome.ok) {
      setTyped('');
      setProblem(null);
      return onChanged(outcome.value);
    }
    setProblem(isLate ? changedMeanwhile : outcome.message);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const value = Number(typed.trim().replace(',', '.'));
    if (!(value >= 0.03 && value <= 10))
      return setProblem({
        fr: 'U s’écrit en W/(m²·K), entre 0,03 et 10.',
        en: 'U is written in W/(m²·K), from 0.03 to 10.',
      });
    void send(value);
  };
  const { u } = element;
  const may = caller?.permissions.includes('work') === true;
  return (
    <section class="space-panel" aria-labelledby="space-element">
      <h3 id="space-element" ref={heading} tabIndex={-1}>
        {t(placeText(element))}
      </h3>
      {named && element.name !== '' && <p class="quiet">{element.name}</p>}
      <dl>
        <dt>U</dt>
        <dd>
          {formatValue(u, language)} <small>({formatInterval(u, language)})</small>
        </dd>
        <dt>{t(words.provenance)}</dt>
        <dd>{t(provenanceText[u.provenance] ?? { fr: u.provenance, en: u.provenance })}</dd>
        <dt>{t(words.basis)}</dt>
        <Basis basis={u.basis} />
        <dt>{t({ fr: 'Surface et perte', en: 'Area and loss' })}</dt>
        <dd>
          {formatNumber(element.areaNetM2, language)} m² · {formatNumber(element.lossWK, language)} W/K
          {element.b < 1 && ` · b ${formatNumber(element.b, language)}`}
        </dd>
        <dt>{t({ fr: 'Derrière', en: 'Behind it' })}</dt>
        <dd>
          {t(exposureText[element.exposure] ?? { fr: element.exposure, en: element.exposure })} (
          {t({
            fr: `sûr à ${formatPercent(element.exposureConfidence, 'fr')}`,
            en: `${formatPercent(element.exposureConfidence, 'en')} sure`,
          })}
          ){t(words.colon)}
          {t(element.exposureReason)}
        </dd>
      </dl>
      {may ? (
        <form class="print-hidden" onSubmit={submit} noValidate>
          <label class="labelled">
            {t({ fr: 'Un U mieux connu, W/(m²·K)', en: 'A U known better, W/(m²·K)' })}
            <input
              class="field"
              type="text"
              inputMode="decimal"
              autocomplete="off"
              aria-invalid={problem !== null}
              aria-describedby={problem === null ? undefined : 'space-problem'}
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          {problem !== null && (
            <p role="alert" class="alert" id="space-problem">
              {t(problem)}
            </p>
          )}
          <div class="actions">
            <button type="submit" class="primary" disabled={busy || read === null}>
              {t({ fr: 'Garder cette valeur', en: 'Keep this value' })}
            </button>
            {element.typedUWm2K !== null && (
              <button
                type="button"
                class="plain"
                disabled={busy || read === null}
                onClick={() => void send(undefined)}
              >
                {t({ fr: 'Reprendre la valeur saisie', en: 'Take the typed value back' })}
              </button>
            )}
            <button type="button" class="plain" onClick={onClose}>
              {t(words.close)}
            </button>
          </div>
          <p class="quiet">
            {t({ fr: `Vous signez « ${caller.name} ».`, en: `You sign as “${caller.name}”.` })}
          </p>
        </form>
      ) : (
        <button type="button" class="plain print-hidden" onClick={onClose}>
          {t(words.close)}
        </button>
      )}
    </section>
  );
};
