import { dateMath, dateTime, rangeUtil, type TimeRange } from '@grafana/data';

/**
 * A time range as it stands in an address, in Grafana's own words: `now-1h`, or epoch ms. An end that is no time counts as that of
 * `fallback`.
 */
export function readRange(
  given: { readonly from: string | undefined; readonly to: string | undefined },
  timeZone: string,
  fallback: { readonly from: string; readonly to: string }
): TimeRange {
  const raw = { from: endOf(given.from, fallback.from), to: endOf(given.to, fallback.to) };
  const range = rangeUtil.convertRawToRange(raw, timeZone);
  return range.from.valueOf() < range.to.valueOf() ? range : rangeUtil.convertRawToRange(fallback, timeZone);
}

function endOf(text = '', fallback: string) {
  if (/^\d{10,15}$/.test(text)) {
    return dateTime(Number(text));
  }
  return dateMath.isMathString(text) && dateMath.isValid(text) ? text : fallback;
}

/** One end of a range as it stands in an address. */
export const writeRangeEnd = (end: TimeRange['raw']['from']): string =>
  typeof end === 'string' ? end : String(end.valueOf());
