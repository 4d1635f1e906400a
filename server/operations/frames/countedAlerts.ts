import type { Alert } from '../../../src/core/alerts/alert.ts';
import type { AlertChange } from '../../../src/core/alerts/countOverTime.ts';
import { replayHistory, type AlertBrief } from '../../../src/core/alerts/replayHistory.ts';
import { addMs, epochMs, hours, type EpochMs } from '../../../src/core/units.ts';
import type { AlertFilter } from '../../store/store.ts';
import { warning, type Notice } from './buildFrame.ts';
import type { FrameCall } from './frameSource.ts';

/** What one count reads at most: about a second's work, and 30 MB. */
const LIMITS = { alerts: 50_000, lines: 100_000 };
type Limits = typeof LIMITS;

/** A source may say later that an alert ended earlier; it counts until Pharos knew. Nobody is later than this by much. */
const TOLD_LATE_MS = hours(1);

export interface CountedAlerts {
  /** Ascending; the state of each alert at `since`, and what became of it. */
  readonly changes: readonly AlertChange[];
  readonly alerts: ReadonlyMap<string, Pick<Alert, 'service' | 'source' | 'startsAt'>>;
  /** What was before this cannot be said. */
  readonly since: EpochMs;
  readonly notices: readonly Notice[];
}

/**
 * How the alerts stood within the range, as the history has it: the answer is the one that a look at the alerts would have given then.
 * Reads a bounded number of rows by index; when there are more, `since` is later than `from` and a notice says so.
 */
export async function readCountedAlerts(
  { deps, namespace, from, to, now, signal }: Pick<FrameCall, 'deps' | 'namespace' | 'from' | 'to' | 'now' | 'signal'>,
  filter: Pick<AlertFilter, 'services' | 'owners' | 'sources'>,
  limits: Limits = LIMITS
): Promise<CountedAlerts> {
  const { alerts: alertStore, history } = deps.store.read;
  const keptSince = epochMs(now - deps.config.retention);
  const start = later(from, keptSince);
  const alerts = await alertStore.during(namespace, {
    filter,
    limit: limits.alerts,
    from: epochMs(start - TOLD_LATE_MS),
    to,
  });
  signal.throwIfAborted();
  const completeFrom = later(start, completeSince(alerts, limits));
  const newestFirst = await history.stateLines(namespace, { after: completeFrom, upTo: to, limit: limits.lines });
  signal.throwIfAborted();
  const oldest = newestFirst.length === limits.lines ? newestFirst.at(-1)?.at : undefined;
  const since = oldest === undefined ? completeFrom : later(completeFrom, oldest);
  const lines = newestFirst.filter(({ at }) => at > since).toReversed();
  const started = alerts.filter(({ startsAt }) => startsAt <= since).map(({ id }) => id);
  const before = await history.lastConditions(namespace, started, since);
  return {
    changes: replayHistory({ since, alerts, before, lines, keptSince }),
    alerts: new Map(alerts.map((alert) => [alert.id, alert])),
    since,
    notices: noticesOf({ from, since, keptSince, alerts, limits }),
  };
}

const later = (a: EpochMs, b: EpochMs): EpochMs => (a > b ? a : b);

/** Of the resolved alerts only the last ones are read: before the first of them to end, others may have been open too. */
function completeSince(alerts: readonly AlertBrief[], limits: Limits): EpochMs {
  const ends = alerts.flatMap(({ resolvedAt, state }) =>
    state === 'resolved' && resolvedAt !== null ? [resolvedAt] : []
  );
  return ends.length < limits.alerts ? epochMs(0) : addMs(epochMs(ends.at(-1) ?? 0), TOLD_LATE_MS);
}

interface Facts {
  readonly from: EpochMs;
  readonly since: EpochMs;
  readonly keptSince: EpochMs;
  readonly alerts: readonly AlertBrief[];
  readonly limits: Limits;
}

function noticesOf({ from, since, keptSince, alerts, limits }: Facts): readonly Notice[] {
  const begin = new Date(since).toISOString();
  const open = alerts.filter(({ state }) => state !== 'resolved').length;
  const tooMany =
    open === limits.alerts ? [warning(`${limits.alerts} alerts or more are open; not all are counted.`)] : [];
  if (since <= from) {
    return tooMany;
  }
  return [
    ...tooMany,
    since === keptSince
      ? warning(`The history goes back to ${begin}: nothing is counted before.`)
      : warning(`More happened in this range than is read at once: counted from ${begin} on. Choose a shorter range.`),
  ];
}
