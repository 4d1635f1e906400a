import * as contract from '../../../src/api/traceAnalysis.ts';
import { logPatterns } from '../../../src/core/evidence/logPatterns.ts';
import type { LogEntry } from '../../../src/core/evidence/evidence.ts';
import { readLogLine } from '../../../src/core/evidence/readLogLine.ts';
import { traceLogAttempts, type TraceLogAttempt } from '../../../src/core/traces/traceLogWindows.ts';
import { buildLogLinesQuery } from '../../../src/queries/logql/logLinesQuery.ts';
import { buildTraceLogsQuery } from '../../../src/queries/logql/traceLogsQuery.ts';
import { PART_MS, untilFound, type Found } from '../evidence/askInTime.ts';
import { query } from '../operation.ts';
import { requireTraceId } from './getTrace.ts';
import { requireWindow } from './requireWindow.ts';

/** More than a person reads beside a span, and enough to see what they have in common. */
const MOST_LINES = 200;

interface Subject {
  readonly traceId: string;
  readonly service: string | undefined;
}

export const getTraceLogs = query(contract.getTraceLogs, async (deps, call, { traceId: given, service, from, to }) => {
  const { identity, now, signal } = call;
  const subject = { traceId: requireTraceId(given), service };
  requireWindow({ from, to });
  const attempts = traceLogAttempts({ from, to }, { now, withService: service !== undefined });
  const loki = deps.sources.loki(identity.namespace);
  if (loki === undefined) {
    const problem =
      'No Loki is configured for this namespace: with one, the log lines of this trace would be shown here. An admin can add it under Settings, Sources.';
    return { ...NONE, query: null, window: { from, to }, problem };
  }
  const inTime = { clock: deps.clock, signal, ms: PART_MS, who: 'Loki' };
  const ask = (one: TraceLogAttempt, limited: AbortSignal) =>
    loki.queryRange(queryOf(one, subject), { ...one.window, limit: MOST_LINES, signal: limited });
  const byId = await untilFound(attempts.byId, inTime, ask);
  const hasNone = byId.items.length === 0 && attempts.byService !== undefined;
  // In a time of its own: a search of all streams for the id may have taken all of the first.
  const found = hasNone ? await untilFound(attempts.byService, inTime, ask) : byId;
  const { attempt, items } = found;
  const lines = items.slice(0, MOST_LINES).map(lineOf);
  return {
    items: lines,
    patterns: logPatterns(lines),
    more: items.length >= MOST_LINES,
    by: attempt.by,
    query: queryOf(attempt, subject),
    window: attempt.window,
    widened: attempt.window.from < attempts.byId[0].window.from,
    problem: problemOf(byId, found),
  };
});

/** That the id could not be searched for is said too where the service has lines: they may be of other traces only. */
function problemOf(byId: Found<TraceLogAttempt, LogEntry>, { items, failed }: Found<TraceLogAttempt, LogEntry>) {
  const why = failed ?? byId.failed;
  if (why === null) {
    return null;
  }
  return items.length === 0
    ? `${why} Log lines of this trace are missing here.`
    : `${why} Whether any line carries the id of this trace is not known: these are of the service at that time.`;
}

const NONE = { items: [], patterns: [], more: false, widened: false, by: 'trace' as const };

const lineOf = (entry: LogEntry) => ({ ...readLogLine(entry), service: entry.labels['service_name'] ?? null });

const queryOf = ({ by, where }: TraceLogAttempt, { traceId, service }: Subject): string =>
  by === 'service' && service !== undefined
    ? buildLogLinesQuery({ service, levels: 'all' })
    : buildTraceLogsQuery({ traceId, service: by === 'elsewhere' ? undefined : service, where });
