import { nearestName } from '../src/core/nearestName.ts';
import type { Command, Io } from './io.ts';

export const summary = 'Analyse traces from files or by id, without an engine for files: pharos trace analyze FILE';

const usageError = 2;

/** One file and one line each. */
const SUBCOMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  analyze: () => import('./trace/analyze.ts'),
};

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h') {
    io.out(await describe());
    return name === undefined ? usageError : 0;
  }
  const load = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (load === undefined) {
    const nearest = nearestName(name, Object.keys(SUBCOMMANDS));
    const hint = nearest === undefined ? 'See pharos trace --help.' : `Did you mean "${nearest}"?`;
    io.error(`pharos trace has no "${name}". ${hint}`);
    return usageError;
  }
  const command = await load();
  return command.run(rest, io);
}

async function describe(): Promise<string> {
  const width = Math.max(...Object.keys(SUBCOMMANDS).map((name) => name.length));
  const lines = await Promise.all(
    Object.entries(SUBCOMMANDS).map(async ([name, load]) => `  ${name.padEnd(width)}  ${(await load()).summary}`)
  );
  return ['Usage: pharos trace <command> [options]', '', ...lines, '', 'pharos trace <command> --help says more.'].join(
    '\n'
  );
}
