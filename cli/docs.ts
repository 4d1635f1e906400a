import type { Io } from './io.ts';
import { strictOptions } from './strictOptions.ts';

export const summary = 'Write docs/reference and src/**/locales anew from the code';

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values } = strictOptions(argv, { help: { type: 'boolean', short: 'h' } });
  if (values.help === true) {
    io.out(summary);
    return 0;
  }
  await import('../tests/docs/writeReference.ts');
  await import('../tests/locales/writeLocales.ts');
  return 0;
}
