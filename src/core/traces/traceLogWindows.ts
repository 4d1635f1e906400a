import type { TimeWindow } from '../evidence/evidence.ts';
import type { NonEmpty } from '../evidence/windows.ts';
import { epochMs, hours, minutes, seconds, type DurationMs, type EpochMs } from '../units.ts';

/** Clocks differ, and a line may be written a moment after the span that it is of. */
const NEAR = seconds(5);
const FURTHER: NonEmpty<DurationMs> = [minutes(5), hours(1)];

export interface TraceLogAttempt {
  /** `elsewhere`: of any service, after the one that was asked about had none. */
  readonly by: 'trace' | 'elsewhere' | 'service';
  readonly where: 'label' | 'text';
  readonly window: TimeWindow;
}

/**
 * How lines of a trace are looked for: those that carry its id, near and then further away. Of a service, then those of any other that
 * carry it, and only then what the service wrote at that time, for which far away means nothing.
 * @param now windows end there at the latest
 */
export function traceLogAttempts(
  { from, to }: TimeWindow,
  { now, withService }: { readonly now: EpochMs; readonly withService: boolean }
): NonEmpty<TraceLogAttempt> {
  const around = (by: DurationMs): TimeWindow => ({
    from: epochMs(from - by),
    to: epochMs(Math.max(from, Math.min(to + by, now))),
  });
  const byId = (by: 'trace' | 'elsewhere', window: TimeWindow): NonEmpty<TraceLogAttempt> => [
    { by, where: 'label', window },
    { by, where: 'text', window },
  ];
  const further = (by: 'trace' | 'elsewhere') => FURTHER.flatMap((away) => byId(by, around(away)));
  const byService = [NEAR, minutes(1), minutes(5)].map((by): TraceLogAttempt => ({
    by: 'service',
    where: 'text',
    window: around(by),
  }));
  const ofAny = [...byId('trace', around(NEAR)), ...further('trace')] as const;
  return withService ? [...ofAny, ...further('elsewhere'), ...byService] : ofAny;
}
