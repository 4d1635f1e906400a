import type { Silence } from '../routing/silence.ts';
import type { EpochMs } from '../units.ts';
import type { Alert, Suppression } from './alert.ts';
import { advance, announced, unchanged, type Step } from './episode.ts';

/** What suppresses an alert; a silence with what the history says of it. */
export interface Suppressor extends Suppression {
  readonly silence?: Silence;
}

/** A silence that somebody ended before its time. */
export interface EndedSilence {
  readonly id: string;
  readonly by: string;
}

interface Moment {
  readonly now: EpochMs;
  readonly ended?: EndedSilence | undefined;
  /** Ids of the silences that are in force: what one of them let out has changed itself. */
  readonly inForce?: ReadonlySet<string> | undefined;
}

/**
 * Marks an open alert with what suppresses it now: one transition for each that is new, by the person whose silence it is. An alert
 * that is let out of its last suppression while it still fires is announced then, as its receivers may never have heard of it.
 */
export function suppress(alert: Alert, suppressors: readonly Suppressor[], { now, ended, inForce }: Moment): Step {
  const suppressedBy = suppressors.map(({ kind, id }): Suppression => ({ kind, id }));
  if (alert.state === 'resolved' || isSame(alert.suppressedBy, suppressedBy)) {
    return unchanged(alert);
  }
  const fields = { suppressedBy };
  const gone = without(alert.suppressedBy, suppressedBy);
  const endedBy = gone.some(({ kind, id }) => kind === 'silence' && id === ended?.id) ? ended : undefined;
  const ending = gone.map((one) => `${keyOf(one)} ${wordsOfEnd(one, { ended: endedBy, inForce })}`).join(', ');
  const letOut = (rest: string) => ({
    event: { at: now, actor: endedBy?.by ?? 'engine', reason: `${ending}${rest}` },
    fields,
  });
  if (suppressors.length === 0) {
    const freed = advance(unchanged(alert), 'unsuppressed', letOut(''));
    return alert.state === 'firing' || alert.state === 'no_data' ? announced(freed) : freed;
  }
  const added = without(suppressors, alert.suppressedBy);
  if (added.length === 0) {
    const left = suppressors.map(describe).join('; ');
    return advance(unchanged(alert), 'suppressed', letOut(`; still suppressed by ${left}`));
  }
  return added.reduce((step, one, index) => {
    const before = index === 0 && gone.length > 0 ? `${ending}; ` : '';
    const event = {
      at: now,
      actor: one.silence?.madeBy ?? 'engine',
      reason: `${before}suppressed by ${describe(one)}`,
    };
    return advance(step, 'suppressed', { event, fields });
  }, unchanged(alert));
}

const keyOf = ({ kind, id }: Suppression): string => `${kind} ${id}`;

function wordsOfEnd({ kind, id }: Suppression, { ended, inForce }: Pick<Moment, 'ended' | 'inForce'>): string {
  if (kind === 'silence' && inForce?.has(id) === true) {
    return 'no longer matches';
  }
  return kind === 'silence' && id === ended?.id ? `ended by ${ended.by}` : 'ended';
}

/** `silence s1 (by Ada, until 2026-11-21 15:00:00Z): work on it`. */
function describe(one: Suppressor): string {
  const { silence } = one;
  if (silence === undefined) {
    return keyOf(one);
  }
  const until = new Date(silence.endsAt).toISOString().slice(0, 19).replace('T', ' ');
  return `${keyOf(one)} (${whose(silence)}, until ${until}Z): ${silence.comment}`;
}

/** Clients of Alertmanager's API write any name as `createdBy`: it is told apart from who called. */
function whose({ madeBy, createdBy }: Silence): string {
  if (madeBy === createdBy) {
    return `by ${createdBy}`;
  }
  return `${madeBy === undefined ? '' : `by ${madeBy} `}in the name of ${createdBy}`;
}

function without<T extends Suppression>(list: readonly T[], others: readonly Suppression[]): readonly T[] {
  const keys = new Set(others.map(keyOf));
  return list.filter((one) => !keys.has(keyOf(one)));
}

const isSame = (a: readonly Suppression[], b: readonly Suppression[]): boolean =>
  a.length === b.length && a.every((one, index) => keyOf(one) === keyOf(b[index] ?? { kind: 'silence', id: '' }));
