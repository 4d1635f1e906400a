import type { MapEdgeView, MapNodeView } from '../../../src/api/serviceMap.ts';
import { boundMap } from './boundMap.ts';

const figures = (calls: number, failed = 0) => ({ calls, failed, rate: calls, errorRatio: 0, p95: null });
const node = (id: string, state: MapNodeView['health']['state'] = 'healthy'): MapNodeView => ({
  ...{ id, kind: 'service', name: id, namespace: '', received: null, gone: false, changes: [], openThen: [] },
  health: { state, since: null, why: null, toldBy: 'health' },
  alerts: { info: 0, warning: 0, error: 0, critical: 0 },
});
const edge = (from: string, to: string, calls: number): MapEdgeView => ({
  id: `${from} → ${to}`,
  from,
  to,
  kind: 'call',
  figures: figures(calls),
  before: null,
  changes: [],
});

it('keeps what hurts and what is busy, and counts what it leaves out', () => {
  const map = {
    nodes: [
      ...[node('quiet'), node('busy'), node('other'), node('hurt', 'degraded')],
      { ...node('novel'), changes: [{ kind: 'new' as const, p: 0.01 }] },
    ],
    edges: [edge('busy', 'other', 100), edge('quiet', 'other', 1), edge('other', 'hurt', 2)],
  };
  const { nodes, edges, omitted } = boundMap(map, { nodes: 4, edges: 1 });
  expect(nodes.map(({ id }) => id)).toEqual(['hurt', 'novel', 'other', 'busy']);
  expect(edges.map(({ id }) => id)).toEqual(['busy → other']);
  expect(omitted).toEqual({ nodes: 1, edges: 2 });
  expect(boundMap(map)).toMatchObject({ ...map, omitted: { nodes: 0, edges: 0 } });
});

it('keeps what is new or gone with both its ends, however quiet it is', () => {
  const gone = { ...edge('lost', 'archive', 0), before: figures(40), changes: [{ kind: 'gone' as const, p: 0.01 }] };
  const novel = { ...edge('small', 'quiet', 1), changes: [{ kind: 'new' as const, p: 0.01 }] };
  const map = {
    nodes: [...['busy', 'other', 'quiet', 'small', 'archive'].map((id) => node(id)), { ...node('lost'), gone: true }],
    edges: [edge('busy', 'other', 100), edge('other', 'busy', 50), novel, gone],
  };
  const { nodes, edges, omitted } = boundMap(map, { nodes: 4, edges: 2 });
  expect(nodes.map(({ id }) => id)).toEqual(['quiet', 'small', 'archive', 'lost']);
  expect(edges.map(({ id }) => id).toSorted()).toEqual(['lost → archive', 'small → quiet']);
  expect(omitted).toEqual({ nodes: 2, edges: 2 });
});
