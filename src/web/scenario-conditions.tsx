import { useState } from 'preact/hooks';
import type { Building, Comparison } from '../api/contract.ts';
import { useText } from './i18n.ts';
import { optionLetter } from './option-letter.ts';

/** What a comparison is judged under, as the API takes it; each left out keeps the building's own or the default. */
export type Conditions = {
  readonly department?: string;
  readonly weather?:
    | { readonly kind: 'warmer-2050' }
    | { readonly kind: 'last-years'; readonly years: number };
  readonly tertiary?: {
    readonly areaM2: number;
    readonly reference: { readonly year: number; readonly finalKwh: number };
    readonly otherUsesKwhYear: number;
  };
  /** Year of the works of each option; this year where it is left out. */
  readonly years: readonly (number | null | undefined)[];
};

const LAST_YEARS = 5;

/** A field's number; undefined where it is empty. */
const numberIn = (data: FormData, name: string): number | undefined => {
  const text = data.get(name);
  return typeof text === 'string' && text.trim() !== '' ? Number(text) : undefined;
};

const weatherIn = (data: FormData): Pick<Conditions, 'weather'> => {
  const kind = data.get('weather');
  if (kind === 'warmer-2050') return { weather: { kind } };
  return kind === 'last-years' ? { weather: { kind, years: LAST_YEARS } } : {};
};

const tertiaryIn = (data: FormData): Pick<Conditions, 'tertiary'> => {
  const [areaM2, year, finalKwh, otherUsesKwhYear = 0] = [
    numberIn(data, 'area'),
    numberIn(data, 'reference-year'),
    numberIn(data, 'reference-kwh'),
    numberIn(data, 'other-kwh'),
  ];
  return areaM2 === undefined || year === undefined || finalKwh === undefined
    ? {}
    : { tertiary: { areaM2, reference: { year, finalKwh }, otherUsesKwhYear } };
};

const conditionsIn = (form: HTMLFormElement, options: number): Conditions => {
  const data = new FormData(form);
  const department = data.get('department');
  return {
    ...(typeof department === 'string' && department.trim() !== '' ? { department: department.trim() } : {}),
    ...weatherIn(data),
    ...tertiaryIn(data),
    years: Array.from({ length: options }, (_, index) => numberIn(data, `year-${index}`)),
  };
};

type ConditionsProps = {
  readonly building: Building;
  readonly place: Comparison['place'];
  readonly options: number;
  readonly current: Conditions;
  readonly onChange: (conditions: Conditions) => void;
};

/** Place, weather, years of the works and the tertiary declaration of a comparison; open where the place is not known. */
export const ScenarioConditions = ({ building, place, options, current, onChange }: ConditionsProps) => {
  const t = useText();
  const [open, setOpen] = useState(place.department === null);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t({ fr: 'Lieu, météo, années, décret', en: 'Place, weather, years, decree' })}</summary>
      {open && (
        <form
          class="grid-form"
          onSubmit={(event) => {
            event.preventDefault();
            onChange(conditionsIn(event.currentTarget, options));
          }}
        >
          <label class="labelled">
            {t({ fr: 'Département du bâtiment', en: 'Department of the building' })}
            <input
              class="field"
              type="text"
              name="department"
              maxLength={3}
              pattern="[0-9]{1,2}|2[AaBb]"
              placeholder="33"
              defaultValue={current.department ?? place.department ?? ''}
            />
          </label>
          <label class="labelled">
            {t({ fr: 'Météo', en: 'Weather' })}
            <select class="field" name="weather" defaultValue={current.weather?.kind ?? 'typical'}>
              <option value="typical">{t({ fr: 'année type', en: 'typical year' })}</option>
              <option value="last-years">
                {t({
                  fr: `${LAST_YEARS} dernières années du bâtiment`,
                  en: `last ${LAST_YEARS} years of the building`,
                })}
              </option>
              <option value="warmer-2050">{t({ fr: 'plus chaude, 2050', en: 'warmer, 2050' })}</option>
            </select>
          </label>
          {Array.from({ length: options }, (_, index) => (
            <label key={optionLetter(index)} class="labelled">
              {t({
                fr: `Année des travaux, ${optionLetter(index)}`,
                en: `Year of the works, ${optionLetter(index)}`,
              })}
              <input
                class="field"
                type="number"
                name={`year-${index}`}
                step={1}
                defaultValue={current.years[index] ?? ''}
              />
            </label>
          ))}
          {building.use !== 'housing' && <Declaration said={current.tertiary} />}
          <button type="submit" class="primary">
            {t({ fr: 'Comparer ainsi', en: 'Compare so' })}
          </button>
        </form>
      )}
    </details>
  );
};

const Declaration = ({ said }: { readonly said: Conditions['tertiary'] }) => {
  const t = useText();
  return (
    <>
      <label class="labelled">
        {t({ fr: 'Surface tertiaire, m²', en: 'Tertiary area, m²' })}
        <input class="field" type="number" name="area" min={1} step="any" defaultValue={said?.areaM2 ?? ''} />
      </label>
      <label class="labelled">
        {t({ fr: 'Année de référence', en: 'Reference year' })}
        <input
          class="field"
          type="number"
          name="reference-year"
          min={2010}
          max={2022}
          defaultValue={said?.reference.year ?? ''}
        />
      </label>
      <label class="labelled">
        {t({ fr: 'Consommation de référence, kWh', en: 'Reference use, kWh' })}
        <input
          class="field"
          type="number"
          name="reference-kwh"
          min={1}
          step="any"
          defaultValue={said?.reference.finalKwh ?? ''}
        />
      </label>
      <label class="labelled">
        {t({ fr: 'Autres usages du site, kWh par an', en: 'Other uses of the site, kWh a year' })}
        <input
          class="field"
          type="number"
          name="other-kwh"
          min={0}
          step="any"
          defaultValue={said?.otherUsesKwhYear ?? ''}
        />
      </label>
    </>
  );
};
