import type { Io } from './io.ts';

export const summary = 'Measure this machine: pharos bench [intake evaluation …], one line of JSON each';

export async function run(argv: readonly string[], io: Io): Promise<number> {
  if (argv.includes('--help') || argv.includes('-h')) {
    io.out(`${summary}\n\nWithout names all of them run, which takes about an hour. Let the machine do nothing else.`);
    return 0;
  }
  const bench = await import('../bench/run.ts');
  return bench.run(argv);
}
