import { heatingNames } from '#core/heating-names.ts';
import { type Message, message } from '#core/message.ts';
import type { Quantity } from '#core/quantity.ts';
import { applyOverrides, groupKey } from './overrides.ts';
import { parsePeriod, periodClassLabels } from './period.ts';
import type { BuildingFacts } from './schema.ts';
import type { Envelope, EnvelopeElement } from './types.ts';
import { decimalFr, groupedEn, groupedFr } from '../core/wording.ts';

export type Choice = { readonly value: string; readonly label: Message };

/** How an answer is given, and where it goes in the answers (a path of keys). */
export type AnswerField = { readonly path: readonly string[] } & (
  | { readonly kind: 'number'; readonly unit: string; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | { readonly kind: 'period' }
);

/** A question whose answer a person may have. */
export type Question = {
  /** Unique in a report. */
  readonly code: string;
  readonly message: Message;
  readonly help: Message;
  readonly field: AnswerField;
  /** What stands while nobody answers; absent for a choice without a figure. */
  readonly current?: Quantity;
  /**
   * Share of the width of the heat-loss coefficient's 90 % interval (relative to its value) that an answer takes away, 0 to 1;
   * absent where the answer bears on something else than that coefficient.
   */
  readonly narrowsShare?: number;
};

const relativeWidth = ({ heatLossCoefficient: h }: Envelope): number =>
  h.value > 0 ? (h.high - h.low) / h.value : 0;

/** What is left of the width once `answered` holds, as a share taken away. */
const narrowing = (envelope: Envelope, answered: readonly Envelope[]): number => {
  const before = relativeWidth(envelope);
  if (before === 0 || answered.length === 0) return 0;
  const after = answered.reduce((sum, one) => sum + relativeWidth(one), 0) / answered.length;
  return 1 - after / before;
};

/** Answers that narrow the interval by less are not worth a person's time. */
const WORTH_ASKING = 0.005;

const kindNames: Readonly<Record<EnvelopeElement['kind'], readonly [fr: string, en: string]>> = {
  wall: ['des murs', 'of the walls'],
  roof: ['de la toiture', 'of the roof'],
  floor: ['du plancher bas', 'of the lowest floor'],
  window: ['des fenêtres', 'of the windows'],
  'curtain-wall': ['des façades-rideaux', 'of the curtain walls'],
  door: ['des portes', 'of the doors'],
};

const knownBy: Readonly<Record<string, readonly [fr: string, en: string]>> = {
  declared: ['que le fichier déclare', 'that the file declares'],
  computed: ['calculés de leurs couches', 'computed from their layers'],
  library: ['reconnus par leur nom', 'recognised by name'],
  'period-default': ['pris par défaut', 'taken by default'],
};

/** A figure in a French sentence: a comma for the decimals. */
const french = (value: number): string => decimalFr(value, DIGITS);

const DIGITS = 2;

const uQuestion = (
  envelope: Envelope,
  elements: readonly EnvelopeElement[],
  plain: boolean,
): Question | undefined => {
  const [first] = elements;
  if (first === undefined) return undefined;
  const key = groupKey(first);
  const areaM2 = elements.reduce((sum, one) => sum + one.areaNetM2, 0);
  const mean = elements.reduce((sum, one) => sum + one.u.value * one.areaNetM2, 0) / areaM2;
  const answered = applyOverrides(envelope, { uByGroup: { [key]: mean } });
  const [fr, en] = kindNames[first.kind];
  const [howFr, howEn] = knownBy[first.u.provenance] ?? ['', ''];
  const said = plain ? '' : ` (${groupedFr(areaM2)} m² ${howFr})`;
  const saidEn = plain ? '' : ` (${groupedEn(areaM2)} m2 ${howEn})`;
  return {
    code: `ask-u-${key.replace('/', '-')}`,
    message: message(`Quelle est la valeur U ${fr}${said} ?`, `What is the U-value ${en}${saidEn}?`),
    help: message(
      `En W/(m²·K), d’un devis, d’un diagnostic ou d’une étude. Aujourd’hui ${french(mean)}, ${howFr}, sur ${groupedFr(areaM2)} m².`,
      `In W/(m2 K), from a quote, a survey or a study. Now ${mean.toFixed(DIGITS)}, ${howEn}, on ${groupedEn(areaM2)} m2.`,
    ),
    field: { kind: 'number', path: ['uByGroup', key], unit: 'W/(m2 K)', min: 0.03, max: 10 },
    current: { ...first.u, value: mean },
    narrowsShare: narrowing(envelope, [answered]),
  };
};

const uQuestions = (envelope: Envelope): Question[] => {
  const groups = Map.groupBy(
    envelope.elements.filter((one) => one.b > 0 && one.areaNetM2 > 0 && one.u.provenance !== 'typed'),
    groupKey,
  );
  const kinds = [...groups.keys()].map((key) => key.split('/')[0]);
  return [...groups.entries()].flatMap(([key, elements]) => {
    const plain = kinds.filter((kind) => kind === key.split('/')[0]).length === 1;
    return uQuestion(envelope, elements, plain) ?? [];
  });
};

/** Each class the period may be, answered in turn; the mean width that is left. Nothing to ask when it is one class already. */
const periodQuestion = (
  envelope: Envelope,
  refill: ((period: string) => Envelope | undefined) | undefined,
): Question | undefined => {
  const known = envelope.period === undefined ? undefined : parsePeriod(envelope.period);
  const labels = periodClassLabels(known?.ok === true ? known.value : undefined);
  if (labels.length < 2) return undefined;
  const answered = labels.flatMap(
    (label) => (refill === undefined ? applyOverrides(envelope, { period: label }) : refill(label)) ?? [],
  );
  return {
    code: 'ask-period',
    message: message('En quelle année le bâtiment a-t-il été construit ?', 'When was the building built?'),
    help: message(
      'Une année (1976), un intervalle (1975-1977), « avant 1948 » ou « après 2013 ». Les valeurs par défaut en dépendent.',
      'A year (1976), a range (1975-1977), “before 1948” or “after 2013”. The defaults depend on it.',
    ),
    field: { kind: 'period', path: ['period'] },
    narrowsShare: narrowing(envelope, answered),
  };
};

const AIR_HEAT = 0.34;

const airQuestion = (envelope: Envelope): Question | undefined => {
  if (envelope.air.provenance === 'typed' || !(envelope.volumeM3 > 0)) return undefined;
  const airChangePerH = envelope.air.value / (AIR_HEAT * envelope.volumeM3);
  if (!(airChangePerH > 0)) return undefined;
  return {
    code: 'ask-air-change',
    message: message(
      'Quel est le renouvellement d’air, en volumes par heure ?',
      'What is the air change, in volumes an hour?',
    ),
    help: message(
      `Ventilation et fuites ensemble. Repères : 0,3 très étanche avec ventilation hygroréglable, 0,5 courant, 0,8 ancien non étanche. Aujourd’hui ${french(airChangePerH)}.`,
      `Ventilation and leaks together. Landmarks: 0.3 very tight with humidity-controlled ventilation, 0.5 usual, 0.8 old and leaky. Now ${airChangePerH.toFixed(DIGITS)}.`,
    ),
    field: { kind: 'number', path: ['airChangePerH'], unit: '1/h', min: 0.05, max: 20 },
    current: {
      ...envelope.air,
      unit: '1/h',
      value: airChangePerH,
      low: envelope.air.low / (AIR_HEAT * envelope.volumeM3),
      high: envelope.air.high / (AIR_HEAT * envelope.volumeM3),
    },
    narrowsShare: narrowing(envelope, [applyOverrides(envelope, { airChangePerH })]),
  };
};

const positions = [
  { value: 'none', label: message('pas isolés', 'not insulated') },
  { value: 'inner', label: message('isolés par l’intérieur', 'insulated inside') },
  { value: 'outer', label: message('isolés par l’extérieur', 'insulated outside') },
  { value: 'distributed', label: message('isolation répartie (monomur)', 'insulation within the wall') },
] as const;

const bridgeQuestion = (envelope: Envelope): Question | undefined => {
  const known = envelope.bridges.provenance === 'typed' || envelope.bridges.provenance === 'declared';
  if (known || envelope.junctions.length === 0) return undefined;
  const answered = positions.map(({ value }) => applyOverrides(envelope, { insulationPosition: value }));
  return {
    code: 'ask-insulation-position',
    message: message('Comment les murs sont-ils isolés ?', 'How are the walls insulated?'),
    help: message(
      'Les ponts thermiques en dépendent : un plancher interrompt une isolation intérieure, pas une isolation extérieure.',
      'Thermal bridges depend on it: a floor cuts an inner insulation, not an outer one.',
    ),
    field: { kind: 'choice', path: ['insulationPosition'], choices: positions },
    current: envelope.bridges,
    narrowsShare: narrowing(envelope, answered),
  };
};

const systemChoices: readonly Choice[] = Object.entries(heatingNames).map(([value, label]) => ({
  value,
  label,
}));

const useChoices: readonly Choice[] = [
  { value: 'housing', label: message('logements', 'housing') },
  { value: 'school', label: message('école', 'school') },
  { value: 'sports', label: message('sport', 'sports') },
  { value: 'museum', label: message('musée', 'museum') },
  { value: 'office', label: message('bureaux', 'offices') },
  { value: 'community', label: message('maison commune, salle', 'community centre') },
  { value: 'pool', label: message('piscine', 'swimming pool') },
  { value: 'other', label: message('autre', 'other') },
];

/** What bears on the year's energy and not on the heat-loss coefficient. */
const factQuestions = (facts: Partial<BuildingFacts>): Question[] => [
  ...(facts.use === undefined
    ? [
        {
          code: 'ask-use',
          message: message('À quoi sert le bâtiment ?', 'What is the building used for?'),
          help: message(
            'La température, les apports et l’eau chaude en dépendent ; sans réponse : « autre ».',
            'Temperature, gains and hot water depend on it; without an answer: “other”.',
          ),
          field: { kind: 'choice', path: ['building', 'use'], choices: useChoices },
        } as const,
      ]
    : []),
  ...(facts.heating === undefined
    ? [
        {
          code: 'ask-heating',
          message: message('Comment le bâtiment est-il chauffé ?', 'How is the building heated?'),
          help: message(
            'Le rendement entre le compteur et la chaleur en dépend ; sans réponse : une chaudière, sur toute la plage des chaudières.',
            'The efficiency from meter to heat depends on it; without an answer: a boiler, over the whole range of boilers.',
          ),
          field: { kind: 'choice', path: ['building', 'heating'], choices: systemChoices },
        } as const,
      ]
    : []),
];

const northQuestion: Question = {
  code: 'ask-north',
  message: message(
    'De combien de degrés le plan est-il tourné par rapport au nord ?',
    'By how many degrees is the plan turned from north?',
  ),
  help: message(
    'Vers la droite ; 0 si le haut du plan est au nord. Les apports du soleil en dépendent.',
    'Clockwise; 0 if the top of the plan is north. Solar gains depend on it.',
  ),
  field: { kind: 'number', path: ['northTurnDeg'], unit: '°', min: -360, max: 360 },
};

const spaceQuestions = (envelope: Envelope, said: ReadonlySet<string>): Question[] =>
  envelope.cells
    .filter((cell) => !cell.heated && !said.has(cell.id))
    .map((cell) => ({
      code: `ask-space-${cell.id}`,
      message: message(`« ${cell.name} » est-il chauffé ?`, `Is “${cell.name}” heated?`),
      help: message(
        `Pris pour non chauffé, ${groupedFr(cell.floorAreaM2)}\u00a0m². ${cell.reason.fr}`,
        `Taken as unheated, ${groupedEn(cell.floorAreaM2)} m2. ${cell.reason.en}`,
      ),
      field: {
        kind: 'choice',
        path: ['spaces', cell.id],
        choices: [
          { value: 'unheated', label: message('non chauffé', 'unheated') },
          { value: 'heated', label: message('chauffé', 'heated') },
          { value: 'ignored', label: message('dehors, à ignorer', 'outdoors, to be left out') },
        ],
      },
    }));

/** Spaces asked about one by one; a file with more has them in the answers file. */
const MOST_SPACES = 12;

export type QuestionContext = {
  /** The envelope as it stands with the answers given so far. */
  readonly envelope: Envelope;
  readonly facts: Partial<BuildingFacts>;
  /** False when the file says no north: the plan's y axis stands in. */
  readonly northKnown: boolean;
  /** Spaces a person has spoken of. */
  readonly saidSpaces?: ReadonlySet<string>;
  /** What the same building would be with another period, for one that is filled in from a form. */
  readonly refill?: (period: string) => Envelope | undefined;
};

/**
 * The questions still open: first those that narrow the interval of the heat-loss coefficient, the most useful first, each measured by applying an
 * answer to the envelope and taking its interval again; then those on the rest of the twin.
 */
export const questionsFor = ({
  envelope,
  facts,
  northKnown,
  saidSpaces = new Set(),
  refill,
}: QuestionContext): Question[] => {
  const measured = [
    periodQuestion(envelope, refill),
    airQuestion(envelope),
    bridgeQuestion(envelope),
    ...uQuestions(envelope),
  ]
    .filter((question) => question !== undefined)
    .filter((question) => (question.narrowsShare ?? 0) > WORTH_ASKING)
    .toSorted((a, b) => (b.narrowsShare ?? 0) - (a.narrowsShare ?? 0));
  return [
    ...measured,
    ...factQuestions(facts),
    ...(northKnown || envelope.turnedDeg !== undefined ? [] : [northQuestion]),
    ...spaceQuestions(envelope, saidSpaces).slice(0, MOST_SPACES),
  ];
};
