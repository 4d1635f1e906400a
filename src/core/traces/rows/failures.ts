import { cell } from '../column.ts';
import { SPAN_STATUSES, type Trace } from '../trace.ts';

const ERROR = SPAN_STATUSES.indexOf('error');

export interface Failures {
  /** Failed spans in the trace's order. */
  readonly spans: Uint32Array;
  /** How many of a span and all below it failed. */
  readonly within: (span: number) => number;
}

/** Which spans failed, countable for any subtree at once. */
export function findFailures(trace: Trace): Failures {
  const before = new Uint32Array(trace.size + 1);
  const spans: number[] = [];
  for (let span = 0; span < trace.size; span += 1) {
    const failed = trace.status[span] === ERROR;
    before[span + 1] = cell(before, span) + (failed ? 1 : 0);
    if (failed) {
      spans.push(span);
    }
  }
  return {
    spans: Uint32Array.from(spans),
    within: (span) => cell(before, cell(trace.subtreeEnd, span)) - cell(before, span),
  };
}

/** The place after (or before) one in an ascending list, going round at its end; undefined where the list is empty. */
export function stepThrough(places: Uint32Array, from: number | null, by: 1 | -1): number | undefined {
  let low = 0;
  let high = places.length;
  const start = from ?? -1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cell(places, middle) < start || (by === 1 && cell(places, middle) === start)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const index = by === 1 ? low : low - 1;
  return places[(index + places.length) % places.length];
}
