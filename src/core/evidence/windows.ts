import { epochMs, hours, minutes, type DurationMs, type EpochMs } from '../units.ts';
import type { TimeWindow } from './evidence.ts';

/** The minute of the moment, then wider while nothing is found, up to an hour. */
const WIDTHS: readonly DurationMs[] = [minutes(1), minutes(5), minutes(15), hours(1)];

/** Lines of a lower level at that minute say more than a warning half an hour away. */
const WIDEST_FOR_WARNINGS = minutes(15);

/** A deploy may take its time to hurt. */
const DEPLOYS_BEFORE = hours(3);
const DEPLOYS_AFTER = hours(1);

export interface LogAttempt {
  readonly window: TimeWindow;
  readonly levels: 'warning' | 'all';
}

/** Nothing is known of the future: windows end now at the latest. */
function around(at: EpochMs, now: EpochMs, { before, after }: { before: number; after: number }): TimeWindow {
  const centre = Math.min(at, now);
  return { from: epochMs(centre - before), to: epochMs(Math.min(centre + after, now)) };
}

/** Where to look for what happened at a moment, narrow first. */
export const evidenceWindows = (at: EpochMs, now: EpochMs): TimeWindow[] =>
  WIDTHS.map((width) => around(at, now, { before: width / 2, after: width / 2 }));

/** In which order log lines are looked for: warnings and above near the moment, then whatever was logged. */
export function logAttempts(at: EpochMs, now: EpochMs): LogAttempt[] {
  const windows = evidenceWindows(at, now);
  const near = windows.filter((_, index) => (WIDTHS[index] ?? 0) <= WIDEST_FOR_WARNINGS);
  return [
    ...near.map((window) => ({ window, levels: 'warning' as const })),
    ...windows.map((window) => ({ window, levels: 'all' as const })),
  ];
}

export const deployWindow = (at: EpochMs, now: EpochMs): TimeWindow =>
  around(at, now, { before: DEPLOYS_BEFORE, after: DEPLOYS_AFTER });
