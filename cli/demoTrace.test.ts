import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseTraceJson } from '../src/core/traces/parse/parseTraces.ts';
import { selectTrace } from '../src/core/traces/parse/selectTrace.ts';
import { runCommand } from './commands.ts';

let folder: string;
let lines: string[];
let errors: string[];

const trace = (...argv: string[]): Promise<number> =>
  runCommand(['demo', 'trace', ...argv], {
    out: (line) => lines.push(line),
    error: (line) => errors.push(line),
    environment: {},
  });

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pharos-trace-'));
  lines = [];
  errors = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('demo trace', () => {
  it('writes a trace that can be read', async () => {
    const file = path.join(folder, 'trace.json');
    expect(await trace('--spans', '500', '--out', file)).toBe(0);
    expect(selectTrace(parseTraceJson(readFileSync(file, 'utf8'))).size).toBe(500);
    expect([lines, errors]).toEqual([[], []]);
  });

  it.each([
    [['--spans', '0'], 'Expected --spans from 1 to 5000000, got "0".'],
    [['--spans', '1e3'], 'Expected --spans from 1 to 5000000, got "1e3".'],
    [['--seed', '-'], 'Expected --seed as a whole number below 2^32, got "-".'],
    [['--shape', 'star'], 'Expected --shape as one of shop, chain, wide, got "star".'],
    [['--shapes', 'shop'], 'There is no option --shapes. Did you mean --shape?'],
    [['100'], "Unexpected argument '100'"],
  ])('says what is wrong with %j', async (argv, sentence) => {
    expect(await trace(...argv)).toBe(2);
    expect(errors.join('\n')).toContain(sentence);
  });

  it('says that it could not write', async () => {
    expect(await trace('--out', path.join(folder, 'gone', 'trace.json'))).toBe(1);
    expect(errors.join('\n')).toMatch(/^The trace is not complete: .*ENOENT/);
  });

  it('says how it is used', async () => {
    expect(await trace('--help')).toBe(0);
    expect(lines.join('\n')).toContain('--shape  shop: a job that sends many requests');
  });
});
