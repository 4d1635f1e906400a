import { bySeverity } from '../../src/core/alerts/severity.ts';
import type { Notification, NotifiedAlert } from './receiver.ts';

export type NotifiedStatus = 'firing' | 'no_data' | 'resolved';

/** What the receiver should hold true of the alert after this entry. */
export function statusOf({ kind }: NotifiedAlert): NotifiedStatus {
  if (kind === 'resolved' || kind === 'no_data') {
    return kind;
  }
  return 'firing';
}

const WORST_FIRST: readonly NotifiedStatus[] = ['firing', 'no_data', 'resolved'];

/** The newest entry of each alert, in the order in which the alerts first appear. */
export function latestOfEach(alerts: readonly NotifiedAlert[]): readonly NotifiedAlert[] {
  return [...new Map(alerts.map((entry) => [entry.alert.id, entry])).values()];
}

/** The worst status that holds after all entries; an alert that fired and resolved within one delivery counts as resolved. */
export function worstStatus(alerts: readonly NotifiedAlert[]): NotifiedStatus {
  const statuses = latestOfEach(alerts).map(statusOf);
  return WORST_FIRST.find((status) => statuses.includes(status)) ?? 'resolved';
}

const STATUS_WORDS = { firing: '', no_data: 'No data: ', resolved: 'Resolved: ' } as const;

/** `[critical] checkout: p95 latency above 800 ms`, `Resolved: checkout: …`. */
export function alertTitle(entry: NotifiedAlert): string {
  const status = statusOf(entry);
  const severity = status === 'firing' ? `[${entry.alert.severity}] ` : '';
  return `${severity}${STATUS_WORDS[status]}${entry.alert.summary}`;
}

/** One line for the whole delivery: the alert itself, or how many of each. */
export function headline({ alerts, test }: Notification): string {
  const latest = latestOfEach(alerts);
  const [only] = latest;
  const prefix = test ? 'Test: ' : '';
  if (only !== undefined && latest.length === 1) {
    return `${prefix}${alertTitle(only)}`;
  }
  const count = (status: NotifiedStatus) => latest.filter((entry) => statusOf(entry) === status).length;
  const parts = (
    [
      ['firing', 'firing'],
      ['no_data', 'without data'],
      ['resolved', 'resolved'],
    ] as const
  )
    .map(([status, word]) => [count(status), word] as const)
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`);
  return `${prefix}${latest.length} alerts: ${parts.join(', ')}`;
}

/** Cuts by whole characters and marks the cut. */
export function cut(text: string, max: number): string {
  const characters = Array.from(text);
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** Most urgent first, what still holds before what ended. */
export function byUrgency(alerts: readonly NotifiedAlert[]): readonly NotifiedAlert[] {
  const rank = (entry: NotifiedAlert) => WORST_FIRST.indexOf(statusOf(entry));
  return alerts.toSorted((a, b) => rank(a) - rank(b) || bySeverity(a.alert.severity, b.alert.severity));
}
