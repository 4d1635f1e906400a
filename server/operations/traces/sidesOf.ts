import type { TraceSet } from '../../../src/api/traces.ts';
import type { TraceSides } from '../../../src/api/traceComparison.ts';
import { ascending, quantile } from '../../../src/core/statistics/quantile.ts';
import { durationOf } from '../../../src/core/traces/spanFields.ts';
import type { Trace } from '../../../src/core/traces/trace.ts';
import { normalId, TRACE_ID_LENGTH } from '../../../src/core/traces/traceIds.ts';
import { addMs, durationMs, type EpochMs } from '../../../src/core/units.ts';
import { bothQueries } from '../../../src/queries/traceql/bothQueries.ts';
import { buildTraceFilterQuery } from '../../../src/queries/traceql/traceFilterQuery.ts';

/** Slow is what nine in ten are not. */
const SLOW_SHARE = 0.9;

export interface Parted {
  readonly a: readonly Trace[];
  readonly b: readonly Trace[];
  readonly slowerThanNs: number | null;
}

/** Two sets to read, or one that is parted once it is read. */
export type SidesPlan =
  | { readonly a: TraceSet; readonly b: TraceSet; readonly part?: (a: readonly Trace[], b: readonly Trace[]) => Parted }
  | { readonly both: TraceSet; readonly part: (traces: readonly Trace[]) => Parted };

/** What each way to say the sides comes to. */
export function sidesOf(sides: TraceSides): SidesPlan {
  switch (sides.kind) {
    case 'sets':
      return { a: sides.a, b: sides.b };
    case 'before_after': {
      const { query, at, each, limit } = sides;
      const before = { from: addMs(at, durationMs(-each)), to: at };
      return {
        ...{ a: { query, ...before, limit }, b: { query, from: at, to: addMs(at, each), limit } },
        part: (a, b) => partAt(at, a, b),
      };
    }
    case 'versions':
      return { a: versionSet(sides, sides.a), b: versionSet(sides, sides.b) };
    case 'slow_normal':
      return { both: setOf(sides), part: partSlow };
    case 'selection_rest':
      return { a: setOf(sides), b: { traceIds: sides.selection }, part: withoutSelection(sides.selection) };
  }
}

type Asked = Extract<TraceSet, { readonly query: string }>;

const setOf = ({ query, from, to, limit }: Asked): TraceSet => ({ query, from, to, limit });

function versionSet(
  { service, query, from, to, limit }: Extract<TraceSides, { readonly kind: 'versions' }>,
  version: string
): TraceSet {
  const ofVersion = buildTraceFilterQuery({
    service,
    attributes: [{ scope: 'resource', key: 'service.version', op: '=', value: version }],
  });
  return { query: query === undefined ? ofVersion : bothQueries(query, ofVersion), from, to, limit };
}

const rootDuration = (trace: Trace): number => durationOf(trace, trace.roots[0] ?? 0);

function partSlow(traces: readonly Trace[]): Parted {
  const slowerThanNs = quantile(ascending(traces.map(rootDuration)), SLOW_SHARE);
  const isSlow = (trace: Trace): boolean => rootDuration(trace) > slowerThanNs;
  return {
    a: traces.filter((trace) => !isSlow(trace)),
    b: traces.filter(isSlow),
    slowerThanNs: traces.length === 0 ? null : slowerThanNs,
  };
}

/** A search looks at whole seconds, and finds traces that reach into its window: of two that touch each trace is of one. */
export function partAt(at: EpochMs, a: readonly Trace[], b: readonly Trace[]): Parted {
  const isAfter = ({ epochNs }: Trace): boolean => epochNs >= BigInt(at) * 1_000_000n;
  return { a: a.filter((trace) => !isAfter(trace)), b: b.filter(isAfter), slowerThanNs: null };
}

/** Leaves out of A what is selected. */
export const withoutSelection = (selection: readonly string[]) => {
  const selected = new Set(selection.map((id) => normalId(id, TRACE_ID_LENGTH)));
  return (a: readonly Trace[], b: readonly Trace[]): Parted => ({
    a: a.filter(({ traceId }) => !selected.has(traceId)),
    b,
    slowerThanNs: null,
  });
};
