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

export interface TraceLogAttempts {
  /** Lines that carry the id: of the service near and then further away, then near of any other. */
  readonly byId: NonEmpty<TraceLogAttempt>;
  /** What the service wrote at that time, for which far away means nothing; none where no service is asked about. */
  readonly byService: NonEmpty<TraceLogAttempt> | undefined;
}

/**
 * How lines of a trace are looked for.
 * @param now windows end there at the latest
 */
export function traceLogAttempts(
  { from, to }: TimeWindow,
  { now, withService }: { readonly now: EpochMs; readonly withService: boolean }
): TraceLogAttempts {
  const around = (by: DurationMs): TimeWindow => ({
    from: epochMs(from - by),
    to: epochMs(Math.max(from, Math.min(to + by, now))),
  });
  const byId = (by: 'trace' | 'elsewhere', window: TimeWindow): NonEmpty<TraceLogAttempt> => [
    { by, where: 'label', window },
    { by, where: 'text', window },
  ];
  const byService = (by: DurationMs): TraceLogAttempt => ({ by: 'service', where: 'text', window: around(by) });
  const ofTrace = [...byId('trace', around(NEAR)), ...FURTHER.flatMap((away) => byId('trace', around(away)))] as const;
  return withService
    ? {
        // Of all streams, and so near only: further away each attempt could take all the time there is.
        byId: [...ofTrace, ...byId('elsewhere', around(NEAR))],
        byService: [byService(NEAR), byService(minutes(1)), byService(minutes(5))],
      }
    : { byId: ofTrace, byService: undefined };
}
