import { dateTimeFormat } from '@grafana/data';
import { formatSpan } from '../core/formatSpan.ts';

export { formatSpan };

const SECOND = 1000;

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
