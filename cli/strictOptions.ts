import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { unknownOption } from './unknownOption.ts';
import { UsageError } from './usageError.ts';

/**
 * The options of a command.
 * @param words `words` where it takes words as well, such as files
 * @throws UsageError that names the option and what was expected
 */
export function strictOptions<const T extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: T,
  words: 'words' | 'no words' = 'no words'
) {
  const problem = unknownOption(argv, Object.keys(options));
  if (problem !== undefined) {
    throw new UsageError(problem);
  }
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: words === 'words' });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
