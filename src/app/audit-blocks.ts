import type { PdfBlock, PdfTable } from '#formats/pdf/index.ts';
import type { Language } from '../core/message.ts';
import { optionBlocks } from './audit-options.ts';
import type { Audit } from './audit-views.ts';
import { chancesTold, heading, listOr, percent, type Words, wordsOf } from './audit-words.ts';
import { carrierName } from './carrier-names.ts';
import { modelName } from './model-names.ts';
import { envelopeDrawing } from './audit-drawing.ts';
import { dayTold } from './day-told.ts';
import { figure, groupNames, plain } from './report.ts';
import { useName } from './use-names.ts';

/** Elements listed one by one; the rest stands in the JSON and in the totals. */
const MOST_ELEMENTS = 25;
const RIGHT_ANGLE_DEG = 90;

const pairs = (caption: string, titles: readonly [string, string], rows: PdfTable['rows']): PdfTable => ({
  kind: 'table',
  caption,
  columns: [
    { title: titles[0], width: 2 },
    { title: titles[1], width: 3 },
  ],
  rows,
});

const identity = ({ building, day }: Audit, { t, say, show, language }: Words): PdfBlock[] => [
  { kind: 'heading', level: 1, text: t(`Audit : ${building.name.fr}`, `Audit: ${building.name.en}`) },
  ...(building.data === 'simulated'
    ? [
        {
          kind: 'paragraph',
          tone: 'strong',
          text: t(
            'Bâtiment d’exemple : fictif, relevés simulés.',
            'Sample building: fictional, simulated readings.',
          ),
        } as const,
      ]
    : []),
  heading(t('1. Identité', '1. Identity')),
  pairs(
    t('Ce que l’on sait du bâtiment', 'What is known of the building'),
    [t('Donnée', 'Item'), t('Valeur (intervalle à 90 %)', 'Value (90 % interval)')],
    [
      [t('Identifiant', 'Identifier'), building.id],
      [t('Usage', 'Use'), say(useName(building.use))],
      [t('Commune', 'Town'), building.commune || t('non renseignée', 'not given')],
      [
        t('Année de construction', 'Year of construction'),
        String(building.constructionYear ?? t('non renseignée', 'not given')),
      ],
      [t('Surface', 'Floor area'), show(building.floorAreaM2)],
      [t('Consommation de la dernière année', 'Use of the last year'), show(building.annualKwh)],
      [t('En météo moyenne', 'In mean weather'), show(building.normalisedKwh)],
      [t('Par m²', 'Per m²'), show(building.intensityKwhM2)],
      [t('Déperditions', 'Heat loss'), show(building.heatLossWK)],
      [t('Source de l’enveloppe', 'Source of the envelope'), building.envelopeSource],
      [
        t('Travaux faits, compris ici', 'Works done, held here'),
        building.worksHeld.map(({ name }) => say(name)).join(', ') || t('aucun', 'none'),
      ],
      [t('Date de l’audit', 'Date of the audit'), dayTold(day, language)],
    ],
  ),
];

const facings = [
  ['nord', 'north'],
  ['est', 'east'],
  ['sud', 'south'],
  ['ouest', 'west'],
] as const;

const exposureNames: Readonly<Record<string, readonly [string, string]>> = {
  exterior: ['extérieur', 'exterior'],
  ground: ['sol', 'ground'],
  unheated: ['local non chauffé', 'unheated space'],
  adiabatic: ['mitoyen', 'adiabatic'],
};

/** Area of the outer faces by the quarter they look at: the building in four façades, its roof and its floor. */
const faces = ({ building }: Audit, { t, language }: Words): PdfBlock => {
  const area = (test: (one: Audit['building']['elements'][number]) => boolean): number =>
    building.elements.filter(test).reduce((sum, { areaNetM2 }) => sum + areaNetM2, 0);
  const quarter = (azimuthDeg: number): number =>
    Math.round((((azimuthDeg % 360) + 360) % 360) / RIGHT_ANGLE_DEG) % facings.length;
  const sides = facings.map((name, index) => {
    const wall = area((one) => one.group === 'walls' && quarter(one.azimuthDeg) === index);
    const glass = area(
      (one) => one.group === 'windows' && one.tiltDeg > 45 && quarter(one.azimuthDeg) === index,
    );
    return {
      label: t(`façade ${name[0]}`, `${name[1]} façade`),
      value: wall + glass,
      text: `${plain(wall + glass, language)} m², ${t(`${percent(wall + glass > 0 ? glass / (wall + glass) : 0)} vitrés`, `${percent(wall + glass > 0 ? glass / (wall + glass) : 0)} glazed`)}`,
    };
  });
  const flat = (['roof', 'floor'] as const).map((group) => {
    const value = area((one) => one.group === group);
    return { label: groupNames[group][language], value, text: `${plain(value, language)} m²` };
  });
  const bars = [...sides, ...flat];
  return {
    kind: 'bars',
    caption: t('Le bâtiment, face par face', 'The building, face by face'),
    alt: bars.map(({ label, text }) => `${label} : ${text}`).join(' ; '),
    bars,
  };
};

const envelope = (audit: Audit, words: Words): PdfBlock[] => {
  const { t, language, show } = words;
  const losses = audit.building.losses
    .map(({ group, prior, posterior }) => ({ group, h: posterior ?? prior }))
    .toSorted((left, right) => right.h.value - left.h.value);
  const bars = losses.map(({ group, h }) => ({
    label: groupNames[group][language],
    value: h.value,
    low: h.low,
    high: h.high,
    text: show(h),
  }));
  const elements = audit.building.elements.toSorted((left, right) => right.lossWK - left.lossWK);
  const listed = elements.slice(0, MOST_ELEMENTS);
  return [
    heading(t('2. Enveloppe', '2. Envelope')),
    envelopeDrawing(audit.building.elements, words) ?? faces(audit, words),
    {
      kind: 'bars',
      caption:
        audit.building.calibration?.usesMeter === true
          ? t(
              'Déperditions par poste, compteur lu ; trait : intervalle à 90 %',
              'Losses by part, meter read; line: 90 % interval',
            )
          : t(
              'Déperditions par poste, sans compteur utilisable ; trait : intervalle à 90 %',
              'Losses by part, without a usable meter; line: 90 % interval',
            ),
      alt: bars.map(({ label, text }) => `${label} : ${text}`).join(' ; '),
      bars,
    },
    {
      kind: 'table',
      caption: t(
        `Éléments, du plus déperditif au moins déperditif (${listed.length} sur ${elements.length})`,
        `Elements, from the largest loss down (${listed.length} of ${elements.length})`,
      ),
      columns: [
        { title: t('Élément', 'Element'), width: 3 },
        { title: t('Donne sur', 'Faces'), width: 1.6 },
        { title: 'm²', width: 0.9, align: 'right' },
        { title: 'U, W/(m²·K)', width: 2, align: 'right' },
        { title: 'b', width: 0.6, align: 'right' },
        { title: 'W/K', width: 0.9, align: 'right' },
      ],
      rows: listed.map((one) => [
        one.name === '' ? groupNames[one.group][language] : one.name,
        t(...(exposureNames[one.exposure] ?? [one.exposure, one.exposure])),
        plain(one.areaNetM2, language),
        figure(one.u, language).replace(' W/(m²·K)', ''),
        plain(one.b, language, 2),
        plain(one.lossWK, language),
      ]),
    },
  ];
};

type Signature = NonNullable<Audit['signature']>;

/** Days, bills and heating lines before and after works, as a chart draws them. */
const seriesOf = ({ points, bills, curves }: Signature, { t }: Words) => {
  const daysOf = (period: 'before' | 'after', name: string) => ({
    name,
    mark: 'dots' as const,
    points: points
      .filter((one) => one.period === period)
      .map(({ outdoorC, energyKwh }) => ({ x: outdoorC, y: energyKwh })),
  });
  const billsOf = (period: 'before' | 'after', name: string) => ({
    name,
    mark: 'dots' as const,
    points: bills
      .filter((one) => one.period === period)
      .map(({ outdoorC, kwhPerDay }) => ({ x: outdoorC, y: kwhPerDay })),
  });
  const curveOf = (period: 'before' | 'after', name: string) => ({
    name,
    mark: 'line' as const,
    points: curves
      .filter((one) => one.period === period)
      .flatMap((one) => one.points.map(({ outdoorC, energyKwh }) => ({ x: outdoorC, y: energyKwh }))),
  });
  return [
    daysOf('before', t('jours avant travaux', 'days before works')),
    daysOf('after', t('jours après', 'days after')),
    billsOf('before', t('factures avant travaux', 'bills before works')),
    billsOf('after', t('factures après', 'bills after')),
    curveOf('before', t('droite avant', 'line before')),
    curveOf('after', t('droite après', 'line after')),
  ].filter(({ points: drawn }) => drawn.length > 0);
};

/** The chart of the signature, with its lines and its model in words. */
const signatureBlocks = (signature: Signature, words: Words): PdfBlock[] => {
  const { t } = words;
  const billed = signature.bills;
  const joined = billed.filter(({ estimated }) => estimated).length;
  const lines = signature.curves.map((one) =>
    t(
      `${one.period === 'before' ? 'Avant' : 'Après'} travaux : chauffage sous ${plain(one.balancePointC, 'fr')} °C, ${plain(one.slopeKwhKDay, 'fr')} kWh par degré et par jour, talon ${plain(one.baseLoadKwhDay, 'fr')} kWh par jour.`,
      `${one.period === 'before' ? 'Before' : 'After'} works: heating below ${plain(one.balancePointC, 'en')} °C, ${plain(one.slopeKwhKDay, 'en')} kWh a degree and day, base load ${plain(one.baseLoadKwhDay, 'en')} kWh a day.`,
    ),
  );
  return [
    {
      kind: 'curves',
      caption:
        billed.length === 0
          ? t(
              'Consommation de chaque jour selon la température extérieure',
              'Consumption of each day against outdoor temperature',
            )
          : t(
              'Consommation du jour moyen de chaque facture selon la température moyenne de ses jours',
              'Consumption of the mean day of each bill against the mean temperature of its days',
            ),
      alt: lines.join(' '),
      xTitle: t('température extérieure, °C', 'outdoor temperature, °C'),
      yTitle: t('kWh par jour', 'kWh a day'),
      series: seriesOf(signature, words),
    },
    {
      kind: 'list',
      items: [
        ...lines,
        t(
          `Modèle : ${modelName(signature.model.kind).fr} ; écart type ${plain(signature.model.cvRmse, 'fr')} % de la moyenne (CV(RMSE)), R² ${plain(signature.model.r2, 'fr')}, ${signature.model.n} ${signature.model.points === 'bills' ? 'factures' : 'jours'}.`,
          `Model: ${modelName(signature.model.kind).en}; spread ${plain(signature.model.cvRmse, 'en')} % of the mean (CV(RMSE)), R² ${plain(signature.model.r2, 'en')}, ${signature.model.n} ${signature.model.points}.`,
        ),
        ...(billed.length === 0
          ? []
          : [
              t(
                `Appris de factures : chacune compte pour les jours qu’elle couvre, et l’intervalle est plus large qu’avec des relevés journaliers.${joined === 0 ? '' : ` ${joined} ${joined > 1 ? 'réunissent' : 'réunit'} des factures estimées au relevé qui les régularise.`}`,
                `Learnt from bills: each counts for the days it covers, and the interval is wider than with daily readings.${joined === 0 ? '' : ` ${joined} ${joined > 1 ? 'join' : 'joins'} estimated bills to the read that settles them.`}`,
              ),
            ]),
      ],
    },
  ];
};

const meters = ({ building, signature, missing, savings }: Audit, words: Words): PdfBlock[] => {
  const { t, say, language } = words;
  return [
    heading(t('3. Compteurs et signature', '3. Meters and signature')),
    building.meters.length === 0
      ? { kind: 'paragraph', text: t('Aucun compteur lisible ici.', 'No meter that may be read here.') }
      : {
          kind: 'table',
          caption: t('Compteurs', 'Meters'),
          columns: [
            { title: t('Compteur', 'Meter'), width: 2.4 },
            { title: t('Énergie', 'Energy'), width: 1.4 },
            { title: t('Du', 'From'), width: 1.1 },
            { title: t('Au', 'To'), width: 1.1 },
            { title: t('Relevés', 'Readings'), width: 1, align: 'right' },
          ],
          rows: building.meters.map((one) => [
            one.id,
            say(carrierName(one.carrier)),
            one.firstDay === null ? '—' : dayTold(one.firstDay, language),
            one.lastDay === null ? '—' : dayTold(one.lastDay, language),
            plain(one.readings, language, 6),
          ]),
        },
    ...(signature === null
      ? [
          {
            kind: 'paragraph',
            text: t(
              `Signature non évaluée. ${missing?.fr ?? ''}`.trim(),
              `Signature not evaluated. ${missing?.en ?? ''}`.trim(),
            ),
          } as const,
        ]
      : signatureBlocks(signature, words)),
    ...savings.map(
      (one): PdfBlock => ({
        kind: 'paragraph',
        text: say(one.gap),
      }),
    ),
  ];
};

const labelAndLaw = ({ building, law }: Audit, { t, say, show }: Words): PdfBlock[] => [
  heading(t('4. Étiquette et loi', '4. Label and law')),
  building.dpeLabel === undefined
    ? {
        kind: 'paragraph',
        text: t(
          'Étiquette non évaluée : la méthode suivie est celle des logements.',
          'Label not evaluated: the method followed is that of housing.',
        ),
      }
    : {
        kind: 'paragraph',
        text: t(
          `Étiquette probable : ${chancesTold(building.dpeLabel)}. C’est une estimation, pas un DPE. Par an : énergie primaire conventionnelle ${show(building.dpeLabel.primaryKwhM2)}, gaz à effet de serre ${show(building.dpeLabel.ghgKgM2)}, au facteur du ${dayTold(building.dpeLabel.day, 'fr')}.`,
          `Likely label: ${chancesTold(building.dpeLabel)}. This is an estimate, not a DPE. A year: conventional primary energy ${show(building.dpeLabel.primaryKwhM2)}, greenhouse gas ${show(building.dpeLabel.ghgKgM2)}, with the factor of ${dayTold(building.dpeLabel.day, 'en')}.`,
        ),
      },
  { kind: 'list', items: law.map(({ sentence }) => say(sentence)) },
];

/** The standard audit as the blocks that every written form of it is made from. */
export const auditBlocks = (audit: Audit, language: Language): PdfBlock[] => {
  const words = wordsOf(language);
  const { t, say } = words;
  const none = t('Rien à signaler.', 'Nothing to tell.');
  return [
    ...identity(audit, words),
    ...envelope(audit, words),
    ...meters(audit, words),
    ...labelAndLaw(audit, words),
    ...optionBlocks(audit, words),
    heading(t('7. Hypothèses', '7. Assumptions')),
    listOr(audit.assumptions.map(say), none),
    heading(t('8. Chiffres non vérifiés et réserves', '8. Unverified figures and reserves')),
    listOr([...audit.unverified, ...audit.reserves].map(say), none),
    heading(t('9. Incertitude', '9. Uncertainty')),
    listOr(audit.uncertainty.map(say), none),
  ];
};
