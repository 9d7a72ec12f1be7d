import type { ModelJson, QualityJson, SavingsJson } from '#measure/index.ts';
import type { EnvelopeJson } from '#create/index.ts';
import { figureScale } from '../core/figure-scale.ts';
import { type Language, type Message, message } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { modelName } from './model-names.ts';
import { numberEn, numberFr, precisionOf, roundedTo } from '../core/wording.ts';
import type { LossGroup } from '../core/twin.ts';

/** What a report of a stock says while there is none. */
export const emptyStock = message(
  'Aucun bâtiment dans ce parc. Chargez un dossier (stacoptim target DOSSIER --budget EUR), ou ajoutez des bâtiments par la page ou par l’API.',
  'No building in this stock. Load a folder (stacoptim target FOLDER --budget EUR), or add buildings by the page or by the API.',
);

/** A number as a person reads it, no finer than a given step. */
export const plain = (value: number, language: Language, digits = 3): string =>
  precisionOf(value, digits, language);

/** An energy without interval, kWh, in the unit that `figure` would take. */
export const amount = (kwh: number, language: Language, like = 0): string => {
  const { factor, unit } = figureScale(kwh, 'kWh', like) ?? { factor: 1, unit: 'kWh' };
  return `${plain(kwh * factor, language)} ${unit}`;
};

const units: Readonly<Record<string, string>> = {
  m2: 'm²',
  m3: 'm³',
  'W/(m2 K)': 'W/(m²·K)',
  'kWh/m2': 'kWh/m²',
  'kWh/(m2 a)': 'kWh/m²',
  'kgCO2e/(m2 a)': 'kg CO₂e/m²',
  'K h': '°C·h',
  '1': '',
};

/** `61 MWh (52 à 70)`, in the unit of the largest figure it stands beside, `like`; "a year" is left to the sentence around. */
export const figure = (quantity: Quantity, language: Language, like = 0): string => {
  const base = quantity.unit.replace(/\/yr$/, '');
  const half = (quantity.high - quantity.low) / 2;
  // What is rounded up to the next unit is written in it; a value lost in its interval is read by its bounds.
  const size = roundedTo(quantity.value, half) || Math.max(Math.abs(quantity.low), Math.abs(quantity.high));
  const scaled = figureScale(size, base, roundedTo(like, half));
  const factor = scaled?.factor ?? 1;
  const years = language === 'fr' ? 'ans' : 'years';
  const words: Readonly<Record<string, string>> = {
    yr: years,
    d: language === 'fr' ? 'jours' : 'days',
    'kWh/(yr·EUR)': language === 'fr' ? 'kWh/an par €' : 'kWh/yr per €',
  };
  const unit = scaled?.unit ?? words[base] ?? units[base] ?? base;
  const to = language === 'fr' ? 'à' : 'to';
  const write = language === 'fr' ? numberFr : numberEn;
  const show = (value: number): string =>
    half > 0 ? write(roundedTo(value * factor, half * factor)) : plain(value * factor, language);
  return `${show(quantity.value)}${unit === '' ? '' : ` ${unit}`} (${show(quantity.low)} ${to} ${show(quantity.high)})`;
};

/** Loss groups as a person reads them. */
export const groupNames: Readonly<Record<LossGroup, Message>> = {
  walls: message('murs', 'walls'),
  roof: message('toiture', 'roof'),
  floor: message('plancher bas', 'lower floor'),
  windows: message('fenêtres', 'windows'),
  doors: message('portes', 'doors'),
  bridges: message('ponts thermiques', 'thermal bridges'),
  air: message('air', 'air'),
};

type Told = { readonly message: string };

const told = (title: string, findings: readonly Told[]): string[] =>
  findings.length === 0 ? [] : [title, ...findings.map(({ message }) => `  - ${message}`)];

const say = (language: Language, fr: string, en: string): string => (language === 'fr' ? fr : en);

/** What a fit reads off a meter, as a person says it; the keys of the published `parameters`. */
const parameterNames: Readonly<Record<string, Message>> = {
  baseLoad: message('talon', 'base load'),
  heatingSlope: message('pente de chauffage', 'heating slope'),
  balancePoint: message('température de non-chauffage', 'balance point'),
  coolingSlope: message('pente de climatisation', 'cooling slope'),
  coolingBalancePoint: message('température de non-climatisation', 'cooling balance point'),
  closedDayFactor: message('facteur des jours fermés', 'closed-day factor'),
  christmasFactor: message('facteur de Noël', 'Christmas factor'),
  inertia: message('inertie', 'inertia'),
  meanLoad: message('puissance moyenne', 'mean load'),
  workingDayLoad: message('puissance moyenne des jours ouvrés', 'mean load of working days'),
  dayOffLoad: message('puissance moyenne des jours chômés', 'mean load of days off'),
  occupiedHours: message('heures d’occupation', 'occupied hours'),
  heatingSlopeOccupied: message('pente de chauffage occupé', 'heating slope when occupied'),
  heatingSlopeOther: message('pente de chauffage inoccupé', 'heating slope otherwise'),
  coolingSlopeOccupied: message('pente de climatisation occupé', 'cooling slope when occupied'),
  coolingSlopeOther: message('pente de climatisation inoccupé', 'cooling slope otherwise'),
};

/**
 * Lines of a fit for a terminal: the model and its errors, each parameter with its interval, then what keeps
 * it from a yearly claim.
 */
export const fitReport = (model: ModelJson, language: Language): string[] => [
  say(
    language,
    `Modèle « ${modelName(model.kind).fr} » sur ${model.baseline} : ${model.metrics.n} ${model.resolution === 'hourly' ? 'heures' : 'jours'}, ${model.metrics.p} coefficients, CV(RMSE) ${plain(model.metrics.cvRmse, 'fr')} %, R² ${plain(model.metrics.r2, 'fr')}.`,
    `Model “${modelName(model.kind).en}” on ${model.baseline}: ${model.metrics.n} ${model.resolution === 'hourly' ? 'hours' : 'days'}, ${model.metrics.p} coefficients, CV(RMSE) ${plain(model.metrics.cvRmse, 'en')} %, R² ${plain(model.metrics.r2, 'en')}.`,
  ),
  ...Object.entries(model.parameters).map(
    ([name, quantity]) =>
      `  ${parameterNames[name]?.[language] ?? name}${say(language, ' :', ':')} ${figure(quantity, language)}`,
  ),
  say(language, `Prédit : ${figure(model.predicted, 'fr')}.`, `Predicted: ${figure(model.predicted, 'en')}.`),
  ...told(say(language, 'Pas de conclusion annuelle :', 'No yearly claim:'), model.disqualified),
  ...told(say(language, 'Relevés :', 'Readings:'), model.warnings),
];

const statusText: Readonly<Record<SavingsJson['status'], Message>> = {
  final: message('résultat établi', 'final'),
  provisional: message('provisoire', 'provisional'),
  disqualified: message('non recevable', 'disqualified'),
};

/**
 * Lines of a measurement for a terminal: saving, counterfactual and reading in kWh, then events and what
 * keeps it from a claim.
 */
export const savingsReport = (savings: SavingsJson, language: Language): string[] => [
  say(
    language,
    `Économie mesurée : ${figure(savings.savings, 'fr')}, soit ${figure(savings.savingsShare, 'fr')} (${statusText[savings.status].fr}).`,
    `Measured saving: ${figure(savings.savings, 'en')}, that is ${figure(savings.savingsShare, 'en')} (${statusText[savings.status].en}).`,
  ),
  say(
    language,
    `Sans les travaux : ${figure(savings.counterfactual, 'fr')} ; relevé : ${amount(savings.actualKwh, 'fr')}.`,
    `Without the works: ${figure(savings.counterfactual, 'en')}; metered: ${amount(savings.actualKwh, 'en')}.`,
  ),
  ...told(say(language, 'Événements inhabituels :', 'Non-routine events:'), savings.nonRoutine),
  ...told(say(language, 'Pas de conclusion :', 'No claim:'), savings.disqualified),
  ...told(say(language, 'Relevés :', 'Readings:'), savings.warnings),
];

/** Lines of an envelope for a terminal: heat loss, areas in m2, what is missing, and what reading it cost. */
export const envelopeReport = (envelope: EnvelopeJson, language: Language): string[] => {
  const { exterior, interior } = envelope.totals;
  const m2 = (value: number): string => `${plain(value, language, 4)} m²`;
  const { roofLightM2 } = envelope.totals;
  const light = (name: string): string => (roofLightM2 > 0 ? `${name} ${m2(roofLightM2)}, ` : '');
  return [
    say(
      language,
      `Enveloppe ${envelope.closed ? 'fermée' : 'non fermée'} : déperditions ${figure(envelope.heatLossCoefficient, 'fr')}.`,
      `Envelope ${envelope.closed ? 'closed' : 'not closed'}: heat loss ${figure(envelope.heatLossCoefficient, 'en')}.`,
    ),
    say(
      language,
      `  murs extérieurs nets ${m2(exterior.wallNetM2)} (faces extérieures), ${m2(interior.wallNetM2)} (vus de l’intérieur)`,
      `  net outer walls ${m2(exterior.wallNetM2)} (outer faces), ${m2(interior.wallNetM2)} (seen from inside)`,
    ),
    say(
      language,
      `  fenêtres ${m2(envelope.totals.windowM2)}, ${light('lanterneaux')}portes ${m2(envelope.totals.doorM2)}, toiture ${m2(interior.roofM2)}, sol ${m2(interior.groundM2)}`,
      `  windows ${m2(envelope.totals.windowM2)}, ${light('roof lights')}doors ${m2(envelope.totals.doorM2)}, roof ${m2(interior.roofM2)}, ground ${m2(interior.groundM2)}`,
    ),
    say(
      language,
      `  surface ${m2(envelope.totals.floorAreaM2)}, volume ${plain(envelope.totals.volumeM3, 'fr', 4)} m³, ${envelope.totals.externalWalls} murs de l’enveloppe, ${envelope.totals.internalWalls} autres`,
      `  floor ${m2(envelope.totals.floorAreaM2)}, volume ${plain(envelope.totals.volumeM3, 'en', 4)} m³, ${envelope.totals.externalWalls} walls of the envelope, ${envelope.totals.internalWalls} others`,
    ),
    ...(envelope.missing.length === 0
      ? []
      : [say(language, 'Il manque :', 'Missing:'), ...envelope.missing.map((line) => `  - ${line}`)]),
    ...told(say(language, 'À savoir :', 'To know:'), envelope.warnings),
    say(
      language,
      `Numérisé en ${plain(envelope.ledger.wallMs, 'fr')} ms : ${envelope.ledger.recordsParsed} enregistrements lus sur ${envelope.ledger.recordsInFile}, ${figure(envelope.ledger.energyJ, 'fr')}.`,
      `Digitised in ${plain(envelope.ledger.wallMs, 'en')} ms: ${envelope.ledger.recordsParsed} records read of ${envelope.ledger.recordsInFile}, ${figure(envelope.ledger.energyJ, 'en')}.`,
    ),
  ];
};

/** Lines of the defects of a meter's readings for a terminal, each with what to do about it. */
export const qualityReport = ({ findings }: QualityJson, language: Language): string[] =>
  findings.length === 0
    ? [say(language, 'Aucun défaut trouvé.', 'No defect found.')]
    : findings.flatMap(({ code, from, to, message, action }) => [
        `${from === to ? from : `${from} – ${to}`}  ${code}`,
        `    ${message}`,
        `    → ${action}`,
      ]);
