import { analyzeTrace } from './analyzeTrace.ts';
import { drawTrace, exceptionEvent } from './drawTrace.fixture.ts';
import { createDraw, drawTree } from './pathOracle.fixture.ts';
import type { Trace } from './trace.ts';

const trace = drawTrace([
  { id: 'a1', from: 100, to: 1100, service: 'shop', name: 'checkout', kind: 'server' },
  {
    id: 'a2',
    parent: 'a1',
    from: 200,
    to: 700,
    service: 'pay',
    name: 'charge',
    failed: true,
    events: [exceptionEvent('Declined', 'card 12 refused')],
  },
  { id: 'a3', parent: 'a1', from: 900, to: 90_000, service: 'mail', name: 'send' },
  { id: 'b1', from: 120, to: 140, service: 'cron', name: 'tick', parent: 'gone' },
]);
const id = (hex: string): string => hex.padStart(16, '0');

describe('analyzeTrace', () => {
  it('says everything in a form for JSON, the times as decimal text after the earliest span', () => {
    const said = analyzeTrace(trace);
    expect(JSON.parse(JSON.stringify(said))).toEqual(said);
    expect(said).toMatchObject({
      ...{ traceId: 'ab'.padStart(32, '0'), spanCount: 4, durationNs: '89900', epochNs: '1790000000000000100' },
      roots: [
        { spanId: id('a1'), service: 'shop', operation: 'checkout', startNs: '0', endNs: '1000' },
        { spanId: id('b1'), service: 'cron', operation: 'tick', startNs: '20', endNs: '40' },
      ],
      criticalPath: [
        { spanId: id('a1'), startNs: '0', endNs: '100' },
        { spanId: id('a2'), startNs: '100', endNs: '600' },
        { spanId: id('a1'), startNs: '600', endNs: '1000' },
      ],
      notAwaited: [
        {
          spanId: id('a3'),
          service: 'mail',
          operation: 'send',
          rule: 'outlives',
          why: 'it continues after its parent has ended',
          mayBeClock: false,
        },
      ],
      errors: [
        {
          ...{ spanId: id('a2'), service: 'pay', operation: 'charge', count: 1, type: 'Declined', end: 'swallowed' },
          ...{ message: 'card 12 refused', template: 'card <*> refused', chain: [id('a2')], stoppedAt: id('a1') },
          ...{ visibleIn: null, tries: null, triesSucceeded: null, alsoFailed: [] },
        },
      ],
      moreErrors: 0,
    });
    expect(said.warnings.map(({ code }) => code)).toEqual(['missing_parent', 'several_roots']);
    expect(said).not.toHaveProperty('criticalPathNotComputed');
    expect(said.operations).toContainEqual({
      ...{ service: 'pay', operation: 'charge', count: 1, errors: 1, totalNs: '500', selfNs: '500', criticalNs: '500' },
      ...{ pathShare: 0.5, p50Ns: '500', p95Ns: '500', p99Ns: '500', slackNs: '0', dragNs: '500' },
    });
    expect(said.operations).toContainEqual(expect.objectContaining({ service: 'mail', slackNs: null, dragNs: '0' }));
  });

  it('takes the earliest root for the path, though another is longer', () => {
    const said = analyzeTrace(
      drawTrace([
        { id: 'a1', from: 5, to: 5000 },
        { id: 'b1', from: 0, to: 20 },
      ])
    );
    expect(said.criticalPath).toEqual([{ spanId: id('b1'), startNs: '0', endNs: '20' }]);
    expect(said.warnings.map(({ message }) => message)).toContain(
      'The trace has 2 roots. The critical path is that of the earliest.'
    );
  });

  it.each<[string, Trace, string]>([
    ['has no spans', drawTrace([]), 'because the trace has no spans'],
    [
      'has a root of no length',
      drawTrace([{ id: 'a1', from: 5, to: 5, name: 'still' }]),
      'because the root (shop: still, 00000000000000a1) is 0 ns long: there is no time that anything could hold up',
    ],
  ])('says why there is no path where the trace %s', (_name, without, why) => {
    expect(analyzeTrace(without)).toMatchObject({ criticalPath: [], criticalPathNotComputed: why });
  });

  it('is exact beyond what a number of JSON holds, and never in another form', () => {
    const far = drawTrace([{ id: 'a1', from: 0, to: 2 ** 53 }]);
    expect(analyzeTrace(far).criticalPath).toEqual([{ spanId: id('a1'), startNs: '0', endNs: '9007199254740992' }]);
    const draw = createDraw(2);
    for (let round = 0; round < 300; round += 1) {
      const said = analyzeTrace(drawTrace(drawTree({ draw, mostSpans: 9, longest: 9 }), 1000));
      const times = JSON.stringify(said).match(/"\w+Ns":("[^"]*"|[^,}]*)/g) ?? [];
      expect(times.filter((one) => !/:("\d+"|null)$/.test(one))).toEqual([]);
      const sum = said.criticalPath.reduce((total, { startNs, endNs }) => total + BigInt(endNs) - BigInt(startNs), 0n);
      const [root] = said.roots;
      expect(sum).toBe(BigInt(root?.endNs ?? 0) - BigInt(root?.startNs ?? 0));
    }
  });

  it('leaves the trace as it was', () => {
    const before = structuredClone(trace);
    analyzeTrace(trace);
    expect(trace).toEqual(before);
  });

  it('answers for a trace of 20,000 spans of as many operations', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({
      ...{ id: `s${i}`, name: `n${i}`, from: i, to: 40_000 - i },
      ...(i === 0 ? {} : { parent: `s${i >> 1}` }),
    }));
    const { operations } = analyzeTrace(drawTrace(many));
    expect(operations).toHaveLength(20_000);
    expect(operations.filter(({ dragNs }) => dragNs !== null)).toHaveLength(50);
  });
});
