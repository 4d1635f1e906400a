import type { Io } from './io.ts';

export const summary = 'Write docs/reference and src/**/locales anew from the code';

export async function run(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length > 0) {
    io.out(summary);
    return argv.includes('--help') || argv.includes('-h') ? 0 : 2;
  }
  await import('../tests/docs/writeReference.ts');
  await import('../tests/locales/writeLocales.ts');
  return 0;
}
