import { loadCatalogue } from '../app/catalogue.ts';
import type { AppContext } from '../app/context.ts';
import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';
import { withContext } from './with-context.ts';

/** Opens the database of `--data` with the catalogue of `--catalogue` laid over the shipped one; a wrong file of it is a refusal. */
export const withCatalogue = (
  args: Arguments,
  output: Output,
  work: (context: AppContext) => Promise<number>,
): Promise<number> => {
  const folder = args.text('catalogue');
  if (folder === undefined) return withContext(args.text('data'), output, work);
  const catalogue = loadCatalogue(folder);
  if (!catalogue.ok) return Promise.resolve(output.refuse(catalogue.error));
  return withContext(args.text('data'), output, (context) =>
    work({ ...context, catalogue: catalogue.value }),
  );
};
