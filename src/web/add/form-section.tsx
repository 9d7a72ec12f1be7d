import { useState } from 'preact/hooks';
import { type Text, useText, useTextOf } from '../i18n.ts';
import { heatingText } from './labels.ts';

const typologyText: Readonly<Record<string, Text>> = {
  'single-family': { fr: 'maison', en: 'house' },
  'multi-family': { fr: 'petit collectif', en: 'small block of flats' },
  'apartment-block': { fr: 'grand collectif', en: 'large block of flats' },
};

type FieldProps = {
  readonly name: string;
  readonly label: Text;
  readonly required?: boolean;
  readonly number?: boolean;
  readonly choices?: Readonly<Record<string, Text>>;
};

const Field = ({ name, label, required = false, number = false, choices }: FieldProps) => {
  const t = useText();
  return (
    <label class="labelled">
      <span>
        {t(label)}
        {required && <span class="quiet"> ({t({ fr: 'obligatoire', en: 'required' })})</span>}
      </span>
      {choices === undefined ? (
        <input
          class="field"
          name={name}
          type="text"
          inputMode={number ? 'decimal' : 'text'}
          required={required}
          autocomplete="off"
        />
      ) : (
        <select class="field" name={name} required={required}>
          <option value="">{t({ fr: 'je ne sais pas', en: 'I do not know' })}</option>
          {Object.entries(choices).map(([value, text]) => (
            <option key={value} value={value}>
              {t(text)}
            </option>
          ))}
        </select>
      )}
    </label>
  );
};

const numbers = new Set(['floorAreaM2', 'storeys', 'footprintM2', 'dwellings', 'walls', 'roof', 'windows']);
const works = ['walls', 'roof', 'windows'];

/** The short form of the API from the fields that were filled in. */
const formOf = (data: FormData): Record<string, unknown> => {
  const form: Record<string, unknown> = {};
  const done: object[] = [];
  for (const [key, raw] of data) {
    const text = typeof raw === 'string' ? raw.trim() : '';
    if (text === '') continue;
    const value = numbers.has(key) ? Number(text.replaceAll(/\s/g, '').replace(',', '.')) : text;
    if (works.includes(key)) done.push({ element: key, year: value });
    else form[key] = value;
  }
  const name = typeof form['name'] === 'string' ? form['name'] : '';
  const id = name
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return { ...form, id: id === '' ? 'batiment' : id, ...(done.length === 0 ? {} : { works: done }) };
};

/** A building without a file: a few fields give a twin with wide intervals. */
export const FormSection = ({ onForm }: { readonly onForm: (form: Record<string, unknown>) => void }) => {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <details class="form" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t({ fr: 'Pas de fichier ? Décrire le bâtiment', en: 'No file? Describe the building' })}
      </summary>
      {open && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onForm(formOf(new FormData(event.currentTarget)));
          }}
        >
          <div class="grid-form">
            <Field name="name" label={{ fr: 'Nom', en: 'Name' }} required />
            <Field name="use" label={{ fr: 'Usage', en: 'Use' }} choices={useTextOf} required />
            <Field name="floorAreaM2" label={{ fr: 'Surface, m²', en: 'Floor area, m²' }} number required />
            <Field name="storeys" label={{ fr: 'Niveaux', en: 'Storeys' }} number required />
            <Field
              name="period"
              label={{ fr: 'Année ou période (1968, avant 1948)', en: 'Year or period (1968, before 1948)' }}
            />
            <Field name="typology" label={{ fr: 'Typologie', en: 'Typology' }} choices={typologyText} />
            <Field name="footprintM2" label={{ fr: 'Emprise au sol, m²', en: 'Footprint, m²' }} number />
            <Field name="dwellings" label={{ fr: 'Logements', en: 'Dwellings' }} number />
            <Field name="heating" label={{ fr: 'Chauffage', en: 'Heating' }} choices={heatingText} />
            <Field
              name="walls"
              label={{ fr: 'Année d’isolation des murs', en: 'Year walls were insulated' }}
              number
            />
            <Field
              name="roof"
              label={{ fr: 'Année d’isolation du toit', en: 'Year roof was insulated' }}
              number
            />
            <Field
              name="windows"
              label={{ fr: 'Année de remplacement des fenêtres', en: 'Year windows were replaced' }}
              number
            />
          </div>
          <button type="submit" class="primary">
            {t({ fr: 'Voir le jumeau', en: 'See the twin' })}
          </button>
        </form>
      )}
    </details>
  );
};
