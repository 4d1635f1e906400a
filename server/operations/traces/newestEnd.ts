import { epochMs, type EpochMs } from '../../../src/core/units.ts';
import { RawJson } from '../../rawJson.ts';

/** Names of the lists on the way to the spans, in OTLP and in both forms of Tempo. */
const LISTS = ['trace', 'resourceSpans', 'batches', 'scopeSpans', 'instrumentationLibrarySpans', 'spans'];
const DIGITS = /^\d{1,20}$/;

/**
 * When the newest span of a document ended, without building the trace; null where nothing tells. Times are digits of the same length
 * in practice, and are compared as text by length first.
 * @param latest ends after it are passed over
 */
export function newestEnd(document: unknown, latest: EpochMs): EpochMs | null {
  const limit = String(BigInt(Math.floor(latest)) * 1_000_000n);
  const newest = document instanceof RawJson ? newestInBytes(document, limit) : newestInSpans(document, limit);
  return newest === '' ? null : epochMs(Number(BigInt(newest) / 1_000_000n));
}

function newestInSpans(document: unknown, limit: string): string {
  let newest = '';
  const open: unknown[] = [document];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (Array.isArray(one)) {
      // Not by spreading: 100,000 arguments are too many.
      one.forEach((each: unknown) => open.push(each));
    } else if (typeof one === 'object' && one !== null) {
      newest = laterWithin(limit, newest, endIn(one));
      for (const name of LISTS) {
        if (name in one) {
          open.push(Reflect.get(one, name));
        }
      }
    }
  }
  return newest;
}

const END = '"endTimeUnixNano":"';

function newestInBytes(document: RawJson, limit: string): string {
  let newest = '';
  for (let at = document.find(END); at !== -1; at = document.find(END, at + 1)) {
    const from = at + END.length;
    const end = document.bytes.toString('latin1', from, from + 20).split('"')[0] ?? '';
    newest = DIGITS.test(end) ? laterWithin(limit, newest, end) : newest;
  }
  return newest;
}

function endIn(span: object): string {
  const end: unknown = 'endTimeUnixNano' in span ? span.endTimeUnixNano : undefined;
  const text = typeof end === 'number' ? end.toFixed(0) : end;
  return typeof text === 'string' && DIGITS.test(text) ? text : '';
}

const isLater = (a: string, b: string): boolean => a.length > b.length || (a.length === b.length && a > b);

const laterWithin = (limit: string, a: string, b: string): string => (isLater(b, a) && !isLater(b, limit) ? b : a);
