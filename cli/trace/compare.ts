import { parseArgs } from 'node:util';
import { compareTraceSets } from '../../src/core/traces/compare/compareTraceSets.ts';
import { describeComparison } from '../../src/core/traces/compare/describeComparison.ts';
import type { Trace } from '../../src/core/traces/trace.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../startOptions.ts';
import { answer } from './answer.ts';
import { comparisonTable } from './comparisonTable.ts';
import { readTraces } from './readTraces.ts';

export const summary = 'What differs between two traces, or two sets of them: pharos trace compare A B';

const FORMATS = ['table', 'json'];

const usage = `Usage: pharos trace compare A B [--format table|json]

Lays two traces, or two sets of traces, beside each other by the path of service and
operation from the root down, and says what each path adds to the difference of their
durations. With several traces on a side, differences of duration, count and failures are
tested, and corrected for the number of tests; with one each there is no test.

A and B are files as "pharos trace analyze" reads them, of one or several traces each, or
trace ids, several of them separated by commas; "-" is standard input. No engine is needed
for files.

  --format FORMAT   table for reading (default), or json, with times in nanoseconds
  --help            this text

The exit code is 1 where there is nothing to compare, 2 where this line is wrong.`;

const options = {
  format: { type: 'string', default: 'table' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface CompareOptions {
  readonly help: boolean;
  readonly a: string;
  readonly b: string;
  readonly asJson: boolean;
}

export function run(argv: readonly string[], io: Io): Promise<number> {
  return answer(io, usage, async () => {
    const chosen = parseOptions(argv);
    return chosen.help ? usage : compare(chosen, io);
  });
}

/** @throws UsageError that names the option and what was expected */
function parseOptions(argv: readonly string[]): CompareOptions {
  const { values, positionals } = parseStrictly(argv);
  const [a = '', b = '', more] = positionals;
  if (!values.help && b === '') {
    throw new UsageError(`${a === '' ? 'Nothing to compare' : `Nothing to compare ${a} with`}: expected A and B.`);
  }
  if (more !== undefined) {
    throw new UsageError(`"${more}" is one too many: expected A and B.`);
  }
  if (a === '-' && b === '-') {
    throw new UsageError('Both sides are standard input: expected it for one.');
  }
  if (!FORMATS.includes(values.format)) {
    throw new UsageError(`--format is "${values.format}": expected ${FORMATS.join(' or ')}.`);
  }
  return { help: values.help, a, b, asJson: values.format === 'json' };
}

function parseStrictly(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function compare({ a, b, asJson }: CompareOptions, io: Io): Promise<string> {
  const comparison = compareTraceSets(await readSide(a, io), await readSide(b, io));
  const { text } = describeComparison(comparison);
  return asJson ? JSON.stringify({ answer: text, ...comparison }, null, 2) : comparisonTable(comparison, text);
}

const SEVERAL_IDS = /^[0-9a-f]{1,32}(?:,[0-9a-f]{1,32})+$/i;

async function readSide(given: string, io: Io): Promise<readonly Trace[]> {
  const traces: Trace[] = [];
  for (const one of SEVERAL_IDS.test(given) ? given.split(',') : [given]) {
    traces.push(...(await readTraces(one, io)).traces);
  }
  return traces;
}
