import type { AppContext } from '../app/context.ts';
import { madeMeanwhile, openContext, storeFailure } from '../app/open.ts';
import { EXIT, type Output } from './output.ts';

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

/** The same for work that is done whole or not at all: where it was refused, no database is left that was made for it. */
export const withContextOrNothing: typeof withContext = async (dataFolder, output, work) => {
  const takeAway = madeMeanwhile(dataFolder);
  let code: number = EXIT.refused;
  try {
    code = await withContext(dataFolder, output, work);
    return code;
  } finally {
    if (code !== EXIT.answered) takeAway();
  }
};
