import { useState } from 'preact/hooks';
import type { SavedScenario, Scenario } from '../client/names.ts';
import { useResource } from './client.ts';
import { formatDay } from './format.ts';
import { type Text, useLanguage, useText } from './i18n.ts';
import { optionLetter } from './option-letter.ts';
import { useParts } from './part-turner.tsx';
import { Pending } from './pending.tsx';
import { send } from './send.ts';

/** Kept scenarios in a part of their list. */
const LINES_SHOWN = 5;

type SavedProps = {
  readonly buildingId: string;
  readonly scenarios: readonly Scenario[];
  /** Shows a kept scenario among the options. */
  readonly onCompare: (measures: readonly string[]) => void;
};

/** Keeps an option under a name, with the versions of its inputs; a kept one never changes, another branches from it. */
export const SavedScenarios = ({ buildingId, scenarios, onCompare }: SavedProps) => {
  const t = useText();
  const saved = useResource('GET /v1/buildings/{id}/scenarios', { path: { id: buildingId } });
  const [problem, setProblem] = useState<Text | null>(null);
  const [said, setSaid] = useState<Text | null>(null);
  const told = (outcome: Awaited<ReturnType<typeof send>>, done: Text): void => {
    setProblem(outcome.ok ? null : outcome.message);
    setSaid(outcome.ok ? done : null);
    if (outcome.ok) saved.retry();
  };
  return (
    <>
      <SaveForm
        scenarios={scenarios}
        kept={saved.state === 'ready' ? saved.value : []}
        onSave={async (body) =>
          told(await send('POST /v1/buildings/{id}/scenarios', { path: { id: buildingId }, body }), {
            fr: 'Scénario gardé.',
            en: 'Scenario kept.',
          })
        }
      />
      <p role="status">{said !== null && t(said)}</p>
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
      <Pending loaded={saved}>
        {(list) => (
          <SavedList
            list={list}
            onCompare={onCompare}
            onDelete={async (one) =>
              told(
                await send('DELETE /v1/buildings/{id}/scenarios/{scenario}', {
                  path: { id: buildingId, scenario: one.id },
                }),
                {
                  fr: `« ${one.name} » est effacé.`,
                  en: `“${one.name}” is deleted.`,
                },
              )
            }
          />
        )}
      </Pending>
    </>
  );
};

type ListProps = {
  readonly list: readonly SavedScenario[];
  readonly onCompare: SavedProps['onCompare'];
  readonly onDelete: (one: SavedScenario) => void;
};

const SavedList = ({ list, onCompare, onDelete }: ListProps) => {
  const t = useText();
  const { lines, turner } = useParts(list, LINES_SHOWN);
  if (list.length === 0)
    return (
      <p class="quiet">{t({ fr: 'Aucun encore pour ce bâtiment.', en: 'None yet for this building.' })}</p>
    );
  return (
    <div>
      {turner}
      <ul class="saved">
        {lines.map((one) => (
          <SavedLine
            key={one.id}
            one={one}
            parent={list.find(({ id }) => id === one.branchOf)}
            onCompare={() => onCompare(one.measures.map(({ measure }) => measure))}
            onDelete={() => onDelete(one)}
          />
        ))}
      </ul>
    </div>
  );
};

type LineProps = {
  readonly one: SavedScenario;
  readonly parent: SavedScenario | undefined;
  readonly onCompare: () => void;
  readonly onDelete: () => void;
};

const SavedLine = ({ one, parent, onCompare, onDelete }: LineProps) => {
  const t = useText();
  const language = useLanguage();
  const years = [...new Set(one.measures.map(({ year }) => year))].toSorted((left, right) => left - right);
  return (
    <li>
      <strong>{one.name}</strong>{' '}
      <span class="quiet">
        {t({
          fr: `${one.measures.length} ${one.measures.length > 1 ? 'gestes' : 'geste'}, ${years.join(', ')} ; gardé le ${formatDay(new Date(one.createdMs).toISOString().slice(0, 10), language)}`,
          en: `${one.measures.length} ${one.measures.length > 1 ? 'measures' : 'measure'}, ${years.join(', ')}; kept on ${formatDay(new Date(one.createdMs).toISOString().slice(0, 10), language)}`,
        })}
        {parent !== undefined &&
          t({ fr: ` ; variante de « ${parent.name} »`, en: `; branches from “${parent.name}”` })}
      </span>{' '}
      <button type="button" class="plain" onClick={onCompare}>
        {t({ fr: 'Comparer', en: 'Compare' })}
        <span class="hidden"> {one.name}</span>
      </button>
      <button type="button" class="plain" onClick={onDelete}>
        {t({ fr: 'Effacer', en: 'Delete' })}
        <span class="hidden"> {one.name}</span>
      </button>
    </li>
  );
};

type SaveBody = {
  readonly name: string;
  readonly measures: readonly { readonly measure: string; readonly year: number }[];
  readonly branchOf?: number;
};

type SaveFormProps = {
  readonly scenarios: readonly Scenario[];
  readonly kept: readonly SavedScenario[];
  readonly onSave: (body: SaveBody) => void;
};

const SaveForm = ({ scenarios, kept, onSave }: SaveFormProps) => {
  const t = useText();
  const [option, setOption] = useState(0);
  const [name, setName] = useState('');
  const [year, setYear] = useState(new Date().getFullYear() + 1);
  const [parent, setParent] = useState('');
  const save = (event: Event): void => {
    event.preventDefault();
    const measures = (scenarios[option] ?? scenarios[0])?.measures ?? [];
    onSave({
      name,
      measures: measures.map(({ id }) => ({ measure: id, year })),
      ...(parent === '' ? {} : { branchOf: Number(parent) }),
    });
    setName('');
  };
  return (
    <form class="grid-form" onSubmit={save}>
      <label class="labelled">
        {t({ fr: 'Option', en: 'Option' })}
        <select
          class="field"
          value={option}
          onChange={(event) => setOption(Number(event.currentTarget.value))}
        >
          {scenarios.map((one, index) => (
            <option key={one.id} value={index}>
              {optionLetter(index)}
            </option>
          ))}
        </select>
      </label>
      <label class="labelled">
        {t({ fr: 'Nom', en: 'Name' })}
        <input
          class="field"
          type="text"
          required
          maxLength={120}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="labelled">
        {t({ fr: 'Année des travaux', en: 'Year of the works' })}
        <input
          class="field"
          type="number"
          required
          value={year}
          onInput={(event) => setYear(Number(event.currentTarget.value))}
        />
      </label>
      {kept.length > 0 && (
        <label class="labelled">
          {t({ fr: 'Variante de', en: 'Branches from' })}
          <select class="field" value={parent} onChange={(event) => setParent(event.currentTarget.value)}>
            <option value="">{t({ fr: 'aucun autre', en: 'nothing' })}</option>
            {kept.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="submit" class="primary">
        {t({ fr: 'Garder', en: 'Keep' })}
      </button>
    </form>
  );
};
