import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';

export type OptionNames = Readonly<Record<string, 'string' | 'boolean'>>;

export type Arguments = {
  readonly positionals: readonly string[];
  readonly text: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
};

/** Options that every verb takes. */
const shared: OptionNames = { json: 'boolean', lang: 'string', help: 'boolean' };

/** What `parseArgs` refuses, in our words: its own are English alone and speak of a programmer's dashes. */
const optionRefused = (error: Error & { readonly code?: string }): Result<never> => {
  const name = /'(?:-\w, )?(-{1,2}[^\s'=<]*)/.exec(error.message)?.[1] ?? '';
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return failure('wrong-use', `L’option ${name} n’existe pas ici.`, `There is no option ${name} here.`);
  return error.message.includes('does not take an argument')
    ? failure('wrong-use', `L’option ${name} ne prend pas de valeur.`, `The option ${name} takes no value.`)
    : failure(
        'wrong-use',
        `L’option ${name} attend une valeur ; écrivez ${name}=VALEUR si elle commence par un tiret.`,
        `The option ${name} takes a value; write ${name}=VALUE if it starts with a dash.`,
      );
};

/**
 * Reads the words after the verb. A wrong use (unknown option, missing value, wrong number of positionals) is a
 * failure with code `wrong-use`.
 */
export const readArguments = (
  words: readonly string[],
  options: OptionNames,
  positionals: { readonly min: number; readonly max: number },
): Result<Arguments> => {
  const config: ParseArgsConfig['options'] = {};
  for (const [name, type] of Object.entries({ ...shared, ...options })) config[name] = { type };
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...words], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    return optionRefused(error as Error & { readonly code?: string });
  }
  const count = parsed.positionals.length;
  if (parsed.values['help'] !== true && (count < positionals.min || count > positionals.max))
    return failure(
      'wrong-use',
      count < positionals.min ? 'Il manque un argument.' : 'Il y a trop d’arguments.',
      count < positionals.min ? 'An argument is missing.' : 'There are too many arguments.',
    );
  return ok({
    positionals: parsed.positionals,
    text: (name) => {
      const value = parsed.values[name];
      return typeof value === 'string' ? value : undefined;
    },
    flag: (name) => parsed.values[name] === true,
  });
};

const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|min)?$/;

/** `30s`, `500ms`, `2min` or plain seconds, to milliseconds. Fails with `wrong-use`. */
export const parseDurationMs = (text: string): Result<number> => {
  const match = durationPattern.exec(text);
  if (match === null)
    return failure(
      'wrong-use',
      `Durée « ${text} » non comprise : écrivez par exemple 30s.`,
      `Duration “${text}” not understood: write 30s, for example.`,
    );
  const scale = match[2] === 'ms' ? 1 : match[2] === 'min' ? 60_000 : 1000;
  return ok(Number(match[1]) * scale);
};

/** A number as lists show them, from 1. Fails with `wrong-use`. */
export const parseNumber = (text: string): Result<number> => {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 1
    ? ok(number)
    : failure(
        'wrong-use',
        `« ${text} » n’est pas un numéro : donnez celui que montre la liste, 1 par exemple.`,
        `“${text}” is not a number: give the one that the list shows, 1 for example.`,
      );
};

/** A verb of the command line; `run` returns the exit code. */
export type Verb = {
  readonly usage: string;
  readonly summary: Message;
  readonly options: OptionNames;
  readonly positionals: { readonly min: number; readonly max: number };
  run(args: Arguments, output: import('./output.ts').Output): Promise<number>;
};

export const sharedHelp = message(
  '  --json         données sur la sortie standard, en JSON\n  --lang fr|en   langue des phrases (fr sans autre choix)\n  --help         cette aide\n  --version      la version du programme',
  '  --json         data on standard output, as JSON\n  --lang fr|en   language of the sentences (fr unless said)\n  --help         this help\n  --version      the version of the program',
);
