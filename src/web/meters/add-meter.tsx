import type { Operations } from '../../client/operations.ts';
import { useState } from 'preact/hooks';
import { type Text, useText } from '../i18n.ts';
import { metersHref } from '../router.ts';
import { send } from '../send.ts';
import { carrierText } from './words.ts';

type AddProps = {
  readonly buildingId: string;
  /** Whether the building has none yet: then the form is the next step, and stands open. */
  readonly first: boolean;
  readonly onChange: () => void;
};

/** Declares a meter; its readings come after. */
export const AddMeter = ({ buildingId, first, onChange }: AddProps) => {
  const t = useText();
  const title: Text = { fr: 'Déclarer un compteur', en: 'Declare a meter' };
  if (first)
    return (
      <section aria-labelledby="add-meter">
        <h2 id="add-meter">{t(title)}</h2>
        <p>
          {t({
            fr: 'Déclarez-le ici, puis déposez un fichier de relevés : une année de relevés ou six factures d’un an suffisent pour caler le jumeau, deux années pour voir une dérive.',
            en: 'Declare it here, then drop a file of readings: a year of readings or six bills of a year are enough to calibrate the twin, two years show a drift.',
          })}
        </p>
        <MeterForm buildingId={buildingId} onChange={onChange} />
      </section>
    );
  return (
    <details class="print-hidden">
      <summary>{t({ fr: 'Déclarer un autre compteur', en: 'Declare another meter' })}</summary>
      <MeterForm buildingId={buildingId} onChange={onChange} />
    </details>
  );
};

const uses: readonly { readonly value: string; readonly name: Text }[] = [
  { value: 'heating', name: { fr: 'chauffage', en: 'heating' } },
  { value: 'heating and hot water', name: { fr: 'chauffage et eau chaude', en: 'heating and hot water' } },
  { value: 'all', name: { fr: 'tous usages', en: 'all uses' } },
];

const units = ['kWh', 'MWh', 'm3'] as const;

type MeterRequest = Operations['PUT /v1/meters/{id}']['body'];

type FormProps = { readonly buildingId: string; readonly onChange: () => void };

const MeterForm = ({ buildingId, onChange }: FormProps) => {
  const t = useText();
  const [id, setId] = useState('');
  const [carrier, setCarrier] = useState('gas');
  const [use, setUse] = useState('heating');
  const [unit, setUnit] = useState<string>('kWh');
  const [problem, setProblem] = useState<Text | null>(null);
  const declare = async (event: Event): Promise<void> => {
    event.preventDefault();
    const outcome = await send('PUT /v1/meters/{id}', {
      path: { id },
      // Of the options below alone.
      body: { buildingId, use, ...({ carrier, unit } as Pick<MeterRequest, 'carrier' | 'unit'>) },
    });
    setProblem(outcome.ok ? null : outcome.message);
    if (!outcome.ok) return;
    onChange();
    location.hash = metersHref(buildingId, id);
  };
  const choice = (
    label: Text,
    value: string,
    set: (value: string) => void,
    options: readonly { readonly value: string; readonly name: Text }[],
  ) => (
    <label class="labelled">
      {t(label)}
      <select class="field" value={value} onChange={(event) => set(event.currentTarget.value)}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {t(one.name)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form class="grid-form" onSubmit={(event) => void declare(event)}>
      <label class="labelled">
        {t({
          fr: 'Code du compteur (PDL, PCE, ou le vôtre)',
          en: 'Code of the meter (delivery point, or your own)',
        })}
        <input
          class="field"
          type="text"
          required
          maxLength={100}
          value={id}
          onInput={(event) => setId(event.currentTarget.value)}
        />
      </label>
      {choice(
        { fr: 'Énergie', en: 'Energy' },
        carrier,
        setCarrier,
        Object.entries(carrierText).map(([value, name]) => ({ value, name })),
      )}
      {choice({ fr: 'Usage', en: 'Use' }, use, setUse, uses)}
      {choice(
        { fr: 'Unité', en: 'Unit' },
        unit,
        setUnit,
        units.map((value) => {
          const name = value.replace('m3', 'm³');
          return { value, name: { fr: name, en: name } };
        }),
      )}
      <button type="submit" class="primary">
        {t({ fr: 'Déclarer', en: 'Declare' })}
      </button>
      {problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
    </form>
  );
};
