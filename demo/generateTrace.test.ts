import { parseTraceJson } from '../src/core/traces/parse/parseTraces.ts';
import { selectTrace } from '../src/core/traces/parse/selectTrace.ts';
import { kindOf, serviceOf } from '../src/core/traces/spanFields.ts';
import type { Trace } from '../src/core/traces/trace.ts';
import { generateTrace, traceShapes, type TraceOrder } from './generateTrace.ts';

const write = (order: Partial<TraceOrder>): string =>
  [...generateTrace({ spans: 3000, shape: 'shop', seed: 7, startMs: 1_760_000_000_000, ...order })].join('');
const read = (order: Partial<TraceOrder>): Trace => selectTrace(parseTraceJson(write(order)));

describe('generateTrace', () => {
  it.each(traceShapes)('writes a whole trace with so many spans: %s', (shape) => {
    for (const spans of [1, 2, 1000, 3001]) {
      const { size, roots, notices, epochNs } = read({ shape, spans });
      expect([size, roots.length, notices, epochNs]).toEqual([spans, 1, [], 1_760_000_000_000_000_000n]);
    }
  });

  it('looks like the shop: its services, several processes each, calls, a queue and failures', () => {
    const trace = read({});
    expect(trace.services.toSorted()).toEqual(['cart', 'catalog', 'checkout', 'payments', 'storefront', 'worker']);
    expect(trace.resources.length).toBeGreaterThan(trace.services.length);
    const pairs = new Set<string>();
    trace.parent.forEach((parent, span) => {
      const sides = [parent, span].map((one) => `${serviceOf(trace, one)} ${kindOf(trace, one)}`);
      pairs.add(sides.join(' → '));
    });
    expect([...pairs]).toEqual(
      expect.arrayContaining([
        'storefront client → checkout server',
        'checkout client → payments server',
        'checkout producer → worker consumer',
      ])
    );
    const failed = trace.status.filter((status) => status === 2).length;
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(trace.size / 20);
    expect(trace.events.size).toBe(failed);
  });

  it('is deep as a chain, and flat when wide', () => {
    expect(Math.max(...read({ shape: 'chain' }).depth)).toBe(2999);
    expect(Math.max(...read({ shape: 'wide' }).depth)).toBe(1);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(write({})).toBe(write({}));
    expect(write({})).not.toBe(write({ seed: 8 }));
  });

  it('comes in pieces', () => {
    const sizes = [...generateTrace({ spans: 20_000, shape: 'shop', seed: 1, startMs: 0 })].map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThan(500_000);
  });
});
