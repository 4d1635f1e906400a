import type { AnalyzedOperation, AnalyzedSpan, NsText, TraceAnalysis } from '../../src/core/traces/analyzeTrace.ts';
import { criticalPath, type PathSection } from '../../src/core/traces/criticalPath.ts';
import { formatNanoseconds } from '../../src/core/traces/formatNanoseconds.ts';
import { operationOf, serviceOf } from '../../src/core/traces/spanFields.ts';
import type { Trace } from '../../src/core/traces/trace.ts';
import { fitted, row, wrapped, type Column } from './columns.ts';

const MOST_OPERATIONS = 25;
const MOST_SECTIONS = 40;
const MOST_ERRORS = 10;
const MOST_NOT_AWAITED = 10;

/** An analysis for a terminal of 80 columns. */
export function analysisTable(trace: Trace, analysis: TraceAnalysis): string {
  return [
    heading(analysis),
    section(
      'Warnings',
      analysis.warnings.flatMap(({ message }) => wrapped(message))
    ),
    section(
      'Where the time went',
      listed(analysis.operations, { most: MOST_OPERATIONS, lines: (operation) => [operationRow(operation)] }, [
        row(OPERATION_COLUMNS, ['service: operation', 'spans', 'self', 'critical', 'share', 'slack', 'saves']),
      ])
    ),
    section('Critical path, from start to end', pathLines(trace, analysis)),
    section('Not waited for, so not on the path', notAwaitedLines(analysis)),
    section('Errors', errorLines(analysis)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines].join('\n');

interface Listing<T> {
  readonly most: number;
  readonly lines: (item: T) => readonly string[];
}

function listed<T>(items: readonly T[], { most, lines }: Listing<T>, before: readonly string[] = []): string[] {
  if (items.length === 0) {
    return [];
  }
  const more = items.length - most;
  return [
    ...before,
    ...items.slice(0, most).flatMap(lines),
    ...(more > 0 ? [`  … and ${more} more, all of them with --format json`] : []),
  ];
}

const time = (ns: NsText): string => formatNanoseconds(Number(ns));
const timeOrNone = (ns: NsText | null): string => (ns === null ? '-' : time(ns));
const labelOf = ({ service, operation }: Pick<AnalyzedSpan, 'service' | 'operation'>): string =>
  `${service}: ${operation}`;

function heading({ traceId, spanCount, durationNs, epochNs, roots }: TraceAnalysis): string {
  const [root] = roots;
  const spans = `${spanCount} span${spanCount === 1 ? '' : 's'}`;
  const lines = [fitted(`Trace ${traceId}`, 80), `${time(durationNs)}, ${spans}, from ${startText(epochNs)}`];
  if (root !== undefined) {
    const took = String(BigInt(root.endNs) - BigInt(root.startNs));
    lines.push(fitted(`Root ${labelOf(root)}, ${time(took)}`, 80));
  }
  return lines.join('\n');
}

/** Years beyond 9999 and before 0 have other forms; what no date can hold is shown as it is. */
function startText(epochNs: NsText): string {
  const at = new Date(Number(BigInt(epochNs) / 1_000_000n));
  return Number.isNaN(at.getTime()) ? `${epochNs} ns since 1970` : at.toISOString();
}

const OPERATION_COLUMNS: readonly Column[] = [
  { width: 30, align: 'left' },
  { width: 7, align: 'right' },
  { width: 8, align: 'right' },
  { width: 8, align: 'right' },
  { width: 7, align: 'right' },
  { width: 7, align: 'right' },
  { width: 7, align: 'right' },
];

const operationRow = (operation: AnalyzedOperation): string =>
  row(OPERATION_COLUMNS, [
    labelOf(operation),
    String(operation.count),
    time(operation.selfNs),
    time(operation.criticalNs),
    `${(operation.pathShare * 100).toFixed(1)} %`,
    timeOrNone(operation.slackNs),
    timeOrNone(operation.dragNs),
  ]);

const PATH_COLUMNS: readonly Column[] = [
  { width: 9, align: 'right' },
  { width: 9, align: 'right' },
  { width: 43, align: 'left' },
  { width: 16, align: 'left' },
];

function pathLines(trace: Trace, { criticalPathNotComputed }: TraceAnalysis): readonly string[] {
  if (criticalPathNotComputed !== undefined) {
    return wrapped(`Not computed, ${criticalPathNotComputed}.`);
  }
  const sectionRow = ({ span, startNs, endNs }: PathSection): string =>
    row(PATH_COLUMNS, [
      formatNanoseconds(startNs),
      formatNanoseconds(endNs - startNs),
      labelOf({ service: serviceOf(trace, span), operation: operationOf(trace, span) }),
      trace.spanIds[span] ?? '',
    ]);
  const { sections } = criticalPath(trace);
  return listed(sections, { most: MOST_SECTIONS, lines: (one) => [sectionRow(one)] }, [
    row(PATH_COLUMNS, ['from', 'for', 'service: operation', 'span']),
  ]);
}

function notAwaitedLines({ notAwaited }: TraceAnalysis): readonly string[] {
  const lines = listed(notAwaited, {
    most: MOST_NOT_AWAITED,
    lines: (one) => wrapped(`${labelOf(one)} (${one.spanId}): ${one.why}.`),
  });
  return notAwaited.some(({ mayBeClock }) => mayBeClock)
    ? [...lines, '  Clocks may have made this so: --adjust-skew analyses the trace without.']
    : lines;
}

function errorLines({ errors, moreErrors }: TraceAnalysis): readonly string[] {
  const lines = listed(errors, { most: MOST_ERRORS, lines: ({ story }) => wrapped(story.join(' ')) });
  return moreErrors === 0 ? lines : [...lines, `  … and ${moreErrors} of other kinds`];
}
