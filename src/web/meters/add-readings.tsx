import { useState } from 'preact/hooks';
import type { BuildingMeters, ReadingsAnswer, ReadingsPreflight } from '../../client/names.ts';
import { formatCount, formatDay, formatNumber } from '../format.ts';
import { type Text, useText, words } from '../i18n.ts';
import { send } from '../send.ts';

type Meter = BuildingMeters['meters'][number];
type Options = Readonly<Record<string, string>>;

type State =
  | { readonly step: 'empty' }
  | { readonly step: 'busy'; readonly file: File }
  | {
      readonly step: 'refused';
      readonly file: File;
      readonly options: Options;
      readonly code: string;
      readonly message: Text;
    }
  | {
      readonly step: 'read';
      readonly file: File;
      readonly options: Options;
      readonly report: ReadingsPreflight;
    }
  | { readonly step: 'kept'; readonly file: File; readonly answer: ReadingsAnswer };

/** The longest list of lines shown; the count says how many there are. */
const MOST_LINES = 20;

/** A call with a file of readings, and what a person says of it. */
const withFile = (meterId: string, file: File, query: Options) => {
  const body = new FormData();
  body.set('file', file);
  return { path: { id: meterId }, query, body };
};

/** A file of readings, dropped or chosen: first what it would change, line by line, then its readings once a person says so. */
export const AddReadings = ({
  meter,
  onChange,
}: {
  readonly meter: Meter;
  readonly onChange: () => void;
}) => {
  const t = useText();
  const [state, setState] = useState<State>({ step: 'empty' });
  const [over, setOver] = useState(false);
  const check = async (file: File, options: Options): Promise<void> => {
    setState({ step: 'busy', file });
    const outcome = await send('POST /v1/meters/{id}/readings/preflight', withFile(meter.id, file, options));
    setState(
      outcome.ok
        ? { step: 'read', file, options, report: outcome.value }
        : { step: 'refused', file, options, code: outcome.code, message: outcome.message },
    );
  };
  const keep = async (file: File, options: Options): Promise<void> => {
    setState({ step: 'busy', file });
    const outcome = await send('POST /v1/meters/{id}/readings', withFile(meter.id, file, options));
    if (!outcome.ok)
      return setState({ step: 'refused', file, options, code: outcome.code, message: outcome.message });
    setState({ step: 'kept', file, answer: outcome.value });
    return onChange();
  };
  const take = (files: FileList | null | undefined): void => {
    const [file, ...more] = [...(files ?? [])];
    if (file === undefined) return;
    if (more.length > 0)
      setState({
        step: 'refused',
        file,
        options: {},
        code: 'several-files',
        message: {
          fr: `${more.length + 1} fichiers d’un coup : rien n’est lu. Déposez-les un par un, ou en une archive zip.`,
          en: `${more.length + 1} files at once: none is read. Drop them one by one, or as one zip archive.`,
        },
      });
    else void check(file, {});
  };
  return (
    <section aria-labelledby="add-readings" class="print-hidden">
      <h2 id="add-readings">{t({ fr: 'Ajouter des relevés', en: 'Add readings' })}</h2>
      <div
        class={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files);
        }}
      >
        <label class="labelled">
          {t({
            fr: `Déposez un fichier de relevés de ${meter.id} ici, ou choisissez-le`,
            en: `Drop a file of readings of ${meter.id} here, or choose one`,
          })}
          <input
            type="file"
            accept=".csv,.xlsx,.json,.xml,.zip,.gz,.txt"
            aria-describedby="readings-help"
            disabled={state.step === 'busy'}
            onChange={(event) => {
              take(event.currentTarget.files);
              // The same file may be chosen again once it is mended.
              event.currentTarget.value = '';
            }}
          />
        </label>
        <p id="readings-help" class="quiet">
          {t({
            fr: 'CSV, Enedis, GRDF, Green Button, OPERAT, factures (CSV, Excel), seuls ou en zip : le contenu dit le format. Rien n’est gardé avant votre accord.',
            en: 'CSV, Enedis, GRDF, Green Button, OPERAT, bills (CSV, Excel), alone or zipped: the content says the format. Nothing is kept before you agree.',
          })}
        </p>
      </div>
      <div aria-live="polite">
        {state.step === 'busy' && (
          <p>{t({ fr: `Lecture de ${state.file.name}…`, en: `Reading ${state.file.name}…` })}</p>
        )}
        {state.step === 'refused' && (
          <Refused
            state={state}
            onRetry={(options) => void check(state.file, { ...state.options, ...options })}
          />
        )}
        {state.step === 'read' && (
          <Report
            file={state.file}
            report={state.report}
            onKeep={() => void keep(state.file, state.options)}
            onCancel={() => setState({ step: 'empty' })}
          />
        )}
        {state.step === 'kept' && <Kept file={state.file} answer={state.answer} />}
      </div>
    </section>
  );
};

/** What went wrong, and the one thing a person can say to mend it where there is one. */
const Refused = ({
  state,
  onRetry,
}: {
  readonly state: Extract<State, { step: 'refused' }>;
  readonly onRetry: (options: Options) => void;
}) => {
  const t = useText();
  const [series, setSeries] = useState('');
  return (
    <div class="alert" role="alert">
      <p>
        {state.file.name}
        {t(words.colon)}
        {t(state.message)}
      </p>
      {state.code === 'register-unsure' && (
        <p class="actions">
          <button type="button" class="primary" onClick={() => onRetry({ register: 'true' })}>
            {t({ fr: 'C’est un index de compteur', en: 'They are a meter register' })}
          </button>
          <button type="button" class="primary" onClick={() => onRetry({ register: 'false' })}>
            {t({ fr: 'Ce sont des consommations', en: 'They are consumptions' })}
          </button>
        </p>
      )}
      {['several-meters', 'meter-not-in-file'].includes(state.code) && (
        <form
          class="grid-form"
          onSubmit={(event) => {
            event.preventDefault();
            onRetry({ series });
          }}
        >
          <label class="labelled">
            {t({ fr: 'Série à prendre', en: 'Series to take' })}
            <input
              class="field"
              type="text"
              required
              value={series}
              onInput={(event) => setSeries(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="primary">
            {t({ fr: 'Relire', en: 'Read again' })}
          </button>
        </form>
      )}
    </div>
  );
};

type Line = ReadingsAnswer['rejectedRows'][number];

const LineReport = ({ rows, count }: { readonly rows: readonly Line[]; readonly count: number }) => {
  const t = useText();
  if (count === 0) return null;
  return (
    <details open>
      <summary>
        {t({ fr: 'Lignes laissées de côté', en: 'Lines left out' })}
        {t(words.colon)}
        {count}
      </summary>
      <ul>
        {rows.slice(0, MOST_LINES).map(({ line, code, message }) => (
          <li key={`${line}${code}`}>{t(message)}</li>
        ))}
      </ul>
      {count > Math.min(rows.length, MOST_LINES) && (
        <p class="quiet">
          {t({
            fr: `et ${count - Math.min(rows.length, MOST_LINES)} autres`,
            en: `and ${count - Math.min(rows.length, MOST_LINES)} more`,
          })}
        </p>
      )}
    </details>
  );
};

const Warnings = ({ warnings }: { readonly warnings: ReadingsAnswer['warnings'] }) => {
  const t = useText();
  // Lines left out are listed on their own.
  const told = warnings.filter(
    ({ code }) => !['bad-date', 'bad-value', 'bad-row', 'missing-hour'].includes(code),
  );
  if (told.length === 0) return null;
  return (
    <ul class="quiet">
      {told.slice(0, MOST_LINES).map(({ code, message, ref }) => (
        <li key={`${code}${ref ?? ''}${message.en}`}>{t(message)}</li>
      ))}
    </ul>
  );
};

type ReportProps = {
  readonly file: File;
  readonly report: ReadingsPreflight;
  readonly onKeep: () => void;
  readonly onCancel: () => void;
};

/** The counts that are not nothing, as the end of a sentence. */
const counted = (counts: readonly (readonly [number, Text])[]): Text => {
  const told = counts.filter(([count]) => count > 0);
  const write = (language: 'fr' | 'en'): string =>
    told.map(([count, words]) => `${formatCount(count, language)} ${words[language]}`).join(', ');
  return told.length === 0
    ? { fr: 'rien de nouveau', en: 'nothing new' }
    : { fr: write('fr'), en: write('en') };
};

const Report = ({ file, report, onKeep, onCancel }: ReportProps) => {
  const t = useText();
  const { inserted, updated, unchanged, missing, heldKwhPerDay } = report;
  const held =
    heldKwhPerDay === null
      ? { fr: '', en: '' }
      : {
          fr: ` (déjà gardé : ${formatNumber(heldKwhPerDay, 'fr')})`,
          en: ` (held already: ${formatNumber(heldKwhPerDay, 'en')})`,
        };
  const news = counted([
    [
      inserted,
      {
        fr: inserted === 1 ? 'relevé nouveau' : 'relevés nouveaux',
        en: inserted === 1 ? 'new reading' : 'new readings',
      },
    ],
    [
      updated,
      {
        fr: 'qui en remplacent d’autres (l’ancienne valeur reste dans l’historique)',
        en: 'that replace others (the old value stays in the history)',
      },
    ],
    [unchanged, { fr: 'déjà gardés', en: 'held already' }],
    [missing, { fr: 'sans valeur', en: 'without a value' }],
  ]);
  return (
    <>
      <h3>{t({ fr: `Ce que ${file.name} changerait`, en: `What ${file.name} would change` })}</h3>
      <p>
        {t({
          fr: `Du ${formatDay(report.firstDay, 'fr')} au ${formatDay(report.lastDay, 'fr')}, ${formatNumber(report.totalKwh, 'fr')} kWh, soit ${formatNumber(report.kwhPerDay, 'fr')} kWh par jour${held.fr} : ${news.fr}.`,
          en: `From ${formatDay(report.firstDay, 'en')} to ${formatDay(report.lastDay, 'en')}, ${formatNumber(report.totalKwh, 'en')} kWh, that is ${formatNumber(report.kwhPerDay, 'en')} kWh a day${held.en}: ${news.en}.`,
        })}
      </p>
      <Warnings warnings={report.warnings} />
      <LineReport rows={report.rejectedRows} count={report.rejected} />
      <div class="actions">
        <button type="button" class="primary" disabled={inserted + updated === 0} onClick={onKeep}>
          {t({
            fr: `Ajouter ${formatCount(inserted + updated, 'fr')} relevés`,
            en: `Add ${formatCount(inserted + updated, 'en')} readings`,
          })}
        </button>
        <button type="button" class="plain" onClick={onCancel}>
          {t({ fr: 'Ne rien garder', en: 'Keep nothing' })}
        </button>
      </div>
    </>
  );
};

const Kept = ({ file, answer }: { readonly file: File; readonly answer: ReadingsAnswer }) => {
  const t = useText();
  const news = counted([
    [
      answer.inserted,
      {
        fr: answer.inserted === 1 ? 'relevé nouveau' : 'relevés nouveaux',
        en: answer.inserted === 1 ? 'new reading' : 'new readings',
      },
    ],
    [answer.updated, { fr: answer.updated === 1 ? 'remplacé' : 'remplacés', en: 'replaced' }],
    [answer.unchanged, { fr: answer.unchanged === 1 ? 'inchangé' : 'inchangés', en: 'unchanged' }],
    [
      answer.rejected,
      {
        fr: answer.rejected === 1 ? 'ligne laissée de côté' : 'lignes laissées de côté',
        en: answer.rejected === 1 ? 'line left out' : 'lines left out',
      },
    ],
  ]);
  return (
    <>
      <p role="status">
        {t({
          fr: `${file.name} est gardé : ${news.fr}.`,
          en: `${file.name} is kept: ${news.en}.`,
        })}
      </p>
      <LineReport rows={answer.rejectedRows} count={answer.rejected} />
    </>
  );
};
