import type { LogEvidence } from '../../../src/core/evidence/evidence.ts';
import { logPatterns } from '../../../src/core/evidence/logPatterns.ts';
import { readLogLine } from '../../../src/core/evidence/readLogLine.ts';
import { logAttempts } from '../../../src/core/evidence/windows.ts';
import { buildLogLinesQuery } from '../../../src/queries/logql/logLinesQuery.ts';
import type { Deps } from '../../deps.ts';
import { noLongerKept } from '../system/noLongerKept.ts';
import { PART_MS, untilFound } from './askInTime.ts';
import { unaskable, type Subject } from './subject.ts';

/** More than a person reads, and enough to see what lines have in common. */
const MOST_LINES = 100;

/** Log lines of the service around the moment: warnings and above before all others. */
export async function logsOf(deps: Deps, subject: Subject): Promise<LogEvidence> {
  const { namespace, service, at, now, signal, order } = subject;
  const attempts = logAttempts(at, now);
  const loki = deps.sources.loki(namespace);
  const brings = service === '' ? 'the log lines of that time' : `the log lines of ${service} at that time`;
  const problem = unaskable(subject, { kind: 'Loki', configured: loki !== undefined, brings });
  if (problem !== null || loki === undefined) {
    return { items: [], patterns: [], order, more: false, query: null, problem, ...attempts[0] };
  }
  const newest = order === 'newest_first';
  const inTime = { clock: deps.clock, signal, ms: PART_MS, who: 'Loki' };
  const { attempt, items, failed } = await untilFound(attempts, inTime, ({ levels, window }, limited) =>
    loki.queryRange(buildLogLinesQuery({ service, levels }), { ...window, limit: MOST_LINES, newest, signal: limited })
  );
  const gone =
    items.length > 0 || failed !== null ? null : await noLongerKept(loki, { from: attempt.window.from, now, signal });
  const lines = (newest ? items.toReversed() : items).slice(0, MOST_LINES).map(readLogLine);
  return {
    ...attempt,
    items: lines,
    patterns: logPatterns(lines),
    order,
    more: items.length >= MOST_LINES,
    query: buildLogLinesQuery({ service, levels: attempt.levels }),
    problem: failed === null ? gone : `${failed} Log lines of ${service} are missing here.`,
  };
}
