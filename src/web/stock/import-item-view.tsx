import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Draft } from '../../client/names.ts';
import { formatDay, formatPercent, formatQuantity } from '../format.ts';
import { type Text, useLanguage, useText, words } from '../i18n.ts';
import { addHref, buildingHref } from '../router.ts';
import { send } from '../send.ts';
import { type Item, mayBeReadings, meterInName, type Stage } from './import-item.ts';
import type { Imports } from './use-imports.ts';

/** Lines of a report shown at once; the others are counted. */
const MOST_LINES = 12;

type Line = { readonly line: number; readonly message: Text };

const LineReport = ({ lines, count }: { readonly lines: readonly Line[]; readonly count: number }) => {
  const t = useText();
  if (count === 0) return null;
  const shown = lines.slice(0, MOST_LINES);
  return (
    <ul class="quiet">
      {shown.map(({ line, message }) => (
        <li key={`${line}${message.en}`}>
          {t({ fr: 'Ligne', en: 'Line' })} {line}
          {t(words.colon)}
          {t(message)}
        </li>
      ))}
      {count > shown.length && (
        <li>
          {t({
            fr: `et ${count - shown.length} autres lignes`,
            en: `and ${count - shown.length} more lines`,
          })}
        </li>
      )}
    </ul>
  );
};

const Ready = ({ draft }: { readonly draft: Draft }) => {
  const t = useText();
  const language = useLanguage();
  const { preflight, sheet } = draft;
  if (sheet !== null) {
    const fresh = sheet.buildings.filter(({ taken }) => !taken).length;
    const taken = sheet.buildings.filter((one) => one.taken);
    const lines: Line[] = [
      ...sheet.refused,
      ...taken.map(({ line, id }) => ({
        line,
        message: {
          fr: `« ${id} » est déjà dans le parc ou plus haut dans le tableau ; elle sera passée.`,
          en: `“${id}” is already in the stock or higher up in the sheet; it will be passed over.`,
        },
      })),
    ].toSorted((one, other) => one.line - other.line);
    return (
      <>
        {t({
          fr: `tableau de bâtiments : ${fresh} à créer, ${lines.length} ${lines.length > 1 ? 'lignes laissées' : 'ligne laissée'} de côté.`,
          en: `sheet of buildings: ${fresh} to create, ${lines.length} ${lines.length === 1 ? 'line' : 'lines'} left out.`,
        })}
        {sheet.ignored.length > 0 &&
          t({
            fr: ` Colonnes non comprises, laissées de côté\u00a0: ${sheet.ignored.join(', ')}.`,
            en: ` Columns not understood, left out: ${sheet.ignored.join(', ')}.`,
          })}
        <LineReport lines={lines} count={lines.length} />
      </>
    );
  }
  if (preflight === null) return null;
  const { name, heatLossWK, closed, questions, missing } = preflight;
  return (
    <>
      {t({
        fr: `« ${name} » perd ${formatQuantity(heatLossWK, language)} ; enveloppe ${closed ? 'fermée' : 'non fermée'}, ${questions.length} ${questions.length > 1 ? 'questions' : 'question'}, ${missing.length} ${missing.length > 1 ? 'manques' : 'manque'}. `,
        en: `“${name}” loses ${formatQuantity(heatLossWK, language)}; envelope ${closed ? 'closed' : 'not closed'}, ${questions.length} questions, ${missing.length} things missing. `,
      })}
      <a href={addHref(draft.id)}>{t({ fr: 'Vérifier et répondre', en: 'Check and answer' })}</a>
    </>
  );
};

const awayText: Text = {
  fr: 'le serveur ne répond pas ; la page redemande d’elle-même, rien n’est perdu.',
  en: 'the server does not answer; the page asks again by itself, nothing is lost.',
};

const Told = ({ stage }: { readonly stage: Stage }): ComponentChildren => {
  const t = useText();
  const language = useLanguage();
  switch (stage.at) {
    case 'waiting':
      return t({ fr: 'en attente', en: 'waiting' });
    case 'sending':
      return (
        <>
          {t({ fr: 'envoi ', en: 'sending ' })}
          {formatPercent(stage.share, language)}{' '}
          <progress value={stage.share} aria-label={t({ fr: 'Envoi', en: 'Upload' })} />
        </>
      );
    case 'reading':
      return stage.away ? t(awayText) : t({ fr: 'lecture…', en: 'reading…' });
    case 'ready':
      return <Ready draft={stage.draft} />;
    case 'confirming':
      return stage.away ? t(awayText) : t({ fr: 'enregistrement…', en: 'keeping…' });
    case 'kept':
      return (
        <>
          {t({
            fr: `gardé : ${stage.buildings.length} ${stage.buildings.length > 1 ? 'bâtiments' : 'bâtiment'}${stage.skipped.length === 0 ? '' : `, ${stage.skipped.length} déjà là`}. `,
            en: `kept: ${stage.buildings.length} ${stage.buildings.length === 1 ? 'building' : 'buildings'}${stage.skipped.length === 0 ? '' : `, ${stage.skipped.length} there already`}. `,
          })}
          {stage.buildings.slice(0, 3).map((id) => (
            <a key={id} href={buildingHref(id)}>
              {id}{' '}
            </a>
          ))}
        </>
      );
    case 'meter':
      return stage.why === null
        ? t({ fr: 'relevés de quel compteur ?', en: 'readings of which meter?' })
        : t(stage.why);
    case 'checking':
      return t({ fr: `lecture pour ${stage.meter}…`, en: `reading for ${stage.meter}…` });
    case 'checked':
    case 'adding': {
      const { inserted, updated, unchanged, rejected, rejectedRows, firstDay, lastDay } = stage.report;
      return (
        <>
          {t({
            fr: `relevés de ${stage.meter}, du ${formatDay(firstDay, 'fr')} au ${formatDay(lastDay, 'fr')} : ${inserted} nouveaux, ${updated} remplacés, ${unchanged} déjà gardés, ${rejected} lignes laissées de côté.`,
            en: `readings of ${stage.meter}, from ${formatDay(firstDay, 'en')} to ${formatDay(lastDay, 'en')}: ${inserted} new, ${updated} replaced, ${unchanged} held already, ${rejected} lines left out.`,
          })}
          <LineReport lines={rejectedRows} count={rejected} />
        </>
      );
    }
    case 'added':
      return (
        <>
          {t({
            fr: `gardé : ${stage.answer.inserted} relevés nouveaux, ${stage.answer.updated} remplacés, ${stage.answer.rejected} lignes laissées de côté dans ${stage.meter}.`,
            en: `kept: ${stage.answer.inserted} new readings, ${stage.answer.updated} replaced, ${stage.answer.rejected} lines left out in ${stage.meter}.`,
          })}
        </>
      );
    case 'failed':
      return t(stage.message);
    default:
      // Every stage is told: one more would not pass the types.
      return stage satisfies never;
  }
};

/** One file: how far it is, what it would bring line by line, and what can be done about it. */
export const ImportItem = ({ item, imports }: { readonly item: Item; readonly imports: Imports }) => {
  const t = useText();
  const { stage, name, file } = item;
  const failed = stage.at === 'failed';
  return (
    <li class={failed ? 'alert' : undefined}>
      <span role={failed ? 'alert' : undefined}>
        <strong>{name}</strong>
        {t(words.colon)}
        {failed && <Told stage={stage} />}
      </span>
      {!failed && <Told stage={stage} />}
      {stage.at === 'meter' && file !== null && (
        <ChooseMeter name={name} onMeter={(meter) => void imports.check(item, meter)} />
      )}
      <span class="actions">
        {failed && file !== null && (
          <button type="button" class="plain" onClick={() => imports.again(item)}>
            {t({ fr: `Renvoyer ${name}`, en: `Send ${name} again` })}
          </button>
        )}
        {failed && file !== null && mayBeReadings(name) && (
          <button type="button" class="plain" onClick={() => imports.asReadings(item)}>
            {t({ fr: 'Ce sont des relevés', en: 'These are readings' })}
          </button>
        )}
        {!['sending', 'confirming', 'adding'].includes(stage.at) && (
          <button type="button" class="plain" onClick={() => imports.drop(item)}>
            {t({ fr: `Retirer ${name} de la liste`, en: `Take ${name} off the list` })}
          </button>
        )}
      </span>
    </li>
  );
};

/** Which meter readings are of: guessed from the name of the file where it holds one, always for a person to say. */
const ChooseMeter = ({
  name,
  onMeter,
}: {
  readonly name: string;
  readonly onMeter: (meter: string) => void;
}) => {
  const t = useText();
  const [meters, setMeters] = useState<readonly string[]>([]);
  const [meter, setMeter] = useState('');
  useEffect(() => {
    let gone = false;
    void send('GET /v1/meters', { query: { fields: 'id', limit: 1000 } }).then((found) => {
      if (gone || !found.ok) return;
      const ids = found.value.map(({ id }) => id);
      setMeters(ids);
      setMeter((before) => (before === '' ? (meterInName(name, ids) ?? '') : before));
    });
    return () => {
      gone = true;
    };
  }, [name]);
  const list = `meters-${name}`;
  return (
    <form
      class="grid-form"
      onSubmit={(event) => {
        event.preventDefault();
        onMeter(meter);
      }}
    >
      <label class="labelled">
        {t({ fr: 'Identifiant du compteur', en: 'Identifier of the meter' })}
        <input
          class="field"
          type="text"
          required
          list={list}
          autocomplete="off"
          value={meter}
          onInput={(event) => setMeter(event.currentTarget.value)}
        />
        <datalist id={list}>
          {meters
            .filter((id) => id.includes(meter))
            .slice(0, 12)
            .map((id) => (
              <option key={id} value={id} />
            ))}
        </datalist>
      </label>
      <button type="submit" class="primary">
        {t({ fr: 'Voir ce que cela changerait', en: 'See what it would change' })}
      </button>
    </form>
  );
};
