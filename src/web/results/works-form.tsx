import { useState } from 'preact/hooks';
import type { WorksRecord } from '../../client/names.ts';
import { useResource } from '../client.ts';
import { formatDay } from '../format.ts';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { useDraft } from '../draft.ts';
import { Pending } from '../pending.tsx';
import { type Outcome, send } from '../send.ts';
import { SignedForm } from '../signed-form.tsx';
import { numberOf } from '../typed-number.ts';
import { type Scope, ScopeField } from './works-scope.tsx';

type Carrier = NonNullable<WorksRecord['carrierAfter']>;

type Draft = {
  readonly measures: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly costEur: string;
  readonly contractor: string;
  readonly carrierAfter: Carrier | '';
  readonly scope: Scope;
};

const empty: Draft = {
  measures: [],
  start: '',
  end: '',
  costEur: '',
  contractor: '',
  carrierAfter: '',
  scope: 'auto',
};

const carriers: readonly (readonly [Carrier | '', Text])[] = [
  ['', { fr: 'inchangée', en: 'unchanged' }],
  ['gas', { fr: 'gaz', en: 'gas' }],
  ['electricity', { fr: 'électricité', en: 'electricity' }],
  ['district-heat', { fr: 'réseau de chaleur', en: 'district heating' }],
  ['oil', { fr: 'fioul', en: 'oil' }],
  ['wood', { fr: 'bois', en: 'wood' }],
];

const missing: Text = {
  fr: 'Cochez au moins un geste : ce sont les travaux vraiment faits.',
  en: 'Tick at least one measure: those are the works really done.',
};

const notAmount: Text = {
  fr: 'Le coût n’est pas un montant en euros : écrivez par exemple 125 000, ou laissez vide.',
  en: 'The cost is no amount of euros: write for example 125,000, or leave it empty.',
};

/** Works of a building by their first day: two that begin together are one. */
const idOf = (buildingId: string, start: string): string =>
  `${buildingId.replaceAll(/[^A-Za-z0-9._:-]/g, '-').slice(0, 88)}-${start}`;

/** What the declaration froze, in a sentence. */
const frozenText = ({ baselines, start }: WorksRecord): Text =>
  baselines.length === 0
    ? {
        fr: 'Travaux déclarés. Aucune référence n’est encore gelée : elle le sera quand ils auront commencé et que des relevés les précèdent.',
        en: 'Works declared. No baseline is frozen yet: it will be once they have begun and readings come before them.',
      }
    : {
        fr: `Travaux déclarés. Référence gelée au ${formatDay(baselines[0]?.to ?? start, 'fr')} sur ${baselines.length} ${baselines.length > 1 ? 'compteurs' : 'compteur'}.`,
        en: `Works declared. Baseline frozen on ${formatDay(baselines[0]?.to ?? start, 'en')} on ${baselines.length} ${baselines.length > 1 ? 'meters' : 'meter'}.`,
      };

type FormProps = {
  readonly buildingId: string;
  readonly onAdded: () => void;
};

/** Declares works under the caller's name; those that have begun freeze their baseline. A half-filled form is kept. */
export const WorksForm = ({ buildingId, onAdded }: FormProps) => {
  const t = useText();
  const language = useLanguage();
  const catalogue = useResource('GET /v1/buildings/{id}/measures', { path: { id: buildingId } });
  const [draft, setDraft, forget] = useDraft<Draft>(`works.${buildingId}`, empty);
  const [frozen, setFrozen] = useState<Text | null>(null);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const ticked = new Set(draft.measures);
  const declare = async (reason: string): Promise<Outcome<WorksRecord>> => {
    const { costEur, contractor, carrierAfter, scope, start, end } = draft;
    setFrozen(null);
    if (draft.measures.length === 0) return { ok: false, message: missing, code: 'no-measure' };
    const cost = numberOf(costEur, language);
    if (Number.isNaN(cost)) return { ok: false, message: notAmount, code: 'cost-invalid' };
    const outcome = await send('POST /v1/buildings/{id}/works', {
      path: { id: buildingId },
      body: {
        id: idOf(buildingId, start),
        measures: draft.measures,
        start,
        end,
        reason,
        ...(cost === undefined ? {} : { costEur: cost }),
        ...(contractor.trim() === '' ? {} : { contractor }),
        ...(carrierAfter === '' ? {} : { carrierAfter }),
        ...(scope === 'auto' ? {} : { scope }),
      },
    });
    if (outcome.ok) setFrozen(frozenText(outcome.value));
    return outcome;
  };
  return (
    <>
      <SignedForm
        action={{ fr: 'Déclarer ces travaux', en: 'Declare these works' }}
        send={declare}
        onDone={() => {
          forget();
          onAdded();
        }}
      >
        <fieldset class="ticks">
          <legend>{t({ fr: 'Gestes vraiment faits', en: 'Measures really done' })}</legend>
          <Pending loaded={catalogue}>
            {({ measures }) =>
              measures.map(({ id, name }) => (
                <label key={id}>
                  <input
                    type="checkbox"
                    checked={ticked.has(id)}
                    onChange={(event) =>
                      change({
                        measures: event.currentTarget.checked
                          ? [...draft.measures, id]
                          : draft.measures.filter((one) => one !== id),
                      })
                    }
                  />
                  {t(name)}
                </label>
              ))
            }
          </Pending>
        </fieldset>
        <Field
          label={{ fr: 'Premier jour', en: 'First day' }}
          type="date"
          required
          value={draft.start}
          onChange={(start) => change({ start })}
        />
        <Field
          label={{ fr: 'Dernier jour', en: 'Last day' }}
          type="date"
          required
          value={draft.end}
          onChange={(end) => change({ end })}
        />
        <Field
          label={{ fr: 'Coût, € (facultatif)', en: 'Cost, € (optional)' }}
          type="text"
          value={draft.costEur}
          onChange={(costEur) => change({ costEur })}
        />
        <Field
          label={{ fr: 'Entreprise (facultatif)', en: 'Contractor (optional)' }}
          type="text"
          value={draft.contractor}
          onChange={(contractor) => change({ contractor })}
        />
        <label class="labelled">
          {t({ fr: 'Énergie de chauffage après', en: 'Heating energy after' })}
          <select
            class="field"
            value={draft.carrierAfter}
            onChange={(event) => change({ carrierAfter: event.currentTarget.value as Draft['carrierAfter'] })}
          >
            {carriers.map(([value, name]) => (
              <option key={value} value={value}>
                {t(name)}
              </option>
            ))}
          </select>
        </label>
        <ScopeField value={draft.scope} onChange={(scope) => change({ scope })} />
      </SignedForm>
      <p role="status">{frozen !== null && t(frozen)}</p>
    </>
  );
};

type FieldProps = {
  readonly label: Text;
  readonly type: 'date' | 'text';
  readonly value: string;
  readonly required?: boolean;
  readonly onChange: (value: string) => void;
};

const Field = ({ label, type, value, required = false, onChange }: FieldProps) => {
  const t = useText();
  return (
    <label class="labelled">
      {t(label)}
      {type === 'date' ? (
        <input
          class="field"
          type="date"
          required={required}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <input
          class="field"
          type="text"
          required={required}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </label>
  );
};
