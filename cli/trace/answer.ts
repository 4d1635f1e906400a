import { explainFailure } from '../api.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../usageError.ts';
import { harmless } from './columns.ts';

/** Writes what a command of traces has to say, or why it has nothing. @returns the exit code. @throws UsageError of `say` */
export async function answer(io: Io, say: () => Promise<string>): Promise<number> {
  try {
    io.out(await say());
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    io.error(harmless(explainFailure(error)));
    return 1;
  }
}
