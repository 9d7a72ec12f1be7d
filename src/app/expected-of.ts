import type { z } from 'zod';
import { type Message, message } from '../core/message.ts';

type Issue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, Message>> = {
  string: message('un texte', 'a text'),
  number: message('un nombre', 'a number'),
  int: message('un nombre entier', 'a whole number'),
  boolean: message('true ou false', 'true or false'),
  array: message('une liste', 'a list'),
  object: message('un objet JSON', 'a JSON object'),
  record: message('un objet JSON', 'a JSON object'),
};

const formats: Readonly<Record<string, Message>> = {
  date: message('un jour comme 2025-01-31', 'a day such as 2025-01-31'),
  datetime: message(
    'un instant avec son décalage, comme 2025-01-31T00:00:00+01:00',
    'an instant with its offset, such as 2025-01-31T00:00:00+01:00',
  ),
  url: message('une adresse comme https://exemple.fr/', 'an address such as https://example.org/'),
};

/** The bound that was passed, said of what has it: a number itself, the length of a text or a list. */
const bound = (
  { origin, inclusive = true }: { readonly origin: string; readonly inclusive?: boolean | undefined },
  limit: number | bigint,
  most: boolean,
): Message => {
  const unit =
    origin === 'string'
      ? [' caractères', ' characters']
      : origin === 'array'
        ? [' éléments', ' items']
        : ['', ''];
  const [fr, en] = inclusive
    ? most
      ? ['au plus', 'at most']
      : ['au moins', 'at least']
    : most
      ? ['moins de', 'less than']
      : ['plus de', 'more than'];
  return message(`${fr} ${limit}${unit[0]}`, `${en} ${limit}${unit[1]}`);
};

const oneOf = (values: readonly unknown[]): Message => {
  const told = values.map(String).join(', ');
  return values.length === 1 ? message(told, told) : message(`l’un de ${told}`, `one of ${told}`);
};

const wanted = (issue: Issue): Message | undefined => {
  if (issue.code === 'invalid_value') return oneOf(issue.values);
  // A body of several kinds, told apart by one of its fields.
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return oneOf(issue.options);
  if (issue.code === 'invalid_type') return kinds[issue.expected];
  if (issue.code === 'too_small') return bound(issue, issue.minimum, false);
  if (issue.code === 'too_big') return bound(issue, issue.maximum, true);
  if (issue.code !== 'invalid_format') return undefined;
  const { format, pattern } = issue as Issue & { readonly format: string; readonly pattern?: string };
  if (format !== 'regex' || pattern === undefined) return formats[format];
  return message(`un texte de la forme ${pattern}`, `a text of the form ${pattern}`);
};

const sentAt = (sent: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Readonly<Record<PropertyKey, unknown>>)[key]
        : undefined,
    sent,
  );

/**
 * What the first refused field should have been, as the end of a sentence (“: one of gas, oil”), or nothing where the check tells no
 * more than that it refused. `sent` is what was checked: a field that is left out is called missing.
 */
export const expectedOf = (error: z.ZodError, sent: unknown): Message => {
  const [issue] = error.issues;
  if (issue === undefined) return message('', '');
  if (issue.code === 'unrecognized_keys')
    return message(' : il n’y a pas de tel champ', ': there is no such field');
  const what = wanted(issue);
  const missing = issue.path.length > 0 && sentAt(sent, issue.path) === undefined;
  if (what === undefined) return missing ? message(' : il manque', ': it is missing') : message('', '');
  return missing
    ? message(` : il manque, attendu ${what.fr}`, `: it is missing, ${what.en} is expected`)
    : message(` : attendu ${what.fr}`, `: ${what.en} is expected`);
};
