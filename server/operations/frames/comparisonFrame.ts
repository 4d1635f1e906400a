import { TRACE_COMPARISON_COLUMNS } from '../../../src/api/frames.ts';
import { createTraceSetComparer } from '../../../src/core/traces/compare/compareTraceSets.ts';
import type { PathDifference } from '../../../src/core/traces/compare/comparison.ts';
import type { Trace } from '../../../src/core/traces/trace.ts';
import { addMs, durationMs, formatDuration } from '../../../src/core/units.ts';
import { inTurns } from '../traces/inTurns.ts';
import { loadTracePair } from '../traces/loadTraceSet.ts';
import { partAt, withoutSelection } from '../traces/sidesOf.ts';
import { buildFrame, tableMeta, warning } from './buildFrame.ts';
import type { FrameSource } from './frameSource.ts';
import { numbers, texts, type ColumnOf } from './tableColumns.ts';
import { noticesOfSet, traceQlOf } from './traceQuestion.ts';

const DEFAULT_TRACES = 100;
const MOST_TRACES = 500;

const time = (displayName: string) => ({ displayName, unit: 'ns' });
const share = (displayName: string) => ({ displayName, unit: 'percentunit' });

/** Names of a path from the top down are no more than these: a trace may be of any depth. */
const MOST_ABOVE = 8;

interface PlacedPath extends PathDifference {
  readonly place: string;
}

const COLUMNS: Readonly<Record<(typeof TRACE_COMPARISON_COLUMNS)[number], ColumnOf<PlacedPath>>> = {
  service: texts(({ service }) => service, { displayName: 'Service' }),
  operation: texts(({ operation }) => operation, { displayName: 'Operation' }),
  path: texts(({ place }) => place, { displayName: 'Path' }),
  contribution: numbers(({ contributionNs }) => contributionNs, time('Contribution')),
  medianBefore: numbers(({ a }) => a.medianNs, time('p50 before')),
  medianNow: numbers(({ b }) => b.medianNs, time('p50 now')),
  p95Before: numbers(({ a }) => a.p95Ns, time('p95 before')),
  p95Now: numbers(({ b }) => b.p95Ns, time('p95 now')),
  p95P: numbers(({ p95 }) => p95?.corrected ?? null, { displayName: 'p (p95)' }),
  durationP: numbers(({ duration }) => duration?.corrected ?? null, { displayName: 'p (duration)' }),
  countBefore: numbers(({ a }) => a.perTrace, { displayName: 'Spans per trace before' }),
  countNow: numbers(({ b }) => b.perTrace, { displayName: 'Spans per trace now' }),
  countP: numbers(({ count }) => count?.corrected ?? null, { displayName: 'p (count)' }),
  errorsBefore: numbers(({ a }) => a.errorShare, share('Errors before')),
  errorsNow: numbers(({ b }) => b.errorShare, share('Errors now')),
  errorsP: numbers(({ errors }) => errors?.corrected ?? null, { displayName: 'p (errors)' }),
  tracesBefore: numbers(({ a }) => a.traces, { displayName: 'Traces before' }),
  tracesNow: numbers(({ b }) => b.traces, { displayName: 'Traces now' }),
};

/** The traces within the range against those of as long a time before: where the difference of their durations comes from. */
export const comparisonFrame: FrameSource<'traceComparison'> = {
  isTable: true,
  async answer({ deps, namespace, refId, from, to, now, signal }, asked) {
    const limit = Math.min(asked.limit ?? DEFAULT_TRACES, MOST_TRACES);
    const query = traceQlOf(asked);
    const back = durationMs(-(asked.offset ?? to - from));
    const call = { identity: { namespace }, now, signal };
    const [before, after] = await loadTracePair(deps, call, [
      { query, from: addMs(from, back), to: addMs(to, back), limit },
      { query, from, to, limit },
    ]);
    const notices = new Map([...noticesOfSet(before), ...noticesOfSet(after)].map((notice) => [notice.text, notice]));
    // Windows that overlap or lie apart have no one boundary; a trace that both found is one of now.
    const part =
      addMs(to, back) === from
        ? (a: readonly Trace[], b: readonly Trace[]) => partAt(from, a, b)
        : withoutSelection(after.traces.map(({ traceId }) => traceId));
    const { a, b } = part(before.traces, after.traces);
    const comparer = createTraceSetComparer();
    await inTurns(a, signal, (trace) => comparer.add('a', trace));
    await inTurns(b, signal, (trace) => comparer.add('b', trace));
    const empty = [
      a.length === 0 ? `No trace of ${formatDuration(durationMs(-back))} earlier to compare with.` : '',
      b.length === 0 ? 'No trace within the range.' : '',
    ].filter((text) => text !== '');
    const { paths } = comparer.finish();
    const rows = empty.length > 0 ? [] : withPlaces(paths);
    return [
      buildFrame(
        { refId, name: 'comparison', meta: tableMeta([...notices.values(), ...empty.map(warning)]) },
        TRACE_COMPARISON_COLUMNS.map((name) => COLUMNS[name](name, rows))
      ),
    ];
  },
};

/** The same operation may stand at several places: each with what is above it, from the top down. */
function withPlaces(paths: readonly PathDifference[]): readonly PlacedPath[] {
  const byPath = new Map(paths.map((one) => [one.path, one]));
  return paths.map((one) => {
    const names: string[] = [];
    let at: PathDifference | undefined = one;
    for (
      ;
      at !== undefined && names.length <= MOST_ABOVE;
      at = at.parent === null ? undefined : byPath.get(at.parent)
    ) {
      names.unshift(`${at.service}: ${at.operation}`);
    }
    return { ...one, place: [...(at === undefined ? [] : ['…']), ...names].join(' › ') };
  });
}
