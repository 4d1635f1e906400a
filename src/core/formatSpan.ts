import { formatDuration, type DurationMs } from './units.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  ['d', DAY, 'h', HOUR],
  ['h', HOUR, 'm', MINUTE],
  ['m', MINUTE, 's', 0],
] as const;

/** A length of time for reading: `12 s`, `6 m`, `1 h 4 m`, `2 d 3 h`. At most two units, the second only where it says something. */
export function formatSpan(ms: number): string {
  for (const [unit, size, smaller, smallerSize] of STEPS) {
    if (ms >= size) {
      const rest = smallerSize === 0 ? 0 : Math.floor((ms % size) / smallerSize);
      return `${Math.floor(ms / size)} ${unit}${rest > 0 ? ` ${rest} ${smaller}` : ''}`;
    }
  }
  return `${Math.max(0, Math.floor(ms / SECOND))} s`;
}

/** A length of time with nothing left out, such as one that somebody set: `1 h 30 m`, `1 m 30 s`, `500 ms`. */
export const formatHold = (hold: DurationMs): string =>
  formatDuration(hold)
    .replaceAll(/(\d+)([a-z]+)/g, '$1 $2 ')
    .trim();
