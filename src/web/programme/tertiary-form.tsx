import { useState } from 'preact/hooks';
import type { Programme } from '../../client/names.ts';
import { Folded } from '../folded.tsx';
import { type Text, useLanguage, useText } from '../i18n.ts';
import { send } from '../send.ts';
import { numberOf } from '../typed-number.ts';

type Fields = {
  readonly year: string;
  readonly kwh: string;
  readonly area: string;
  readonly other: string;
  readonly absolute: string;
};

const labels: Readonly<Record<keyof Fields, Text>> = {
  year: { fr: 'Année de référence (2010 à 2022)', en: 'Reference year (2010 to 2022)' },
  kwh: {
    fr: 'Énergie finale de cette année, tous usages, kWh',
    en: 'Final energy of that year, all uses, kWh',
  },
  area: { fr: 'Surface assujettie, m²', en: 'Area subject to the decree, m²' },
  other: { fr: 'Ce que prennent les autres compteurs, kWh par an', en: 'What other meters take, kWh a year' },
  absolute: {
    fr: 'Cible absolue 2030 de la catégorie d’activité, kWh/m² (si vous la connaissez)',
    en: 'Absolute 2030 target of the activity’s category, kWh/m² (if you know it)',
  },
};

const needed: readonly (keyof Fields)[] = ['year', 'kwh', 'area'];

type TertiaryFormProps = { readonly buildings: NonNullable<Programme['law']>['notEvaluated'] };

/** What the owner of a tertiary building declares under the decree; without it its dates are not judged. */
export const TertiaryForm = ({ buildings }: TertiaryFormProps) => {
  const t = useText();
  const language = useLanguage();
  const [id, setId] = useState(buildings[0]?.buildingId ?? '');
  const [fields, setFields] = useState<Fields>({ year: '', kwh: '', area: '', other: '', absolute: '' });
  const [told, setTold] = useState<{ readonly text: Text; readonly ok: boolean } | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const numbers = Object.entries(fields).map(([name, text]) => [name, numberOf(text, language)] as const);
    const wrong = numbers.find(([, value]) => Number.isNaN(value));
    if (wrong !== undefined) {
      const label = labels[wrong[0] as keyof Fields];
      return setTold({
        ok: false,
        text: { fr: `« ${label.fr} » attend un nombre.`, en: `“${label.en}” takes a number.` },
      });
    }
    const { year, kwh, area, other, absolute } = Object.fromEntries(numbers);
    // The browser sends no form without those that are needed.
    if (year === undefined || kwh === undefined || area === undefined) return undefined;
    const outcome = await send('PUT /v1/buildings/{id}/tertiary', {
      path: { id },
      body: {
        areaM2: area,
        reference: { year, finalKwh: kwh },
        otherUsesKwhYear: other ?? 0,
        ...(absolute === undefined ? {} : { absoluteKwhM2: { 2030: absolute } }),
      },
    });
    setTold(
      outcome.ok
        ? {
            ok: true,
            text: {
              fr: 'Déclaration gardée. Recalculez le programme pour en tenir compte.',
              en: 'Declaration kept. Compute the programme again to take it into account.',
            },
          }
        : { ok: false, text: outcome.message },
    );
  };
  return (
    <Folded
      kind="print-hidden"
      summary={t({ fr: 'Déclarer un bâtiment tertiaire', en: 'Declare a tertiary building' })}
    >
      {() => (
        <>
          <form class="grid-form" onSubmit={(event) => void submit(event)}>
            <label class="labelled">
              {t({ fr: 'Bâtiment à déclarer', en: 'Building to declare' })}
              <select class="field" value={id} onChange={(event) => setId(event.currentTarget.value)}>
                {buildings.map(({ buildingId, name }) => (
                  <option key={buildingId} value={buildingId}>
                    {t(name)}
                  </option>
                ))}
              </select>
            </label>
            {(Object.keys(labels) as (keyof Fields)[]).map((name) => (
              <label key={name} class="labelled">
                {t(labels[name])}
                <input
                  class="field"
                  type="text"
                  inputMode="decimal"
                  required={needed.includes(name)}
                  value={fields[name]}
                  onInput={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
                />
              </label>
            ))}
            <button type="submit" class="primary">
              {t({ fr: 'Garder la déclaration', en: 'Keep the declaration' })}
            </button>
          </form>
          {told !== null && (
            <p role={told.ok ? 'status' : 'alert'} class={told.ok ? undefined : 'alert'}>
              {t(told.text)}
            </p>
          )}
        </>
      )}
    </Folded>
  );
};
