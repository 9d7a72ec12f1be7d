import { programVersion } from '../app/version.ts';
import type { Language } from '../core/message.ts';
import { readArguments, sharedHelp, type Verb } from './arguments.ts';
import { createOutput, EXIT } from './output.ts';

/** Verbs load when called: `create` never waits for the database's code. */
const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  create: async () => (await import('./verbs/create.ts')).create,
  preflight: async () => (await import('./verbs/preflight.ts')).preflight,
  export: async () => (await import('./verbs/export.ts')).exportVerb,
  fit: async () => (await import('./verbs/fit.ts')).fit,
  measure: async () => (await import('./verbs/measure.ts')).measure,
  quality: async () => (await import('./verbs/quality.ts')).quality,
  import: async () => (await import('./verbs/import.ts')).importVerb,
  decide: async () => (await import('./verbs/decide.ts')).decide,
  listen: async () => (await import('./verbs/listen.ts')).listen,
  privacy: async () => (await import('./verbs/privacy.ts')).privacy,
  simulate: async () => (await import('./verbs/simulate.ts')).simulate,
  measurements: async () => (await import('./verbs/measurements.ts')).measurements,
  target: async () => (await import('./verbs/target.ts')).target,
  law: async () => (await import('./verbs/law.ts')).law,
  report: async () => (await import('./verbs/report.ts')).report,
  programme: async () => (await import('./verbs/programme.ts')).programme,
  metering: async () => (await import('./verbs/metering.ts')).metering,
  benchmark: async () => (await import('./verbs/benchmark.ts')).benchmark,
  rank: async () => (await import('./verbs/rank.ts')).rank,
  poverty: async () => (await import('./verbs/poverty.ts')).poverty,
  correct: async () => (await import('./verbs/correct.ts')).correct,
  retrain: async () => (await import('./verbs/retrain.ts')).retrain,
  models: async () => (await import('./verbs/models.ts')).models,
  gaps: async () => (await import('./verbs/gaps.ts')).gaps,
  alarms: async () => (await import('./verbs/alarms.ts')).alarms,
  works: async () => (await import('./verbs/works.ts')).works,
  savings: async () => (await import('./verbs/savings.ts')).savings,
  operat: async () => (await import('./verbs/operat.ts')).operat,
  events: async () => (await import('./verbs/events.ts')).events,
  weather: async () => (await import('./verbs/weather.ts')).weather,
  serve: async () => (await import('./verbs/serve.ts')).serve,
  work: async () => (await import('./verbs/work.ts')).work,
  backup: async () => (await import('./verbs/backup.ts')).backup,
  restore: async () => (await import('./verbs/backup.ts')).restore,
  'export-organisation': async () => (await import('./verbs/organisation.ts')).exportOrganisationVerb,
  'import-organisation': async () => (await import('./verbs/organisation.ts')).importOrganisationVerb,
  access: async () => (await import('./verbs/access.ts')).access,
  audit: async () => (await import('./verbs/audit.ts')).audit,
  ledger: async () => (await import('./verbs/ledger.ts')).ledger,
  demo: async () => (await import('./verbs/demo.ts')).demo,
};

/** The language asked for, or the word that names none. */
const languageOf = (words: readonly string[]): Language | { readonly unknown: string } => {
  const at = words.indexOf('--lang');
  const asked =
    at >= 0
      ? words[at + 1]
      : (words.find((word) => word.startsWith('--lang='))?.slice(7) ?? process.env['STACOPTIM_LANG']);
  if (asked === undefined || asked === 'fr' || asked === 'en') return asked ?? 'fr';
  return { unknown: asked };
};

const help = async (language: Language): Promise<string> => {
  const lines = [
    language === 'fr'
      ? 'stacoptim : créer, simuler, cibler, mesurer, corriger — le jumeau numérique d’un parc de bâtiments'
      : 'stacoptim: create, simulate, target, measure, correct — the digital twin of a building stock',
    '',
  ];
  for (const load of Object.values(verbs)) {
    const verb = await load();
    lines.push(`  stacoptim ${verb.usage}`, `      ${verb.summary[language]}`);
  }
  lines.push('', sharedHelp[language]);
  return lines.join('\n');
};

/** The words with what every verb takes behind the verb, wherever it was written. */
const verbFirst = (words: readonly string[]): readonly string[] => {
  const at = words.findIndex(
    (word, index) => word !== '--json' && !/^--lang(=|$)/.test(word) && words[index - 1] !== '--lang',
  );
  return at <= 0 ? words : [...words.slice(at), ...words.slice(0, at)];
};

const run = async (typed: readonly string[]): Promise<number> => {
  const words = verbFirst(typed);
  const language = languageOf(words);
  if (typeof language === 'object') {
    // Said in both: which of the two is read is not known.
    process.stderr.write(
      `stacoptim: la langue « ${language.unknown} » n’est pas connue : fr ou en (--lang, STACOPTIM_LANG).\nstacoptim: the language “${language.unknown}” is not known: fr or en (--lang, STACOPTIM_LANG).\n`,
    );
    return EXIT.wrongUse;
  }
  const output = createOutput(language, words.includes('--json'));
  // `help fit` is `fit --help`.
  const [name, ...rest] =
    words[0] === 'help' && Object.hasOwn(verbs, words[1] ?? '')
      ? [words[1], ...words.slice(2), '--help']
      : words;
  if (name === '--version') {
    output.text(programVersion);
    return EXIT.answered;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    output.text(await help(language));
    return name === undefined ? EXIT.wrongUse : EXIT.answered;
  }
  const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (load === undefined) {
    output.status(
      language === 'fr'
        ? `stacoptim: « ${name} » n’est pas une commande. Essayez : ${Object.keys(verbs).join(', ')}.`
        : `stacoptim: “${name}” is not a command. Try: ${Object.keys(verbs).join(', ')}.`,
    );
    return EXIT.wrongUse;
  }
  const verb = await load();
  const args = readArguments(rest, verb.options, verb.positionals);
  if (!args.ok) {
    output.status(`stacoptim: ${output.say(args.error.message)}\n  stacoptim ${verb.usage}`);
    return EXIT.wrongUse;
  }
  if (args.value.flag('help')) {
    output.text(`stacoptim ${verb.usage}\n    ${output.say(verb.summary)}\n\n${sharedHelp[language]}`);
    return EXIT.answered;
  }
  return verb.run(args.value, output);
};

// A closed pipe (`| head`) is the reader's choice, not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.answered);
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
