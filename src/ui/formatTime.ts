import { dateTimeFormat, dateTimeParse } from '@grafana/data';
import { formatSpan } from '../core/formatSpan.ts';
import { t } from '../i18n/t.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** `6 m ago`, `just now`, `in 2 h`. Times in epoch ms. */
export function formatRelative(at: number, now: number): string {
  if (at > now + SECOND) {
    return t('ui.format-time.in', 'in {{span}}', { span: formatSpan(at - now) });
  }
  return now - at < 2 * SECOND
    ? t('ui.format-time.just-now', 'just now')
    : t('ui.format-time.ago', '{{span}} ago', { span: formatSpan(now - at) });
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

/** The time of day to the millisecond, for what happened within one minute: `14:02:07.123`. */
export const formatInstant = (at: number, timeZone: string): string =>
  dateTimeFormat(at, { timeZone, format: 'HH:mm:ss.SSS' });

/** A stretch of time within a day or so: `14:01:30 to 14:02:30`; the date when it does not begin today, seconds only where they matter. */
export function formatWindow(
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
  timeZone: string
): string {
  const clock = to - from < 10 * MINUTE ? 'HH:mm:ss' : 'HH:mm';
  const dayOf = (at: number): string => dateTimeFormat(at, { timeZone, format: 'MM-DD' });
  const written = (at: number, other: number): string =>
    `${dayOf(at) === dayOf(other) ? '' : `${dayOf(at)} `}${dateTimeFormat(at, { timeZone, format: clock })}`;
  return t('ui.format-time.to', '{{from}} to {{to}}', { from: written(from, now), to: written(to, from) });
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
    return t('ui.format-time.browser-time', 'browser time');
  }
  return timeZone === 'utc' ? 'UTC' : timeZone;
}
