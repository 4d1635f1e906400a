import { analyzeTrace, type TraceAnalysis } from '../../src/core/traces/analyzeTrace.ts';
import { selectTrace } from '../../src/core/traces/parse/selectTrace.ts';
import type { ParsedTraces } from '../../src/core/traces/parse/parseTraces.ts';
import { TraceInputError } from '../../src/core/traces/parse/traceInputError.ts';
import { setClocksRight, type ClocksSetRight } from '../../src/core/traces/setClocksRight.ts';
import type { Trace } from '../../src/core/traces/trace.ts';
import type { Io } from '../io.ts';
import { strictOptions } from '../strictOptions.ts';
import { UsageError } from '../usageError.ts';
import { answer } from './answer.ts';
import { analysisTable } from './analysisTable.ts';
import { readTraces } from './readTraces.ts';

export const summary = 'Critical path, times by operation and errors of one trace: pharos trace analyze FILE';

const FORMATS = ['table', 'json'];

const usage = `Usage: pharos trace analyze FILE|TRACE_ID|- [--format table|json] [--trace ID]
                            [--adjust-skew]

Says of one trace which spans held it up (its critical path), where the time went by
service and operation, what would be saved without each, and what failed and why.

FILE is OTLP JSON, JSON or protobuf of Tempo, Jaeger JSON or Zipkin v2 JSON, also
packed with gzip, of at most 1 GiB (JSON of Jaeger and Zipkin: 512 MiB); "-" is standard
input. No engine is needed for either. A TRACE_ID is asked of the engine (PHAROS_URL,
PHAROS_TOKEN; see pharos api --help).

Of each operation the table says: self, the time in which nothing below it ran; critical,
its time on the critical path, and which share of the path that is; slack, how much a
span may grow before the root does; saves, by how much the root would be shorter without.

  --format FORMAT   table for reading (default), or json
  --trace ID        which trace, where FILE holds several
  --adjust-skew     set clocks right first: spans of hosts whose clocks differ move into
                    their parents, and ends that a clock of milliseconds made too late
                    are those of their parents; by default times are taken as recorded
  --help            this text

The exit code is 1 where there is no trace to analyse, 2 where this line is wrong.`;

const options = {
  format: { type: 'string', default: 'table' },
  trace: { type: 'string' },
  'adjust-skew': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface AnalyzeOptions {
  readonly help: boolean;
  readonly given: string;
  readonly asJson: boolean;
  readonly traceId: string | undefined;
  readonly adjustSkew: boolean;
}

export function run(argv: readonly string[], io: Io): Promise<number> {
  return answer(io, async () => {
    const chosen = parseOptions(argv);
    return chosen.help ? usage : analyze(chosen, io);
  });
}

/** @throws UsageError that names the option and what was expected */
function parseOptions(argv: readonly string[]): AnalyzeOptions {
  const { values, positionals } = strictOptions(argv, options, 'words');
  const [given = '', more] = positionals;
  if (!values.help && given === '') {
    throw new UsageError('Nothing to analyse: expected a file, a trace id or "-".');
  }
  if (more !== undefined) {
    throw new UsageError(`There is more than one file: "${more}".`);
  }
  if (!FORMATS.includes(values.format)) {
    throw new UsageError(`--format is "${values.format}": expected ${FORMATS.join(' or ')}.`);
  }
  if (values.trace?.trim() === '') {
    throw new UsageError('--trace is empty: expected the id of a trace.');
  }
  return {
    help: values.help,
    given,
    asJson: values.format === 'json',
    traceId: values.trace,
    adjustSkew: values['adjust-skew'],
  };
}

async function analyze({ given, traceId, asJson, adjustSkew }: AnalyzeOptions, io: Io): Promise<string> {
  const recorded = selected(await readTraces(given, io), { given, traceId });
  const clocks = setClocksRight(recorded);
  const trace = adjustSkew ? clocks.trace : recorded;
  const analysis = adjustSkew ? analyzeTrace(trace) : withClocksWarned(analyzeTrace(trace), clocks);
  return asJson ? JSON.stringify(analysis, null, 2) : analysisTable(trace, analysis);
}

const CLOCKS_DIFFER =
  'Calls begin or end outside of what their caller waited for: clocks differ, and times are as recorded. --adjust-skew sets clocks right first.';

/** Says, of a trace as it was recorded, that clocks cannot have been right, and of how many spans. */
function withClocksWarned(analysis: TraceAnalysis, { adjustments }: ClocksSetRight): TraceAnalysis {
  const count = adjustments.reduce((sum, { spans }) => sum + spans, 0);
  return count === 0
    ? analysis
    : {
        ...analysis,
        warnings: [...analysis.warnings, { code: 'clock_skew', message: CLOCKS_DIFFER, count, spanIds: [] }],
      };
}

function selected(parsed: ParsedTraces, { given, traceId }: Pick<AnalyzeOptions, 'given' | 'traceId'>): Trace {
  try {
    return selectTrace(parsed, traceId);
  } catch (error) {
    const hint = traceId === undefined ? ' Name it with --trace ID.' : '';
    throw error instanceof TraceInputError
      ? new TraceInputError(`${given === '-' ? 'Standard input' : given}: ${error.message}${hint}`, { cause: error })
      : error;
  }
}
