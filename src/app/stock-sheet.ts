import type { XlsxCell } from '#formats/xlsx/index.ts';
import type { Language } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { carrierName } from './carrier-names.ts';
import type { AppContext } from './context.ts';
import { csvLines, csvText } from './csv-text.ts';
import { stockLine } from './list-stock.ts';
import type { StockLine } from './list-views.ts';
import { urgencyName } from './urgency-names.ts';
import { useName } from './use-names.ts';

const PAGE = 500;

const three = (quantity: Quantity | null): XlsxCell[] =>
  quantity === null ? [null, null, null] : [quantity.value, quantity.low, quantity.high];

const titles = (language: Language): XlsxCell[] => {
  const t = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  const bounded = (title: string): string[] => [
    title,
    `${title}, ${t('bas (90 %)', 'low (90 %)')}`,
    `${title}, ${t('haut (90 %)', 'high (90 %)')}`,
  ];
  return [
    t('Bâtiment', 'Building'),
    t('Nom', 'Name'),
    t('Usage', 'Use'),
    t('Commune', 'Commune'),
    t('Année', 'Year'),
    t('Surface (m²)', 'Floor area (m2)'),
    t('Énergie', 'Energy'),
    ...bounded(t('Consommation (kWh/an)', 'Consumption (kWh/yr)')),
    ...bounded(t('Coût (€/an)', 'Cost (€/yr)')),
    ...bounded(t('Émissions (kgCO2e/an)', 'Emissions (kgCO2e/yr)')),
    t('Par m² (kWh)', 'Per m2 (kWh)'),
    t('Étiquette la plus probable (estimation)', 'Likeliest label (an estimate)'),
    t('En règle jusqu’au', 'Lawful until'),
    t('Urgence', 'Urgency'),
    t('Loi, en clair', 'Law, in words'),
    t('Part des jours relevés', 'Share of days read'),
    t('Dernier jour lu', 'Last day read'),
    t('Latitude', 'Latitude'),
    t('Longitude', 'Longitude'),
    t('Calculé le', 'Computed on'),
    t('Données', 'Data'),
  ];
};

const rowOf = (line: StockLine, language: Language): XlsxCell[] => [
  line.id,
  line.name[language],
  useName(line.use)[language],
  line.commune,
  line.constructionYear,
  line.floorAreaM2?.value ?? null,
  line.carrier === null ? null : carrierName(line.carrier)[language],
  ...three(line.annualKwh),
  ...three(line.annualEur),
  ...three(line.annualKgCo2e),
  line.intensityKwhM2?.value ?? null,
  line.label?.likeliest ?? null,
  line.legalUntil,
  urgencyName(line.urgency)[language],
  line.legal?.[language] ?? null,
  line.dataCoverage?.share ?? null,
  line.dataCoverage?.lastDay ?? null,
  line.place?.latitudeDeg ?? null,
  line.place?.longitudeDeg ?? null,
  line.computedDay,
  line.data === 'simulated' ? (language === 'fr' ? 'simulées' : 'simulated') : null,
];

/** The lines of the stock that filters leave, in the order asked, as parts of one CSV: a page is read while the one before is sent. */
export const stockSheet = async function* (
  { store }: AppContext,
  filters: Readonly<Record<string, unknown>>,
  order: string,
  language: Language,
): AsyncGenerator<string> {
  yield csvText([titles(language)], language);
  const query = { limit: PAGE, sort: order.replace(/^-/, ''), descending: order.startsWith('-'), filters };
  let page = await store.buildings.page(query);
  for (;;) {
    yield csvLines(
      page.items.map((one) => rowOf(stockLine(one), language)),
      language,
    );
    if (page.next === undefined) return;
    page = await store.buildings.page({ ...query, after: page.next });
  }
};
