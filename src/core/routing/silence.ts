import type { Matcher } from '../matchers.ts';
import type { EpochMs } from '../units.ts';

export interface Silence {
  readonly id: string;
  readonly namespace: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly createdBy: string;
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
