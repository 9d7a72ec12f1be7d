import type { ComponentChildren } from 'preact';
import type { StockLine } from '../../client/names.ts';
import { Figure } from '../figure.tsx';
import { formatDay, formatMonth, formatPercent } from '../format.ts';
import { type Text, useLanguage, useText, useTextOf, words } from '../i18n.ts';
import { buildingHref } from '../router.ts';
import { urgencyText } from './words.ts';

export type StockColumn = {
  /** The order of the API that the column goes by. */
  readonly sort: string;
  readonly label: Text;
  readonly number?: true;
  readonly cell: (line: StockLine) => ComponentChildren;
};

const Name = ({ line }: { readonly line: StockLine }) => {
  const t = useText();
  const use = t(useTextOf[line.use] ?? { fr: line.use, en: line.use });
  return (
    <>
      <a href={buildingHref(line.id)} title={t(line.name)}>
        {t(line.name)}
      </a>
      <small class="doubt">
        {use}
        {line.commune === null ? '' : ` · ${line.commune}`}
      </small>
    </>
  );
};

const Label = ({ line: { label } }: { readonly line: StockLine }) => {
  const t = useText();
  const language = useLanguage();
  if (label === null) return <span class="not-evaluated">{t(words.notEvaluated)}</span>;
  const chance = formatPercent(label.chances[label.likeliest] ?? 0, language);
  return (
    <>
      <span class={`dpe dpe-${label.likeliest}`}>{label.likeliest}</span> {chance}
    </>
  );
};

const Law = ({ line: { legalUntil, legal, urgency } }: { readonly line: StockLine }) => {
  const t = useText();
  const language = useLanguage();
  if (urgency === 'unknown') return <span class="not-evaluated">{t(words.notEvaluated)}</span>;
  const until =
    legalUntil === null
      ? t({ fr: 'aucune date', en: 'no date' })
      : t({
          fr: `jusqu’au ${formatDay(legalUntil, language)}`,
          en: `until ${formatDay(legalUntil, language)}`,
        });
  return <span title={legal === null ? undefined : t(legal)}>{until}</span>;
};

const Coverage = ({ line: { dataCoverage } }: { readonly line: StockLine }) => {
  const t = useText();
  const language = useLanguage();
  if (dataCoverage === null) return <span class="not-evaluated">{t(words.notEvaluated)}</span>;
  const month = dataCoverage.lastDay.slice(0, 7);
  return (
    <span
      title={t({
        fr: `des jours de l’année finie le ${formatDay(dataCoverage.lastDay, language)}`,
        en: `of the days of the year to ${formatDay(dataCoverage.lastDay, language)}`,
      })}
    >
      {formatPercent(dataCoverage.share, language)}
      <small class="doubt">{formatMonth(month, language, 'short')}</small>
    </span>
  );
};

const Urgency = ({ urgency }: { readonly urgency: StockLine['urgency'] }) => {
  const t = useText();
  if (urgency === 'unknown') return <span class="not-evaluated">{t(words.notEvaluated)}</span>;
  return <span class={`urgency ${urgency}`}>{t(urgencyText[urgency])}</span>;
};

/** Figures of a column are read against each other: MWh, k€ and tonnes for all of them. */
const COLUMN_LIKE = 100_000;

const euros = { fr: 'Coût', en: 'Cost' };
const carbon = { fr: 'CO₂e', en: 'CO₂e' };

export const stockColumns: readonly StockColumn[] = [
  { sort: 'name', label: words.building, cell: (line) => <Name line={line} /> },
  {
    sort: 'annualKwh',
    label: { fr: 'Énergie par an', en: 'Energy a year' },
    number: true,
    cell: (line) => <Figure label={words.consumption} quantity={line.annualKwh} like={COLUMN_LIKE} />,
  },
  {
    sort: 'annualEur',
    label: euros,
    number: true,
    cell: (line) => <Figure label={euros} quantity={line.annualEur} interval={false} like={COLUMN_LIKE} />,
  },
  {
    sort: 'annualKgCo2e',
    label: carbon,
    number: true,
    cell: (line) => (
      <Figure label={carbon} quantity={line.annualKgCo2e} interval={false} like={COLUMN_LIKE} />
    ),
  },
  {
    sort: 'label',
    label: { fr: 'Étiquette (est.)', en: 'Label (est.)' },
    cell: (line) => <Label line={line} />,
  },
  { sort: 'legalUntil', label: { fr: 'En règle', en: 'Lawful' }, cell: (line) => <Law line={line} /> },
  {
    sort: 'dataCoverage',
    label: { fr: 'Jours relevés', en: 'Days read' },
    number: true,
    cell: (line) => <Coverage line={line} />,
  },
  {
    sort: 'urgency',
    label: { fr: 'Urgence', en: 'Urgency' },
    cell: (line) => <Urgency urgency={line.urgency} />,
  },
];
