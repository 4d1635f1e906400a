import { compareTraceSets } from '../../src/core/traces/compare/compareTraceSets.ts';
import { describeComparison } from '../../src/core/traces/compare/describeComparison.ts';
import { setClocksRight } from '../../src/core/traces/setClocksRight.ts';
import type { Trace } from '../../src/core/traces/trace.ts';
import type { Io } from '../io.ts';
import { strictOptions } from '../strictOptions.ts';
import { UsageError } from '../usageError.ts';
import { answer } from './answer.ts';
import { harmless } from './columns.ts';
import { comparisonTable } from './comparisonTable.ts';
import { readTraces } from './readTraces.ts';

export const summary = 'What differs between two traces, or two sets of them: pharos trace compare A B';

/** Of a side. */
const MOST_NOTICES = 5;
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

What is missing or odd in a side is said on standard error.

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
  return answer(io, async () => {
    const chosen = parseOptions(argv);
    return chosen.help ? usage : compare(chosen, io);
  });
}

/** @throws UsageError that names the option and what was expected */
function parseOptions(argv: readonly string[]): CompareOptions {
  const { values, positionals } = strictOptions(argv, options, 'words');
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

async function compare({ a, b, asJson }: CompareOptions, io: Io): Promise<string> {
  const sides = { A: await readSide(a, io), B: await readSide(b, io) };
  Object.entries(sides).forEach(([name, traces]) => tellNotices(name, traces, io));
  const comparison = compareTraceSets(sides.A, sides.B);
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

/** What must be known of a side before its figures are trusted; beside them, so that JSON stays JSON. */
function tellNotices(side: string, traces: readonly Trace[], io: Io): void {
  tellClocks(side, traces, io);
  const counts = new Map<string, number>();
  for (const message of traces.flatMap(({ notices }) => notices.map((notice) => notice.message))) {
    counts.set(message, (counts.get(message) ?? 0) + 1);
  }
  const said = [...counts].slice(0, MOST_NOTICES);
  for (const [message, count] of said) {
    const where = count === 1 ? '' : ` (${count} of ${traces.length} traces)`;
    io.error(harmless(`${side}${traces.length === 1 ? '' : where}: ${message}`));
  }
  if (counts.size > said.length) {
    io.error(`${side}: and ${counts.size - said.length} more; pharos trace analyze tells those of one trace.`);
  }
}

/** Of both kinds of figures, because they need not add up where clocks differ. */
function tellClocks(side: string, traces: readonly Trace[], io: Io): void {
  const count = traces.filter((trace) => setClocksRight(trace).trace !== trace).length;
  if (count > 0) {
    const where = traces.length === 1 ? '' : ` (${count} of ${traces.length} traces)`;
    io.error(
      `${side}${where}: Clocks differ or are coarse: what paths add is with clocks set right, durations are as recorded.`
    );
  }
}
