import type { OutputOf } from '../../api/operation.ts';
import type { CallFiguresView, getServiceMap, MapEdgeView, MapNodeView } from '../../api/serviceMap.ts';
import { edgeId, nameOfNode, NODE_KINDS } from '../../core/serviceMap/serviceMap.ts';
import { epochMs, minutes } from '../../core/units.ts';

export const NOW = epochMs(Date.UTC(2026, 10, 21, 14, 10));

export type MapOutput = OutputOf<typeof getServiceMap>;

export const figures = (rate: number, errorRatio = 0, p95: number | null = 0.045): CallFiguresView => ({
  rate,
  errorRatio,
  p95,
  calls: rate * 900,
  failed: rate * 900 * errorRatio,
});

export function node(id: string, rest: Partial<MapNodeView> = {}): MapNodeView {
  const kind = NODE_KINDS.find((one) => id.startsWith(`${one}:`)) ?? 'service';
  return {
    ...{ id, kind, name: nameOfNode(id), namespace: '', received: figures(3), gone: false, changes: [], openThen: [] },
    health: { state: 'healthy', since: null, why: null, toldBy: 'health' },
    alerts: { info: 0, warning: 0, error: 0, critical: 0 },
    ...rest,
  };
}

export const edge = (from: string, to: string, rest: Partial<MapEdgeView> = {}): MapEdgeView => ({
  ...{ id: edgeId(from, to), from, to, kind: 'call', figures: figures(3), before: null, changes: [] },
  ...rest,
});

/** A shop whose payments fail. */
export function shopMap(rest: Partial<MapOutput> = {}): MapOutput {
  return {
    ...{ at: NOW, window: minutes(15), source: 'metrics', sample: null, namespaces: ['bank', 'shop'], baseline: null },
    ...{ omitted: { nodes: 0, edges: 0 }, alertsOf: 'now', problems: [] },
    nodes: [
      node('checkout', { namespace: 'shop' }),
      node('external:card-processor'),
      node('lonely', { received: null, namespace: 'bank' }),
      node('payments', {
        namespace: 'shop',
        received: figures(3, 0.041),
        health: { state: 'degraded', since: NOW, why: 'Alert (warning): payments: errors 4.1 %', toldBy: 'health' },
        alerts: { info: 0, warning: 2, error: 0, critical: 0 },
      }),
    ],
    edges: [
      edge('checkout', 'payments', { figures: figures(3, 0.041) }),
      edge('payments', 'external:card-processor', { kind: 'outside' }),
    ],
    ...rest,
  };
}
