import { nearestName } from '../src/core/nearestName.ts';
import type { Command, Io } from './io.ts';
import { UsageError } from './usageError.ts';

/** A command is one file and one line here; the file is read only when the command is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: () => import('./start.ts'),
  engine: () => import('./engine.ts'),
  api: () => import('./api.ts'),
  'login-link': () => import('./loginLink.ts'),
  trace: () => import('./trace.ts'),
  doctor: () => import('./doctor.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  demo: () => import('./demo.ts'),
  test: () => import('./test.ts'),
  package: () => import('./package.ts'),
  bench: () => import('./bench.ts'),
  docs: () => import('./docs.ts'),
  prepare: () => import('./prepare.ts'),
  provision: () => import('./provision.ts'),
};

export const commandNames: readonly string[] = Object.keys(commands);

const usageError = 2;

/**
 * Runs the command that the first argument names.
 *
 * @returns the exit code: 2 when there is no such command, or it was put wrongly
 */
export async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(await describeCommands());
    return name === undefined ? usageError : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    const nearest = nearestName(name, commandNames);
    const hint = nearest === undefined ? 'See pharos --help.' : `Did you mean "${nearest}"?`;
    io.error(`There is no command "${name}". ${hint}`);
    return usageError;
  }
  const command = await load();
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.error(`${error.message}\nWith --help the command says what it takes.`);
      return usageError;
    }
    throw error;
  }
}

async function describeCommands(): Promise<string> {
  const width = Math.max(...commandNames.map((name) => name.length));
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(width)}  ${(await load()).summary}`)
  );
  return ['Usage: pharos <command> [options]', '', ...lines, '', 'pharos <command> --help says more.'].join('\n');
}
