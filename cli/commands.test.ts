import { runCommand } from './commands.ts';
import type { Io } from './io.ts';

function makeIo(): Io & { readonly lines: string[]; readonly errors: string[] } {
  const lines: string[] = [];
  const errors: string[] = [];
  return { lines, errors, out: (line) => lines.push(line), error: (line) => errors.push(line), environment: {} };
}

describe('runCommand', () => {
  it('lists every command with what it does', async () => {
    const io = makeIo();
    expect(await runCommand(['--help'], io)).toBe(0);
    expect(io.lines.join('\n')).toMatch(/^Usage: pharos <command> \[options\]\n\n {2}start +Start the stack/);
    expect(io.errors).toEqual([]);
  });

  it('says what is missing when nothing is asked', async () => {
    const io = makeIo();
    expect(await runCommand([], io)).toBe(2);
    expect(io.lines.join('\n')).toContain('Usage: pharos');
  });

  it('names the command that was probably meant', async () => {
    const io = makeIo();
    expect(await runCommand(['strat'], io)).toBe(2);
    expect(io.errors).toEqual(['There is no command "strat". Did you mean "start"?']);
  });

  it.each(['constructor', 'frobnicate'])('does not know %s', async (name) => {
    const io = makeIo();
    expect(await runCommand([name], io)).toBe(2);
    expect(io.errors[0]).toContain(`There is no command "${name}".`);
  });

  it('hands the rest of the line to the command', async () => {
    const io = makeIo();
    expect(await runCommand(['start', '--help'], io)).toBe(0);
    expect(io.lines[0]).toContain('--only engine');
    expect(await runCommand(['start', '--prot', '1'], io)).toBe(2);
    expect(io.errors).toEqual([
      'There is no option --prot. Did you mean --port?\nWith --help the command says what it takes.',
    ]);
  });

  it.each([
    ...['start', 'engine', 'login-link', 'doctor', 'backup', 'restore', 'package', 'docs', 'prepare', 'provision'],
    ...['trace analyze', 'trace compare', 'demo backfill', 'demo trace'],
  ])('says of %s that it has no such option', async (words) => {
    const io = makeIo();
    expect(await runCommand([...words.split(' '), '--helpp'], io)).toBe(2);
    expect(io.errors).toEqual([
      'There is no option --helpp. Did you mean --help?\nWith --help the command says what it takes.',
    ]);
    expect(io.lines).toEqual([]);
  });

  it.each([
    ...['start', 'api', 'login-link', 'trace', 'doctor', 'backup', 'restore', 'package', 'bench', 'docs', 'prepare'],
    ...['provision', 'trace analyze', 'trace compare', 'demo backfill', 'demo trace'],
  ])('has %s explain itself', async (words) => {
    const io = makeIo();
    expect(await runCommand([...words.split(' '), '--help'], io)).toBe(0);
    expect(io.lines).toHaveLength(1);
    expect(io.errors).toEqual([]);
  });
});
