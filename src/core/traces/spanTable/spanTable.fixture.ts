import { criticalPath } from '../criticalPath.ts';
import { drawTrace } from '../drawTrace.fixture.ts';
import { spanMeasures } from '../spanMeasures.ts';
import type { Trace } from '../trace.ts';
import type { MeasuredTrace } from './sortSpans.ts';

const MS = 1_000_000;

/** A checkout of 100 ms in which a payment fails; times in ms. */
export const checkoutTrace = (): Trace =>
  drawTrace(
    [
      { id: 'root', name: 'POST /checkout', service: 'shop', kind: 'server', from: 0, to: 100 },
      { id: 'price', parent: 'root', name: 'price order', service: 'shop', from: 0, to: 20 },
      {
        ...{ id: 'call', parent: 'root', name: 'POST /pay', service: 'shop', kind: 'client', from: 20, to: 90 },
        failed: true,
        attributes: [['http.response.status_code', 502]],
      },
      {
        ...{ id: 'pay', parent: 'call', name: 'POST /pay', service: 'payments', kind: 'server', from: 25, to: 85 },
        failed: true,
        statusMessage: 'card declined',
        attributes: [
          ['card.brand', 'visa'],
          ['http.response.status_code', 502],
        ],
      },
      { id: 'mail', parent: 'root', name: 'send mail', service: 'mail', kind: 'consumer', from: 95, to: 160 },
    ],
    MS
  );

export function measuredCheckout(): MeasuredTrace {
  const trace = checkoutTrace();
  return { trace, ...spanMeasures(trace, criticalPath(trace)) };
}

export const namesOf = ({ trace }: Pick<MeasuredTrace, 'trace'>, spans: Iterable<number>): readonly string[] =>
  Array.from(spans, (span) => trace.names[trace.name[span] ?? -1] ?? '');
