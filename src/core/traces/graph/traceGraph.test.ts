import fc from 'fast-check';
import { criticalPath } from '../criticalPath.ts';
import { drawTrace } from '../drawTrace.fixture.ts';
import { spanMeasures } from '../spanMeasures.ts';
import type { Trace } from '../trace.ts';
import { narrowGraph } from './narrowGraph.ts';
import { GRAPH_NODES, traceGraph, type GraphNodes } from './traceGraph.ts';

const graphOf = (trace: Trace, by: GraphNodes) => traceGraph(trace, spanMeasures(trace, criticalPath(trace)), by);

/** shop calls payments twice, the second call fails; payments calls bank; shop sends mail. */
const checkout = drawTrace([
  { id: 'root', service: 'shop', from: 0, to: 100 },
  { id: 'prepare', parent: 'root', service: 'shop', from: 0, to: 10 },
  { id: 'pay1', parent: 'root', service: 'payments', name: 'pay', from: 10, to: 40 },
  { id: 'pay2', parent: 'root', service: 'payments', name: 'pay', from: 40, to: 90, failed: true },
  { id: 'bank', parent: 'pay2', service: 'bank', from: 45, to: 80, failed: true },
  { id: 'mail', parent: 'root', service: 'mail', from: 90, to: 95, tiedByLink: true },
]);

it('counts calls between services with their time and failures', () => {
  const { nodes, edges } = graphOf(checkout, 'service');
  expect(
    nodes.map(({ service, spans, errors, ownCalls, isEntry }) => [service, spans, errors, ownCalls, isEntry])
  ).toEqual([
    ['shop', 2, 0, 1, true],
    ['payments', 2, 1, 0, false],
    ['bank', 1, 1, 0, false],
    ['mail', 1, 0, 0, false],
  ]);
  expect(
    edges.map(({ from, to, calls, errors, totalNs, linked }) => [from, to, calls, errors, totalNs, linked])
  ).toEqual([
    [0, 1, 2, 1, 80, 0],
    [1, 2, 1, 1, 35, 0],
    [0, 3, 1, 0, 5, 1],
  ]);
});

it('leads to the slowest span of a node, and to the first that failed', () => {
  const [shop, payments] = graphOf(checkout, 'service').nodes;
  expect([shop?.slowest, shop?.failed]).toEqual([0, null]);
  expect([payments?.slowest, payments?.failed].map((span) => checkout.startNs[span ?? -1])).toEqual([40, 40]);
});

it('tells operations of one service apart', () => {
  const { nodes, edges } = graphOf(checkout, 'operation');
  expect(nodes.map(({ service, operation }) => `${service} ${operation}`)).toEqual([
    'shop root',
    'shop prepare',
    'payments pay',
    'bank bank',
    'mail mail',
  ]);
  expect(edges).toHaveLength(4);
});

it('keeps only what failed and the way to it, with errors only', () => {
  const narrowed = narrowGraph(graphOf(checkout, 'service'), { errorsOnly: true, most: 10 });
  expect(narrowed.nodes.map(({ service }) => service)).toEqual(['shop', 'payments', 'bank']);
  expect(narrowed.edges.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

it('keeps entries, failures and the busiest where there are too many, and says how many are left out', () => {
  const narrowed = narrowGraph(graphOf(checkout, 'service'), { errorsOnly: false, most: 3 });
  expect(narrowed.nodes.map(({ service }) => service)).toEqual(['shop', 'payments', 'bank']);
  expect([narrowed.leftOut, narrowed.places, narrowed.edges.length]).toEqual([1, [0, 1, 2], 2]);
});

it('loses no span, no call and no time', () => {
  const spans = fc.array(fc.record({ parent: fc.nat(), service: fc.nat(4), failed: fc.boolean() }), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(spans, fc.constantFrom(...GRAPH_NODES), (items, by) => {
      const trace = drawTrace(
        items.map(({ parent, service, failed }, at) => ({
          id: `s${at}`,
          ...(at === 0 ? {} : { parent: `s${parent % at}` }),
          ...{ from: at, to: at + 10, service: `service ${service}`, name: `operation ${parent % 3}`, failed },
        }))
      );
      const { nodes, edges } = graphOf(trace, by);
      const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0);
      expect(sum(nodes.map(({ spans: count }) => count))).toBe(trace.size);
      expect(sum(nodes.map(({ ownCalls }) => ownCalls)) + sum(edges.map(({ calls }) => calls))).toBe(trace.size - 1);
      expect(sum(nodes.map(({ errors }) => errors))).toBe(items.filter(({ failed }) => failed).length);
      expect(sum(nodes.map(({ criticalNs }) => criticalNs))).toBe(10);
    })
  );
});
