import type { PdfBlock, PdfTable } from '#formats/pdf/index.ts';
import type { Language } from '../core/message.ts';
import { countEn, countFr } from '../core/wording.ts';
import { heading, listOr, type Words, wordsOf } from './audit-words.ts';
import { carrierName } from './carrier-names.ts';
import { dayShort } from './day-told.ts';
import { plain } from './report.ts';
import { adjustmentBlocks } from './savings-report-events.ts';
import { MOST_WORKS, resultBlocks, wholeKwh } from './savings-report-results.ts';
import type { SavingsReport, SavingsTotal } from './stock-savings-views.ts';
import { useName } from './use-names.ts';

/** Hex digits of a hash that a person compares by eye. */
const HASH_SHOWN = 16;

const titleOf = ({ year, savings }: SavingsReport, { t, say }: Words): string => {
  const name = say(savings.scope.name);
  return year === null
    ? t(`Rapport d’économies d’énergie : ${name}`, `Report of energy savings: ${name}`)
    : t(`Rapport d’économies d’énergie ${year} : ${name}`, `Report of energy savings ${year}: ${name}`);
};

const counted = ({ works, meters }: SavingsTotal, { t }: Words): string =>
  t(
    `${countFr(works, 'opération', 'opérations')}, ${countFr(meters, 'compteur', 'compteurs')}`,
    `${works} works, ${meters} meter${meters === 1 ? '' : 's'}`,
  );

/** An interval that holds zero proves no saving, and the report says so where its figure is quoted. */
const proven = ({ savings }: SavingsTotal, { t }: Words): string =>
  savings.low > 0 || savings.high < 0
    ? ''
    : t(
        ' L’intervalle contient zéro : l’économie n’est pas établie à 90 %.',
        ' The interval holds zero: the savings are not established at 90 %.',
      );

/** What the report comes to, in the sentence a person would quote. */
const headline = ({ year, total, savings }: SavingsReport, words: Words): PdfBlock => {
  const { t, show, language } = words;
  const shown = total ?? savings.firstYear;
  const text =
    shown === null
      ? t(
          'Aucune économie n’est évaluée à ce jour ; les raisons sont données plus bas.',
          'No savings are evaluated to this day; the reasons are given below.',
        )
      : total === null
        ? t(
            `Première année après travaux : ${wholeKwh(shown.savings, language)} évités, soit ${show(shown.savingsPercent)} (${counted(shown, words)}).${proven(shown, words)}`,
            `First year after the works: ${wholeKwh(shown.savings, language)} avoided, ${show(shown.savingsPercent)} (${counted(shown, words)}).${proven(shown, words)}`,
          )
        : t(
            `En ${year}, par simple différence : ${wholeKwh(shown.savings, language)} évités, soit ${show(shown.savingsPercent)} de ce qui aurait été consommé sans travaux (${counted(shown, words)}).${proven(shown, words)}`,
            `In ${year}, by plain difference: ${wholeKwh(shown.savings, language)} avoided, ${show(shown.savingsPercent)} of what would have been used without works (${counted(shown, words)}).${proven(shown, words)}`,
          );
  return { kind: 'paragraph', tone: 'strong', text };
};

/** Said where the report begins and again where it would be signed. */
const notToSign = ({ savings }: SavingsReport, { t }: Words): PdfBlock[] =>
  savings.data === 'simulated'
    ? [
        {
          kind: 'paragraph',
          tone: 'strong',
          text: t(
            'Bâtiments d’exemple ou relevés simulés : rien ici n’a été mesuré, ce document ne se signe pas.',
            'Sample buildings or simulated readings: nothing here was measured, this document is not to be signed.',
          ),
        },
      ]
    : [];

const identity = (report: SavingsReport, words: Words): PdfBlock[] => {
  const { t, say, language } = words;
  const { savings, day, version, digest, year } = report;
  const kinds = {
    building: t('bâtiment', 'building'),
    programme: t('programme de travaux', 'programme of works'),
    stock: t('parc', 'stock'),
  };
  const meters = new Set(savings.works.map((one) => one.savings.meterId ?? one.savings.worksId));
  return [
    { kind: 'heading', level: 1, text: titleOf(report, words) },
    headline(report, words),
    ...notToSign(report, words),
    heading(t('1. Objet', '1. Subject')),
    {
      kind: 'table',
      caption: t('Ce dont ce rapport rend compte', 'What this report is about'),
      columns: [
        { title: t('Donnée', 'Item'), width: 2 },
        { title: t('Valeur', 'Value'), width: 4 },
      ],
      rows: [
        [
          t('Périmètre', 'Scope'),
          `${kinds[savings.scope.kind]} : ${say(savings.scope.name)}${savings.scope.id === null ? '' : ` (${savings.scope.id})`}`,
        ],
        [
          t('Année civile', 'Calendar year'),
          year === null ? t('non évaluée', 'not evaluated') : String(year),
        ],
        ...(savings.scope.use === null
          ? []
          : [
              [t('Usage', 'Use'), say(useName(savings.scope.use))],
              [t('Commune', 'Town'), savings.scope.commune ?? t('non renseignée', 'not given')],
              [
                t('Année de construction', 'Year of construction'),
                String(savings.scope.constructionYear ?? t('non renseignée', 'not given')),
              ],
            ]),
        [
          t('Bâtiments avec travaux mesurés', 'Buildings with works measured'),
          String(new Set(savings.works.map(({ buildingId }) => buildingId)).size),
        ],
        [t('Opérations mesurées', 'Works measured'), String(savings.works.length)],
        [t('Compteurs qui les jugent', 'Meters that judge them'), String(meters.size)],
        [t('Établi le', 'Written on'), `${dayShort(day, language)} (Stacoptim ${version})`],
        [t('Empreinte des chiffres (SHA-256)', 'Hash of the figures (SHA-256)'), digest],
      ],
    },
  ];
};

const worksTable = ({ savings }: SavingsReport, { t, say, language }: Words): PdfTable => {
  const shown = savings.works.slice(0, MOST_WORKS);
  return {
    kind: 'table',
    caption: t(
      `Travaux réalisés (${shown.length} sur ${savings.works.length})`,
      `Works done (${shown.length} of ${savings.works.length})`,
    ),
    columns: [
      { title: t('Opération', 'Works'), width: 2 },
      { title: t('Bâtiment', 'Building'), width: 1.8 },
      { title: t('Gestes', 'Measures'), width: 2.4 },
      { title: t('Du / au', 'From / to'), width: 1.2 },
      { title: t('Coût (€)', 'Cost (€)'), width: 1, align: 'right' },
      { title: t('Entreprise ; réception', 'Contractor; acceptance'), width: 1.8 },
    ],
    rows: shown.map((one) => [
      one.savings.worksId,
      say(one.building),
      one.measures.map(({ name }) => say(name)).join(' + '),
      `${dayShort(one.start, language)} ${dayShort(one.end, language)}`,
      one.costEur === null ? '—' : plain(one.costEur, language, 6),
      `${one.contractor ?? t('non renseignée', 'not given')} ; ${one.accepted === null ? t('réception non déclarée', 'acceptance not declared') : `${dayShort(one.accepted.day, language)}, ${one.accepted.by}`}`,
    ]),
  };
};

const methodBlocks = ({ savings, method }: SavingsReport, { t, say, language }: Words): PdfBlock[] => [
  heading(t('3. Référence gelée et méthode', '3. Frozen baseline and method')),
  { kind: 'list', items: method.map(say) },
  {
    kind: 'table',
    caption: t('Références et périodes suivies', 'Baselines and periods followed'),
    columns: [
      { title: t('Opération', 'Works'), width: 2 },
      { title: t('Compteur (énergie)', 'Meter (energy)'), width: 1.8 },
      { title: t('Référence', 'Baseline'), width: 1.2 },
      { title: t('Suivi', 'Followed'), width: 1.2 },
      { title: t('Modèle gelé', 'Frozen model'), width: 0.9, align: 'right' },
      { title: 'CV(RMSE)', width: 1.1, align: 'right' },
      { title: t('Empreinte des données', 'Hash of the data'), width: 1.7 },
    ],
    rows: savings.works
      .slice(0, MOST_WORKS)
      .map(({ savings: one, baselineHash, baselineFit }) => [
        one.worksId,
        `${one.meterId ?? '—'} (${say(carrierName(one.carrier ?? 'unknown'))})`,
        `${dayShort(one.baseline.from, language)} ${dayShort(one.baseline.to, language)}`,
        `${dayShort(one.reporting.from, language)} ${dayShort(one.reporting.to, language)}`,
        one.frozenModel === null
          ? t('aucun', 'none')
          : `n° ${one.frozenModel}${baselineFit === null ? '' : `\n${t(countFr(baselineFit.days, 'jour', 'jours'), countEn(baselineFit.days, 'day', 'days'))}`}`,
        baselineFit?.cvRmsePercent == null ? '—' : `${plain(baselineFit.cvRmsePercent, language)} %`,
        baselineHash === null ? t('non gardée', 'not kept') : `${baselineHash.slice(0, HASH_SHOWN)}…`,
      ]),
  },
];

/** Each reserve once, with the works it is about. */
const reserves = ({ savings }: SavingsReport, { t, say }: Words): string[] => {
  const about = new Map<string, string[]>();
  const unfrozen = savings.works.filter((one) => one.savings.frozenModel === null);
  if (unfrozen.length > 0)
    about.set(
      t(
        'la référence n’est pas gelée : elle se recalcule sur les relevés tels qu’ils sont aujourd’hui, et le chiffre peut bouger si l’un d’eux est corrigé.',
        'the baseline is not frozen: it is computed from the readings as they stand today, and the figure may move when one of them is corrected.',
      ),
      unfrozen.map((one) => one.savings.worksId),
    );
  for (const { savings: one } of savings.works)
    for (const told of one.warnings) {
      const sentence = say(told.message);
      about.set(sentence, [...(about.get(sentence) ?? []), one.worksId]);
    }
  return [
    ...savings.warnings.map((one) => say(one.message)),
    ...[...about].map(([sentence, ids]) => `${ids.join(', ')} : ${sentence}`),
  ];
};

const missing = ({ savings, outside }: SavingsReport, { say }: Words): string[] => [
  ...savings.notEvaluated.map(
    ({ building, worksId, reason }) =>
      `${say(building)}${worksId === null ? '' : `, ${worksId}`} : ${say(reason)}`,
  ),
  ...savings.works.flatMap((one) =>
    one.leftOut === null ? [] : [`${say(one.building)}, ${one.savings.worksId} : ${say(one.leftOut)}`],
  ),
  ...savings.works.flatMap((one) =>
    one.savings.otherMeters.flatMap(({ meterId, reason }) =>
      reason === null ? [] : [`${meterId} (${one.savings.worksId}) : ${say(reason)}`],
    ),
  ),
  ...outside.map(say),
];

/** The yearly report as the blocks of its written form, and its title. */
export const savingsReportBlocks = (
  report: SavingsReport,
  language: Language,
): { readonly title: string; readonly blocks: PdfBlock[] } => {
  const words = wordsOf(language);
  const { t } = words;
  const none = t('Rien à signaler.', 'Nothing to tell.');
  return {
    title: titleOf(report, words),
    blocks: [
      ...identity(report, words),
      heading(t('2. Travaux', '2. Works')),
      worksTable(report, words),
      ...methodBlocks(report, words),
      ...resultBlocks(report, words),
      ...adjustmentBlocks(report, words),
      heading(t('6. Réserves', '6. Reserves')),
      listOr(reserves(report, words), none),
      heading(t('7. Ce qui n’est pas évalué', '7. What is not evaluated')),
      listOr(missing(report, words), none),
      { kind: 'page-break' },
      heading(t('8. Signatures', '8. Signatures')),
      { kind: 'paragraph', text: titleOf(report, words) },
      headline(report, words),
      ...notToSign(report, words),
      {
        kind: 'paragraph',
        text: t(
          `Les soussignés ont lu ce rapport, ses réserves et ce qu’il n’évalue pas. Il porte sur les chiffres d’empreinte ${report.digest}.`,
          `The undersigned have read this report, its reserves and what it does not evaluate. It is about the figures of hash ${report.digest}.`,
        ),
      },
      {
        kind: 'signatures',
        parties: [
          t('Établi par', 'Prepared by'),
          t('Vérifié par', 'Checked by'),
          t('Pour le maître d’ouvrage', 'For the owner'),
          t('Pour l’entreprise ou l’exploitant', 'For the contractor or operator'),
        ],
        fields: [t('Nom', 'Name'), t('Qualité', 'Capacity'), t('Lieu et date', 'Place and date')],
        hand: t('Signature', 'Signature'),
      },
    ],
  };
};
