import type { CallFiguresView, MapEdgeView, MapNodeView } from '../../../src/api/serviceMap.ts';
import type { MapDiff } from '../../../src/core/serviceMap/diffServiceMaps.ts';
import type { CallFigures, MapNode, ServiceMap } from '../../../src/core/serviceMap/serviceMap.ts';
import { HEALTH_STATES, type HealthState } from '../../../src/core/services/service.ts';
import { worstOfAlerts } from '../../../src/core/services/health.ts';
import type { DiscoveredService } from '../../deps.ts';
import type { StandingAlert } from '../../store/store.ts';
import { NO_ALERTS } from '../alerts/alertCounts.ts';
import { TOLD_ALERTS } from './alertsThen.ts';
import type { NodeFacts } from './nodeFacts.ts';

/** What nobody watches fails when more than this share of the calls to it does: as a host outside does for health. */
const FAILING_SHARE = 0.2;

export interface MapViews {
  readonly nodes: readonly MapNodeView[];
  readonly edges: readonly MapEdgeView[];
}

/** The map as it is answered: with health and alerts, with what changed, and with what is gone. */
export function viewsOf(
  map: ServiceMap,
  facts: NodeFacts,
  compared: { readonly before: ServiceMap; readonly diff: MapDiff } | undefined
): MapViews {
  if (compared === undefined) {
    const nodes = map.nodes.map((node) => nodeView(node, facts, false));
    return { nodes, edges: map.edges.map((edge) => edgeView(edge, null, [])) };
  }
  const { before, diff } = compared;
  const earlier = new Map(before.edges.map((edge) => [edge.id, edge.figures]));
  const changes = Map.groupBy(diff.changes, ({ edge }) => edge.id);
  const nodeChanges = Map.groupBy(diff.nodes, ({ node }) => node.id);
  const present = new Set(map.nodes.map(({ id }) => id));
  const calling = new Set(map.edges.map(({ id }) => id));
  const gone = diff.changes.flatMap(({ kind, edge }) => (kind === 'gone' ? [edge] : []));
  const lost = new Set([
    ...gone.flatMap(({ from, to }) => [from, to]),
    ...diff.nodes.flatMap(({ kind, node }) => (kind === 'gone' ? [node.id] : [])),
  ]);
  const withChanges = (node: MapNode, isGone: boolean): MapNodeView => ({
    ...nodeView(node, facts, isGone),
    changes: changesView(nodeChanges.get(node.id)),
  });
  return {
    nodes: [
      ...map.nodes.map((node) => withChanges(node, false)),
      ...before.nodes.filter(({ id }) => lost.has(id) && !present.has(id)).map((node) => withChanges(node, true)),
    ],
    edges: [
      ...map.edges.map((edge) => edgeView(edge, earlier.get(edge.id) ?? null, changes.get(edge.id) ?? [])),
      ...gone
        // An edge without calls in the window may still be among those of now.
        .filter(({ id }) => !calling.has(id))
        .map((edge) => edgeView({ ...edge, figures: NO_CALLS }, edge.figures, changes.get(edge.id) ?? [])),
    ],
  };
}

const NO_CALLS: CallFigures = { calls: 0, failed: 0, rate: 0, errorRatio: null, p95: null, latency: [] };

const figuresView = ({ calls, failed, rate, errorRatio, p95 }: CallFigures): CallFiguresView => ({
  calls,
  failed,
  rate,
  errorRatio,
  p95,
});

const changesView = (changes: ReadonlyArray<MapEdgeView['changes'][number]> = []): MapEdgeView['changes'] =>
  changes.map(({ kind, p }) => ({ kind, p }));

function edgeView(
  { id, from, to, kind, figures }: ServiceMap['edges'][number],
  before: CallFigures | null,
  changes: MapDiff['changes']
): MapEdgeView {
  return {
    ...{ id, from, to, kind, figures: figuresView(figures) },
    before: before && figuresView(before),
    changes: changesView(changes),
  };
}

function nodeView({ id, kind, name, namespace, received }: MapNode, facts: NodeFacts, gone: boolean): MapNodeView {
  const isService = kind === 'service';
  const shown = gone ? null : received;
  const stood = (isService ? facts.then.get(name) : undefined) ?? [];
  const wasWatched = isService && facts.alertsOf === 'then';
  return {
    ...{ id, kind, name, namespace, gone, changes: [] },
    received: shown && figuresView(shown),
    health: wasWatched
      ? healthThen(stood, shown)
      : healthNow(isService && !gone ? facts.services.get(name) : undefined, shown),
    alerts: (isService ? facts.alerts.get(name) : undefined) ?? NO_ALERTS,
    openThen: stood.slice(0, TOLD_ALERTS).map(openThenView),
  };
}

const openThenView = ({ id, state, severity, summary, startsAt }: StandingAlert): MapNodeView['openThen'][number] => ({
  id,
  state,
  severity,
  summary,
  startsAt,
});

function healthNow(
  service: Pick<DiscoveredService, 'health'> | undefined,
  received: CallFigures | null
): MapNodeView['health'] {
  if (service === undefined) {
    return { ...toldByErrors(received), since: null, toldBy: 'errors' };
  }
  const { state, since, reasons } = service.health;
  return { state, since, why: reasons[0]?.text ?? null, toldBy: 'health' };
}

const rank = (state: HealthState): number => HEALTH_STATES.indexOf(state);

/** Targets, silence and neighbours are not kept: its alerts tell, and the calls to it. */
function healthThen(stood: readonly StandingAlert[], received: CallFigures | null): MapNodeView['health'] {
  const errors = toldByErrors(received);
  const worst = worstOfAlerts(stood);
  return worst !== undefined && rank(worst.state) >= rank(errors.state)
    ? { state: worst.state, since: worst.since, why: worst.text, toldBy: 'history' }
    : { ...errors, since: null, toldBy: 'history' };
}

function toldByErrors(received: CallFigures | null): Pick<MapNodeView['health'], 'state' | 'why'> {
  const errors = received?.errorRatio ?? null;
  if (errors === null) {
    return { state: 'unknown', why: null };
  }
  return errors > FAILING_SHARE
    ? { state: 'degraded', why: `${Math.round(errors * 100)} % of the calls to it fail` }
    : { state: 'healthy', why: null };
}
