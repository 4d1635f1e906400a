import type { Matcher } from '../matchers.ts';
import type { EpochMs } from '../units.ts';

export interface Silence {
  readonly id: string;
  readonly namespace: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  /** Over Alertmanager's API whatever the client writes. */
  readonly createdBy: string;
  /** The name of the caller who made it; absent where it was made before this was kept. */
  readonly madeBy?: string;
  readonly comment: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

export type SilenceState = 'pending' | 'active' | 'expired';

export function silenceState(silence: Pick<Silence, 'startsAt' | 'endsAt'>, now: EpochMs): SilenceState {
  if (silence.endsAt <= now) {
    return 'expired';
  }
  return silence.startsAt <= now ? 'active' : 'pending';
}

/** Ended now. One that had not begun never did. */
export const expired = (silence: Silence, now: EpochMs): Silence => ({
  ...silence,
  startsAt: silence.startsAt > now ? now : silence.startsAt,
  endsAt: now,
  updatedAt: now,
});

export type SilenceEdit = Pick<Silence, 'matchers' | 'startsAt' | 'endsAt'>;

/**
 * Whether an edit may change a silence where it stands, by the rule of Alertmanager: as long as it lives, with the same matchers, and
 * with the same start once it has begun (its clients send whole seconds). Else what it kept quiet so far would be told wrongly
 * afterwards, so that the old one ends and a new one takes its place.
 */
export function keepsItsPast(before: Silence, edit: SilenceEdit, now: EpochMs): boolean {
  const state = silenceState(before, now);
  if (state === 'expired' || !sameMatchers(before.matchers, edit.matchers)) {
    return false;
  }
  return state === 'active' ? second(edit.startsAt) === second(before.startsAt) : edit.startsAt >= now;
}

const second = (at: EpochMs): number => Math.floor(at / 1000);

/** In any order: all of them must hold. */
function sameMatchers(a: readonly Matcher[], b: readonly Matcher[]): boolean {
  const keys = (matchers: readonly Matcher[]) => matchers.map((one) => JSON.stringify([one.name, one.op, one.value]));
  const [left, right] = [keys(a).toSorted(), keys(b).toSorted()];
  return left.length === right.length && left.every((key, index) => key === right[index]);
}
