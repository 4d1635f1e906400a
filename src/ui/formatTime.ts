import { dateTimeFormat, dateTimeParse } from '@grafana/data';

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

/** `6 m ago`, `just now`, `in 2 h`. Times in epoch ms. */
export function formatRelative(at: number, now: number): string {
  if (at > now + SECOND) {
    return `in ${formatSpan(at - now)}`;
  }
  return now - at < 2 * SECOND ? 'just now' : `${formatSpan(now - at)} ago`;
}

/** `2026-11-21 14:02:07` in the viewer's zone. */
export const formatAbsolute = (at: number, timeZone: string): string =>
  dateTimeFormat(at, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' });

/** The time of day, with the date when it is not today: `14:02` or `11-20 14:02`. */
export function formatClock(at: number, now: number, timeZone: string): string {
  const sameDay =
    dateTimeFormat(at, { timeZone, format: 'YYYYMMDD' }) === dateTimeFormat(now, { timeZone, format: 'YYYYMMDD' });
  return dateTimeFormat(at, { timeZone, format: sameDay ? 'HH:mm' : 'MM-DD HH:mm' });
}

/** As an `<input type="datetime-local">` has it. */
const FIELD_FORMAT = 'YYYY-MM-DDTHH:mm';

/** A time for such an input, in the viewer's zone, to the minute. */
export const formatField = (at: number, timeZone: string): string =>
  dateTimeFormat(at, { timeZone, format: FIELD_FORMAT });

/** Epoch ms of what such an input holds, read in the viewer's zone; undefined for anything else. */
export function parseField(text: string, timeZone: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) {
    return undefined;
  }
  const at = dateTimeParse(text.slice(0, 16), { timeZone, format: FIELD_FORMAT }).valueOf();
  return Number.isFinite(at) ? at : undefined;
}

/** Names the viewer's zone for people. */
export function zoneName(timeZone: string): string {
  if (timeZone === 'browser') {
    return 'browser time';
  }
  return timeZone === 'utc' ? 'UTC' : timeZone;
}
