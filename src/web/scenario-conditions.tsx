import { useState } from 'preact/hooks';
import type { Building, Comparison } from '../client/names.ts';
import { type Language, type Text, useLanguage, useText } from './i18n.ts';
import { optionLetter } from './option-letter.ts';
import type { Outcome } from './send.ts';
import { numberOf } from './typed-number.ts';

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

/** The years the decree lets be taken as reference, as the API takes them. */
const FIRST_REFERENCE = 2010;
const LAST_REFERENCE = 2022;

const weathers: readonly (readonly [string, Text])[] = [
  ['typical', { fr: 'année type', en: 'typical year' }],
  [
    'last-years',
    { fr: `${LAST_YEARS} dernières années du bâtiment`, en: `last ${LAST_YEARS} years of the building` },
  ],
  ['warmer-2050', { fr: 'plus chaude, 2050', en: 'warmer, 2050' }],
];

const yearLabel = (index: number): Text => ({
  fr: `Année des travaux, ${optionLetter(index)}`,
  en: `Year of the works, ${optionLetter(index)}`,
});

/** A field's number as people type it; undefined where it is empty, NaN for what is none. */
const numberIn = (data: FormData, name: string, language: Language): number | undefined => {
  const text = data.get(name);
  return typeof text === 'string' ? numberOf(text, language) : undefined;
};

const weatherIn = (data: FormData): Pick<Conditions, 'weather'> => {
  const kind = data.get('weather');
  if (kind === 'warmer-2050') return { weather: { kind } };
  return kind === 'last-years' ? { weather: { kind, years: LAST_YEARS } } : {};
};

const declared = {
  area: { fr: 'Surface tertiaire, m²', en: 'Tertiary area, m²' },
  'reference-year': {
    fr: `Année de référence (${FIRST_REFERENCE} à ${LAST_REFERENCE})`,
    en: `Reference year (${FIRST_REFERENCE} to ${LAST_REFERENCE})`,
  },
  'reference-kwh': { fr: 'Consommation de référence, kWh', en: 'Reference use, kWh' },
  'other-kwh': {
    fr: 'Autres usages du site, kWh par an (facultatif)',
    en: 'Other uses of the site, kWh a year (optional)',
  },
} as const satisfies Readonly<Record<string, Text>>;

type Declared = keyof typeof declared;

const YEAR = { fr: 'une année, par exemple 2027', en: 'a year, for example 2027' };

const takes = (label: Text, what: Text): Text => ({
  fr: `« ${label.fr} » attend ${what.fr}.`,
  en: `“${label.en}” takes ${what.en}.`,
});

type Tertiary = Outcome<Pick<Conditions, 'tertiary'>>;

const refused = (message: Text): Outcome<never> => ({ ok: false, message, code: 'draft' });

const tertiaryIn = (data: FormData, language: Language): Tertiary => {
  const said = (Object.keys(declared) as Declared[]).map(
    (name) => [name, numberIn(data, name, language)] as const,
  );
  if (said.every(([, value]) => value === undefined)) return { ok: true, value: {} };
  for (const [name, value] of said) {
    const year = name === 'reference-year';
    if (value === undefined && name !== 'other-kwh')
      return refused({
        fr: `Le décret se juge avec la surface, l’année et la consommation de référence : il manque « ${declared[name].fr} ».`,
        en: `The decree is judged with the area, the reference year and its use: “${declared[name].en}” is missing.`,
      });
    const holds =
      value === undefined ||
      (year
        ? Number.isInteger(value) && value >= FIRST_REFERENCE && value <= LAST_REFERENCE
        : value > 0 || (name === 'other-kwh' && value === 0));
    if (!holds)
      return refused(
        takes(
          declared[name],
          year ? { fr: 'une de ces années', en: 'one of these years' } : { fr: 'un nombre', en: 'a number' },
        ),
      );
  }
  const numbers = Object.fromEntries(said) as Readonly<Record<Declared, number | undefined>>;
  return {
    ok: true,
    value: {
      tertiary: {
        areaM2: numbers.area ?? 0,
        reference: { year: numbers['reference-year'] ?? 0, finalKwh: numbers['reference-kwh'] ?? 0 },
        otherUsesKwhYear: numbers['other-kwh'] ?? 0,
      },
    },
  };
};

/** What the form says, or the sentence about the field to look at. */
const conditionsIn = (form: HTMLFormElement, options: number, language: Language): Outcome<Conditions> => {
  const data = new FormData(form);
  const department = data.get('department');
  const years = Array.from({ length: options }, (_, index) => numberIn(data, `year-${index}`, language));
  const wrong = years.findIndex((year) => year !== undefined && !Number.isInteger(year));
  if (wrong !== -1) return refused(takes(yearLabel(wrong), YEAR));
  const tertiary = tertiaryIn(data, language);
  if (!tertiary.ok) return tertiary;
  return {
    ok: true,
    value: {
      ...(typeof department === 'string' && department.trim() !== ''
        ? { department: department.trim() }
        : {}),
      ...weatherIn(data),
      ...tertiary.value,
      years,
    },
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
  const language = useLanguage();
  const [open, setOpen] = useState(place.department === null);
  const [problem, setProblem] = useState<Text | null>(null);
  return (
    <details class="print-hidden" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t({ fr: 'Lieu, météo, années, décret', en: 'Place, weather, years, decree' })}</summary>
      {open && (
        <form
          class="grid-form"
          onSubmit={(event) => {
            event.preventDefault();
            const said = conditionsIn(event.currentTarget, options, language);
            setProblem(said.ok ? null : said.message);
            if (said.ok) onChange(said.value);
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
            <select class="field" name="weather">
              {weathers.map(([kind, name]) => (
                // A select takes no default value: without this the kept choice would be shown, and sent, as the first.
                <option key={kind} value={kind} selected={kind === (current.weather?.kind ?? 'typical')}>
                  {t(name)}
                </option>
              ))}
            </select>
          </label>
          {Array.from({ length: options }, (_, index) => (
            <label key={optionLetter(index)} class="labelled">
              {t(yearLabel(index))}
              <input
                class="field"
                type="text"
                inputMode="numeric"
                name={`year-${index}`}
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
      {open && problem !== null && (
        <p role="alert" class="alert">
          {t(problem)}
        </p>
      )}
    </details>
  );
};

const Declaration = ({ said }: { readonly said: Conditions['tertiary'] }) => {
  const t = useText();
  const language = useLanguage();
  const held: Readonly<Record<Declared, number | undefined>> = {
    area: said?.areaM2,
    'reference-year': said?.reference.year,
    'reference-kwh': said?.reference.finalKwh,
    'other-kwh': said?.otherUsesKwhYear,
  };
  return (
    <>
      {(Object.keys(declared) as Declared[]).map((name) => (
        <label key={name} class="labelled">
          {t(declared[name])}
          <input
            class="field"
            type="text"
            inputMode="decimal"
            name={name}
            defaultValue={String(held[name] ?? '').replace('.', language === 'fr' ? ',' : '.')}
          />
        </label>
      ))}
    </>
  );
};
