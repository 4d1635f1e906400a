import { formatValue } from '../../src/core/signals/formatValue.ts';
import {
  SIGNIFICANCE_LEVEL,
  type PathDifference,
  type SetFigures,
  type Tested,
  type TraceComparison,
} from '../../src/core/traces/compare/comparison.ts';
import { formatNanoseconds } from '../../src/core/traces/formatNanoseconds.ts';
import { row, wrapped, type Column } from './columns.ts';

const MOST_PATHS = 30;

/** A comparison for a terminal of 80 columns. */
export function comparisonTable(comparison: TraceComparison, answer: string): string {
  const { a, b, paths, folded } = comparison;
  const shown = paths.slice(0, MOST_PATHS);
  const more = paths.length - shown.length;
  const parts = [
    wrapped(answer).map((line) => line.slice(2)),
    [row(SET_COLUMNS, ['', 'traces', 'spans', 'mean', 'median', 'p95', 'failed']), setRow('A', a), setRow('B', b)],
    [
      'What makes the difference, the most first',
      row(PATH_COLUMNS, ['service: operation', 'adds', 'median A', 'median B', 'spans', 'failed']),
      ...shown.map(pathRow),
      ...(more > 0 ? [`  … and ${more} more, all of them with --format json`] : []),
    ],
    ['p95 of their spans', row(P95_COLUMNS, ['service: operation', 'p95 A', 'p95 B']), ...shown.map(p95Row)],
    [testsLine(comparison), ...(folded > 0 ? [`${folded} spans of too many paths count for the ones above.`] : [])],
  ];
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

const right = (width: number): Column => ({ width, align: 'right' });
const left = (width: number): Column => ({ width, align: 'left' });

const SET_COLUMNS = [left(2), right(7), right(8), right(9), right(9), right(9), right(8)];

const setRow = (name: string, { traces, spans, meanNs, medianNs, p95Ns, failed }: SetFigures): string =>
  row(SET_COLUMNS, [
    ...[name, String(traces), String(spans)],
    ...[meanNs, medianNs, p95Ns].map(formatNanoseconds),
    formatValue(traces === 0 ? null : failed / traces, 'ratio'),
  ]);

const PATH_COLUMNS = [left(27), right(9), right(9), right(9), right(9), right(12)];

function pathRow(path: PathDifference): string {
  const { a, b, contributionNs, duration, count, errors } = path;
  const sign = contributionNs > 0 ? '+' : '';
  return row(PATH_COLUMNS, [
    nameOf(path),
    `${sign}${formatNanoseconds(contributionNs)}`,
    timeOrNone(a.medianNs),
    marked(timeOrNone(b.medianNs), duration),
    marked(change(a.perTrace, b.perTrace, perTrace), count),
    marked(
      change(a.errorShare, b.errorShare, (share) => formatValue(share, 'ratio')),
      errors
    ),
  ]);
}

const P95_COLUMNS = [left(58), right(10), right(10)];

const p95Row = (path: PathDifference): string =>
  row(P95_COLUMNS, [nameOf(path), timeOrNone(path.a.p95Ns), marked(timeOrNone(path.b.p95Ns), path.p95)]);

const timeOrNone = (ns: number | null): string => (ns === null ? '-' : formatNanoseconds(ns));

const nameOf = (path: PathDifference): string =>
  `${presence(path)}${' '.repeat(Math.min(path.depth, 6))}${path.service}: ${path.operation}`;

function presence({ a, b }: PathDifference): string {
  if (a.traces === 0) {
    return '+ ';
  }
  return b.traces === 0 ? '- ' : '  ';
}

const perTrace = (count: number): string => String(Number(count.toPrecision(2)));

function change(before: number | null, after: number | null, format: (value: number) => string): string {
  const [first, second] = [before, after].map((value) => (value === null ? '-' : format(value)));
  return first === second ? (first ?? '') : `${first}>${second}`;
}

const marked = (text: string, test: Tested | null): string => (test?.isSignificant === true ? `${text}*` : text);

function testsLine({ tests, untested }: TraceComparison): string {
  if (untested === 'one_trace_each') {
    return 'One trace each: no test.';
  }
  return untested === 'too_few'
    ? 'Too few traces for a test.'
    : `* p < ${SIGNIFICANCE_LEVEL}, corrected for ${tests} tests; + only in B, - only in A.`;
}
