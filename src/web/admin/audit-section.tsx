import { ScrolledTable } from '../scroll.tsx';
import { useEffect, useState } from 'preact/hooks';
import type { AuditLine, AuditVerification } from '../../client/names.ts';
import { addressOf } from '../../client/request.ts';
import { formatCount } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { failed, type Outcome, send } from '../send.ts';
import { DoButton, Field } from './parts.tsx';
import { actionText, reasonWords, subjectWords, whoWords } from './audit-words.ts';
import { formatInstant, orItself } from './words.ts';

const PAGE = 25;

type Page = { readonly lines: readonly AuditLine[]; readonly next: string | null };
type Filter = { readonly by: string; readonly action: string; readonly subject: string };

/** One page of the log: a log is read as far as one reads, never all of it at once. */
const readPage = async (filter: Filter, cursor: string | null): Promise<Outcome<Page>> => {
  const given = Object.entries(filter).flatMap(([name, value]) =>
    value.trim() === '' ? [] : [[name, value.trim()]],
  );
  const query = {
    limit: PAGE,
    ...(Object.fromEntries(given) as Partial<Filter>),
    ...(cursor === null ? {} : { cursor: Number(cursor) }),
  };
  try {
    const response = await fetch(addressOf('GET /v1/audit', { query }));
    const body: unknown = await response.json();
    if (!response.ok) return failed(body);
    const link = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    const next = link === undefined ? null : new URL(link, location.href).searchParams.get('cursor');
    return { ok: true, value: { lines: body as AuditLine[], next } };
  } catch {
    return failed(null);
  }
};

const verifiedText = ({ lines, head, brokenAt }: AuditVerification): Text =>
  brokenAt === null
    ? {
        fr: `Journal entier : ${formatCount(lines, 'fr')} lignes. Dernière empreinte, à garder ailleurs : ${head}.`,
        en: `The log is whole: ${formatCount(lines, 'en')} lines. Last hash, to be kept elsewhere: ${head}.`,
      }
    : {
        fr: `Journal altéré : la ligne ${brokenAt} ne correspond plus à la chaîne. Restaurez une sauvegarde et cherchez qui a écrit dans la base.`,
        en: `The log was altered: line ${brokenAt} no longer fits the chain. Restore a backup and find who wrote into the database.`,
      };

const empty: Filter = { by: '', action: '', subject: '' };

/** The audit log, newest first, by pages, with its chain checked on demand. */
export const AuditSection = () => {
  const t = useText();
  const language = useLanguage();
  const [filter, setFilter] = useState(empty);
  const [applied, setApplied] = useState(empty);
  const [lines, setLines] = useState<readonly AuditLine[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const [verified, setVerified] = useState<AuditVerification | null>(null);
  const load = async (asked: Filter, cursor: string | null): Promise<void> => {
    const page = await readPage(asked, cursor);
    if (!page.ok) return setProblem(page.message);
    setProblem(null);
    setLines((before) => (cursor === null ? page.value.lines : [...before, ...page.value.lines]));
    setNext(page.value.next);
  };
  useEffect(() => {
    void load(applied, null);
  }, [applied]);
  const field = (name: keyof Filter, label: Text) => (
    <Field
      label={label}
      value={filter[name]}
      optional
      onChange={(value) => setFilter({ ...filter, [name]: value })}
    />
  );
  return (
    <section aria-labelledby="audit">
      <h2 id="audit">{t({ fr: 'Journal d’audit', en: 'Audit log' })}</h2>
      <form
        class="grid-form"
        onSubmit={(event) => {
          event.preventDefault();
          setApplied(filter);
        }}
      >
        {field('by', { fr: 'Qui', en: 'Who' })}
        <label class="labelled">
          {t({ fr: 'Action', en: 'Action' })}
          <select
            class="field"
            value={filter.action}
            onChange={(event) => setFilter({ ...filter, action: event.currentTarget.value })}
          >
            <option value="">{t({ fr: 'toutes', en: 'all' })}</option>
            {Object.entries(actionText).map(([code, said]) => (
              <option key={code} value={code}>
                {t(said)}
              </option>
            ))}
          </select>
        </label>
        {field('subject', {
          fr: 'Sujet, en code (exemple : building:ecole-1958)',
          en: 'Subject, as a code (example: building:ecole-1958)',
        })}
        <div class="actions">
          <button type="submit" class="primary">
            {t({ fr: 'Filtrer', en: 'Filter' })}
          </button>
        </div>
      </form>
      <p class="print-hidden">
        <DoButton
          label={{ fr: 'Vérifier la chaîne', en: 'Verify the chain' }}
          about={t({ fr: 'journal d’audit', en: 'audit log' })}
          act={async () => {
            const outcome = await send('GET /v1/audit/verification');
            if (outcome.ok) setVerified(outcome.value);
            return outcome;
          }}
          onDone={() => {}}
        />
      </p>
      {verified !== null && (
        <p role="status" class={verified.brokenAt === null ? 'notice told' : 'alert'}>
          {t(verifiedText(verified))}
        </p>
      )}
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
      <ScrolledTable
        name={{ fr: 'Journal d’audit', en: 'Audit log' }}
        caption={t({
          fr: `${lines.length} lignes, les plus récentes d’abord`,
          en: `${lines.length} lines, newest first`,
        })}
        columns={[
          { fr: 'Quand', en: 'When' },
          { fr: 'Qui', en: 'Who' },
          { fr: 'Action', en: 'Action' },
          { fr: 'Sujet', en: 'Subject' },
          { fr: 'Pourquoi', en: 'Why' },
        ]}
      >
        {lines.map((line) => (
          <tr key={line.position}>
            <th scope="row">
              {line.position} · {formatInstant(line.at, language)}
            </th>
            <td>{t(whoWords(line.by))}</td>
            <td>{t(orItself(actionText, line.action))}</td>
            <td>{t(subjectWords(line.subject))}</td>
            <td>{t(reasonWords(line))}</td>
          </tr>
        ))}
      </ScrolledTable>
      {lines.length === 0 && problem === null && (
        <p>{t({ fr: 'Aucune ligne ne correspond.', en: 'No line fits.' })}</p>
      )}
      {next !== null && (
        <button type="button" class="plain print-hidden" onClick={() => void load(applied, next)}>
          {t({ fr: 'Lignes plus anciennes', en: 'Older lines' })}
        </button>
      )}
    </section>
  );
};
