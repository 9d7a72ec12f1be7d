import type { Preflight, Question } from '#create/index.ts';
import type { Language, Message, Warning } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { figure, plain } from './report.ts';

const say = (language: Language, fr: string, en: string): string => (language === 'fr' ? fr : en);

const section = (title: string, list: readonly Warning[], language: Language): string[] =>
  list.length === 0 ? [] : [title, ...list.map(({ message }) => `  - ${message[language]}`)];

/** How the answer is written in an answers file. */
const written = ({ field }: Question, language: Language): string => {
  const path = field.path.join('.');
  if (field.kind === 'choice') return `${path} = ${field.choices.map(({ value }) => value).join(' | ')}`;
  if (field.kind === 'period') return `${path} = "1976"`;
  return `${path} = ${say(language, 'nombre', 'number')}${field.unit === '' ? '' : `, ${field.unit}`}`;
};

const questionLines = (question: Question, language: Language): string[] => {
  const share = question.narrowsShare;
  const worth =
    share === undefined
      ? ''
      : say(
          language,
          ` (resserre l’intervalle de ${plain(100 * share, 'fr', 2)} %)`,
          ` (narrows the interval by ${plain(100 * share, 'en', 2)} %)`,
        );
  return [
    `  ? ${question.message[language]}${worth}`,
    `      ${question.help[language]}`,
    `      → ${written(question, language)}`,
  ];
};

/** The report before anything is computed, as lines a person reads. */
export const preflightLines = (report: Preflight, heatLoss: Quantity, language: Language): string[] => [
  say(language, `Déperditions : ${figure(heatLoss, 'fr')}.`, `Heat loss: ${figure(heatLoss, 'en')}.`),
  ...section(say(language, 'Trouvé :', 'Found:'), report.found, language),
  ...section(say(language, 'Supposé :', 'Assumed:'), report.assumed, language),
  ...section(say(language, 'Contradictoire :', 'Contradictory:'), report.contradictory, language),
  ...section(say(language, 'Manquant :', 'Missing:'), report.missing, language),
  ...(report.questions.length === 0
    ? [say(language, 'Plus rien à demander.', 'Nothing more to ask.')]
    : [
        say(
          language,
          'Ce qu’il serait le plus utile de savoir (à écrire dans un fichier de réponses, --answers) :',
          'What would be most useful to know (to be written in an answers file, --answers):',
        ),
        ...report.questions.flatMap((question) => questionLines(question, language)),
      ]),
];

type PreflightJson = {
  readonly schema: 'stacoptim.preflight/1';
  readonly heatLossCoefficient: Quantity;
  readonly found: readonly object[];
  readonly assumed: readonly object[];
  readonly contradictory: readonly object[];
  readonly missing: readonly object[];
  readonly questions: readonly object[];
};

/** The same as data, its sentences in one language. */
export const preflightJson = (report: Preflight, heatLoss: Quantity, language: Language): PreflightJson => {
  const told = (message: Message): string => message[language];
  const list = (warnings: readonly Warning[]): object[] =>
    warnings.map(({ code, message, ref }) => ({
      code,
      message: told(message),
      ...(ref === undefined ? {} : { ref }),
    }));
  return {
    schema: 'stacoptim.preflight/1',
    heatLossCoefficient: heatLoss,
    found: list(report.found),
    assumed: list(report.assumed),
    contradictory: list(report.contradictory),
    missing: list(report.missing),
    questions: report.questions.map((question) => ({
      ...question,
      message: told(question.message),
      help: told(question.help),
      field:
        question.field.kind === 'choice'
          ? {
              ...question.field,
              choices: question.field.choices.map(({ value, label }) => ({ value, label: told(label) })),
            }
          : question.field,
    })),
  };
};
