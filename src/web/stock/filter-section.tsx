import { useState } from 'preact/hooks';
import { type Text, useLanguage, useText, useTextOf, words } from '../i18n.ts';
import { type FilterName, filterParameters, hasFilter, type StockQuery, usualOrder } from './query.ts';
import { carrierText, labelLetters, urgencyText } from './words.ts';

type Change = (part: StockQuery, quietly?: boolean) => void;

type FieldProps = { readonly query: StockQuery; readonly onChange: Change; readonly name: FilterName };

const TextField = ({ query, onChange, name, label }: FieldProps & { readonly label: Text }) => {
  const t = useText();
  return (
    <label class="labelled">
      {t(label)}
      <input
        class="field"
        type="search"
        autocomplete="off"
        value={query[name] ?? ''}
        onInput={(event) => onChange({ [name]: event.currentTarget.value }, true)}
      />
    </label>
  );
};

type Choice = { readonly value: string; readonly text: Text };

const any: Choice = { value: '', text: { fr: 'Toutes', en: 'Any' } };

const Select = ({
  query,
  onChange,
  name,
  label,
  choices,
}: FieldProps & { readonly label: Text; readonly choices: readonly Choice[] }) => {
  const t = useText();
  const value = query[name] ?? '';
  // An address may ask for several values at once; the field then says them as they stand.
  const known = [any, ...choices].some((one) => one.value === value);
  return (
    <label class="labelled">
      {t(label)}
      <select
        class="field"
        value={value}
        onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      >
        {[any, ...choices, ...(known ? [] : [{ value, text: { fr: value, en: value } }])].map((one) => (
          <option key={one.value} value={one.value}>
            {t(one.text)}
          </option>
        ))}
      </select>
    </label>
  );
};

const choicesOf = (texts: Readonly<Record<string, Text>>): Choice[] =>
  Object.entries(texts).map(([value, text]) => ({ value, text }));

const labelChoices: readonly Choice[] = [
  { value: 'F,G', text: { fr: 'F ou G', en: 'F or G' } },
  ...labelLetters.map((letter) => ({ value: letter, text: { fr: letter, en: letter } })),
];

const coverageChoices: readonly Choice[] = [
  { value: '90', text: { fr: '90 % des jours ou plus', en: '90 % of days or more' } },
  { value: '-90', text: { fr: 'moins de 90 % des jours', en: 'less than 90 % of days' } },
];

/** What of the stock is looked at; each answer stands in the address bar, so that a link shows the same. */
export const FilterSection = ({
  query,
  onChange,
}: {
  readonly query: StockQuery;
  readonly onChange: Change;
}) => {
  const t = useText();
  const language = useLanguage();
  const filtered = hasFilter(query);
  const [open, setOpen] = useState(filtered);
  const sheet = filterParameters(query);
  sheet.set('sort', query.tri ?? usualOrder);
  sheet.set('lang', language);
  const shared = { query, onChange };
  return (
    <div class="print-hidden">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t({ fr: 'Filtrer', en: 'Filter' })}</summary>
        {open && (
          <form class="grid-form" onSubmit={(event) => event.preventDefault()}>
            <TextField {...shared} name="nom" label={{ fr: 'Nom', en: 'Name' }} />
            <TextField {...shared} name="commune" label={{ fr: 'Commune', en: 'Commune' }} />
            <Select {...shared} name="usage" label={words.use} choices={choicesOf(useTextOf)} />
            <Select
              {...shared}
              name="etiquette"
              label={{ fr: 'Étiquette estimée', en: 'Label, estimated' }}
              choices={labelChoices}
            />
            <label class="labelled">
              {t({ fr: 'Hors la loi au', en: 'Outside the law on' })}
              <input
                class="field"
                type="date"
                value={query.loi ?? ''}
                onChange={(event) => onChange({ loi: event.currentTarget.value })}
              />
            </label>
            <Select
              {...shared}
              name="energie"
              label={{ fr: 'Énergie', en: 'Energy' }}
              choices={choicesOf(carrierText)}
            />
            <Select
              {...shared}
              name="couverture"
              label={{ fr: 'Jours relevés', en: 'Days read' }}
              choices={coverageChoices}
            />
            <Select
              {...shared}
              name="urgence"
              label={{ fr: 'Urgence', en: 'Urgency' }}
              choices={choicesOf(urgencyText)}
            />
          </form>
        )}
      </details>
      <p class="actions">
        <a class="file" href={`v1/stock/sheet?${sheet.toString()}`} download="">
          {filtered
            ? t({ fr: 'Ces lignes en CSV', en: 'These lines as CSV' })
            : t({ fr: 'Toutes les lignes en CSV', en: 'All lines as CSV' })}
        </a>
        <a class="file" href={`v1/stock/report?lang=${language}`} download="">
          {t({ fr: 'Audit de tout le parc (xlsx)', en: 'Audit of the whole stock (xlsx)' })}
        </a>
        {filtered && (
          <a class="file" href="#/">
            {t({ fr: 'Retirer les filtres', en: 'Take the filters off' })}
          </a>
        )}
      </p>
    </div>
  );
};
