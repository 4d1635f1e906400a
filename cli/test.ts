export const summary = 'Run every check: types, lint, tests, real stack, browser, build';

export async function run(argv: readonly string[]): Promise<number> {
  const tests = await import('../tests/run.ts');
  return tests.run(argv);
}
