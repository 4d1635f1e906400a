import { explainFailure } from '../api.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../startOptions.ts';
import { harmless } from './columns.ts';

const usageError = 2;

/** Writes what a command of traces has to say, or why it has nothing. @returns the exit code: 2 for a command that was put wrongly, 1 for a failure */
export async function answer(io: Io, usage: string, say: () => Promise<string>): Promise<number> {
  try {
    io.out(await say());
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      io.error(`${error.message}\n\n${usage}`);
      return usageError;
    }
    io.error(harmless(explainFailure(error)));
    return 1;
  }
}
