import type { AppContext } from '../app/context.ts';
import { openContext, storeFailure } from '../app/open.ts';
import type { Output } from './output.ts';

/** Opens the database for one verb and closes it whatever happens; a database that will not open is a refusal. */
export const withContext = async (
  dataFolder: string | undefined,
  output: Output,
  work: (context: AppContext) => Promise<number>,
): Promise<number> => {
  try {
    const context = await openContext(dataFolder);
    try {
      return await work(context);
    } finally {
      await context.store.close();
    }
  } catch (error) {
    const failure = storeFailure(error);
    if (failure === undefined) throw error;
    return output.refuse(failure);
  }
};
