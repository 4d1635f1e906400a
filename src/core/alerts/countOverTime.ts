import type { EpochMs } from '../units.ts';
import type { AlertState } from './alert.ts';
import type { Severity } from './severity.ts';

/** How one alert stood from a moment on. */
export interface AlertChange {
  readonly alertId: string;
  readonly at: EpochMs;
  readonly state: AlertState;
  readonly severity: Severity;
}

export interface CountRequest<C extends AlertChange> {
  /** At which to count; ascending. */
  readonly times: readonly EpochMs[];
  /** Ascending; of changes of one alert at one moment the later one stands. Those before the first time say how it began. */
  readonly changes: readonly C[];
  /** The group in which an alert that stands so is counted; undefined: in none. */
  readonly groupOf: (change: C) => string | undefined;
}

/**
 * How many alerts were in each group at each of the times, where a change counts from its own moment on. One sweep over the changes.
 * @returns by group one count for each time; groups in which nothing was ever counted are not there
 */
export function countOverTime<C extends AlertChange>(request: CountRequest<C>): ReadonlyMap<string, readonly number[]> {
  const counts = new Map<string, number[]>();
  sweep(request, (group, count, index) => {
    const row = counts.get(group) ?? Array.from(request.times, () => 0);
    row[index] = count;
    counts.set(group, row);
  });
  return counts;
}

/** The highest count of each group over the times: which groups are worth a row each, before there is one for all of them. */
export function peaksOverTime<C extends AlertChange>(request: CountRequest<C>): ReadonlyMap<string, number> {
  const peaks = new Map<string, number>();
  sweep(request, (group, count) => peaks.set(group, Math.max(count, peaks.get(group) ?? 0)));
  return peaks;
}

function sweep<C extends AlertChange>(
  { times, changes, groupOf }: CountRequest<C>,
  see: (group: string, count: number, index: number) => void
): void {
  const groupOfAlert = new Map<string, string>();
  const now = new Map<string, number>();
  const add = (group: string, by: number) => {
    const count = (now.get(group) ?? 0) + by;
    if (count === 0) {
      now.delete(group);
    } else {
      now.set(group, count);
    }
  };
  const apply = (change: C) => {
    const before = groupOfAlert.get(change.alertId);
    const after = groupOf(change);
    if (before !== undefined) {
      add(before, -1);
      groupOfAlert.delete(change.alertId);
    }
    if (after !== undefined) {
      add(after, 1);
      groupOfAlert.set(change.alertId, after);
    }
  };
  let next = 0;
  times.forEach((time, index) => {
    for (let change = changes[next]; change !== undefined && change.at <= time; change = changes[next]) {
      apply(change);
      next++;
    }
    now.forEach((count, group) => see(group, count, index));
  });
}
