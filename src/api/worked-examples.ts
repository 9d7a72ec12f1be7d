import { readFileSync } from 'node:fs';
import { z } from 'zod';

const workedExampleSchema = z.strictObject({
  path: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  query: z.record(z.string(), z.unknown()).optional(),
  body: z.unknown().optional(),
  /** Where the file stands that is its body: in this repository, or an address of the API. */
  file: z.string().optional(),
  status: z.number(),
  type: z.string().optional(),
  /** Absent for an answer that is no text. */
  answer: z.unknown().optional(),
});

/** A call of an operation that was made, and what it was answered. */
export type WorkedExample = z.infer<typeof workedExampleSchema>;

/** By method and address. */
export type WorkedExamples = Readonly<Record<string, WorkedExample>>;

const file = new URL('worked-examples.json', import.meta.url);

/** The examples of the document, as `node scripts/write-examples.ts` has written them from a run on the sample stock. */
export const readWorkedExamples = (): WorkedExamples =>
  z.record(z.string(), workedExampleSchema).parse(JSON.parse(readFileSync(file, 'utf8')));

type Media = Readonly<Record<string, object>>;
type Answer = { readonly content?: Media };
type Described = {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Media };
  readonly responses: Readonly<Record<string, Answer>>;
};

export type Paths = Readonly<Record<string, Readonly<Record<string, Described>>>>;

const onSample = 'Executed on the sample stock; of lists and long texts the beginning';

/** A content with the example of one of its types: a value, or a file that stands elsewhere. */
const exemplified = (content: Media, type: string, example: object): Media =>
  Object.hasOwn(content, type)
    ? { ...content, [type]: { ...content[type], examples: { worked: { summary: onSample, ...example } } } }
    : content;

const describedBy = (described: Described, example: WorkedExample): Described => {
  const { parameters = [], requestBody, responses } = described;
  const given: Readonly<Record<string, unknown>> = { ...example.path, ...example.query };
  const [bodyType = ''] = Object.keys(requestBody?.content ?? {});
  const sent = example.file === undefined ? { value: example.body } : { externalValue: example.file };
  const answer = responses[example.status];
  return {
    ...described,
    ...(parameters.length === 0
      ? {}
      : {
          parameters: parameters.map((one) =>
            one.in !== 'header' && Object.hasOwn(given, one.name)
              ? { ...one, example: given[one.name] }
              : one,
          ),
        }),
    ...(requestBody === undefined
      ? {}
      : { requestBody: { ...requestBody, content: exemplified(requestBody.content, bodyType, sent) } }),
    responses:
      answer?.content === undefined || example.answer === undefined
        ? responses
        : {
            ...responses,
            [example.status]: {
              ...answer,
              content: exemplified(answer.content, example.type ?? '', { value: example.answer }),
            },
          },
  };
};

/** The operations of a document, each with its worked example: in its parameters, its body and its answer. */
export const withExamples = (paths: Paths, examples: WorkedExamples): Paths =>
  Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, described]) => {
          const example = examples[`${method.toUpperCase()} ${path}`];
          return [method, example === undefined ? described : describedBy(described, example)];
        }),
      ),
    ]),
  );
