import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from './startOptions.ts';
import { unknownOption } from './unknownOption.ts';

/**
 * The options of a command that also takes words, such as files.
 * @throws UsageError that names the option and what was expected
 */
export function strictOptions<const T extends ParseArgsOptionsConfig>(argv: readonly string[], options: T) {
  const problem = unknownOption(argv, Object.keys(options));
  if (problem !== undefined) {
    throw new UsageError(problem);
  }
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
