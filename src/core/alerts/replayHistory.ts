import type { EpochMs } from '../units.ts';
import type { AlertSource, AlertState } from './alert.ts';
import type { AlertChange } from './countOverTime.ts';
import type { Severity } from './severity.ts';
import type { TransitionKind } from './transition.ts';

/** Kinds whose line of the history says how the alert itself stood; those of deliveries and comments may speak of an earlier moment. */
export const STATE_KINDS = [
  ...(['pending', 'fired', 'severity_raised', 'severity_lowered', 'no_data', 'data_returned'] as const),
  ...(['stale', 'renewed', 'resolved', 'cleared'] as const),
] as const satisfies readonly TransitionKind[];

export interface Condition {
  readonly state: AlertState;
  readonly severity: Severity;
}

/** As much of an episode as a count over time needs, as it stands now. */
export interface AlertBrief extends Condition {
  readonly id: string;
  readonly service: string;
  readonly source: AlertSource;
  readonly startsAt: EpochMs;
  readonly resolvedAt: EpochMs | null;
}

/** A line of the history of one of `STATE_KINDS`. */
export interface StateLine extends AlertChange {
  /** Null where an episode begins. */
  readonly from: AlertState | null;
}

export interface Replay {
  /** Where the replay begins. */
  readonly since: EpochMs;
  /** Episodes that were open at some time from `since` on. */
  readonly alerts: ReadonlyArray<Pick<AlertBrief, 'id' | 'state' | 'severity' | 'startsAt'>>;
  /** By alert, what its last line up to `since` says. */
  readonly before: ReadonlyMap<string, Condition>;
  /** After `since`, ascending. */
  readonly lines: readonly StateLine[];
  /** The history goes back to here: what began earlier may have lost its first lines. */
  readonly keptSince: EpochMs;
}

/**
 * How the alerts stood from `since` on: one change at `since` for each that was open then, and the lines after it. Lines of other alerts
 * are left out.
 */
export function replayHistory({ since, alerts, before, lines, keptSince }: Replay): readonly AlertChange[] {
  const known = new Set(alerts.map(({ id }) => id));
  const own = lines.filter(({ alertId }) => known.has(alertId));
  const first = new Map(own.toReversed().map((line) => [line.alertId, line]));
  const initial = alerts.flatMap((alert): AlertChange[] => {
    const stood = before.get(alert.id) ?? withoutLines(first.get(alert.id));
    return stood === undefined ? [] : [{ alertId: alert.id, at: since, state: stood.state, severity: stood.severity }];

    /** What is left to go by where no line up to `since` is kept. */
    function withoutLines(next: StateLine | undefined): Condition | undefined {
      if (next !== undefined) {
        return next.from === null ? undefined : { state: next.from, severity: next.severity };
      }
      return alert.startsAt < keptSince ? alert : undefined;
    }
  });
  return [...initial, ...own];
}
