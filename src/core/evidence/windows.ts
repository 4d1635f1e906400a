import { epochMs, hours, minutes, type DurationMs, type EpochMs } from '../units.ts';
import type { TimeWindow } from './evidence.ts';

/** The minute of the moment; then wider while nothing is found, up to an hour. */
const NARROWEST = minutes(1);
const WIDER: readonly DurationMs[] = [minutes(5), minutes(15)];
/** Warnings are not looked for so far away: lines of a lower level at that minute say more than one half an hour off. */
const WIDEST = hours(1);

/** A deploy may take its time to hurt. */
const DEPLOYS_BEFORE = hours(3);
const DEPLOYS_AFTER = hours(1);

export type NonEmpty<T> = readonly [T, ...T[]];

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
export function evidenceWindows(at: EpochMs, now: EpochMs): NonEmpty<TimeWindow> {
  const of = (width: DurationMs): TimeWindow => around(at, now, { before: width / 2, after: width / 2 });
  return [of(NARROWEST), ...WIDER.map(of), of(WIDEST)];
}

/** In which order log lines are looked for: warnings and above near the moment, then whatever was logged. */
export function logAttempts(at: EpochMs, now: EpochMs): NonEmpty<LogAttempt> {
  const [narrowest, ...wider] = evidenceWindows(at, now);
  const near = wider.slice(0, WIDER.length);
  return [
    { window: narrowest, levels: 'warning' },
    ...near.map((window) => ({ window, levels: 'warning' as const })),
    ...[narrowest, ...wider].map((window) => ({ window, levels: 'all' as const })),
  ];
}

export const deployWindow = (at: EpochMs, now: EpochMs): TimeWindow =>
  around(at, now, { before: DEPLOYS_BEFORE, after: DEPLOYS_AFTER });
