import type { EpochMs } from '../units.ts';
import type { Alert, Suppression } from './alert.ts';
import { advance, announced, unchanged, type Step } from './episode.ts';

/**
 * Marks an open alert with what suppresses it now. An alert that is let out of its last suppression while it still fires is
 * announced then, as its receivers may never have heard of it.
 */
export function suppress(alert: Alert, suppressedBy: readonly Suppression[], now: EpochMs): Step {
  if (alert.state === 'resolved' || isSame(alert.suppressedBy, suppressedBy)) {
    return unchanged(alert);
  }
  const fields = { suppressedBy };
  const change = (reason: string) => ({ event: { at: now, actor: 'engine', reason }, fields });
  if (suppressedBy.length > 0) {
    return advance(unchanged(alert), 'suppressed', change(`suppressed by ${list(suppressedBy)}`));
  }
  const freed = advance(unchanged(alert), 'unsuppressed', change(`${list(alert.suppressedBy)} ended`));
  return alert.state === 'firing' || alert.state === 'no_data' ? announced(freed) : freed;
}

const keyOf = ({ kind, id }: Suppression): string => `${kind} ${id}`;

const list = (suppressedBy: readonly Suppression[]): string => suppressedBy.map(keyOf).join(', ');

const isSame = (a: readonly Suppression[], b: readonly Suppression[]): boolean =>
  a.length === b.length && a.every((one, index) => keyOf(one) === keyOf(b[index] ?? { kind: 'silence', id: '' }));
