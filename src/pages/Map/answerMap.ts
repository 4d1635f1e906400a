import type { OutputOf } from '../../api/operation.ts';
import type { getServiceMap, MapEdgeView, MapNodeView } from '../../api/serviceMap.ts';
import type { ChangeKind } from '../../core/serviceMap/diffServiceMaps.ts';
import { nameOfNode } from '../../core/serviceMap/serviceMap.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { HEALTH_STATES, type HealthState } from '../../core/services/service.ts';
import { inSentence } from '../../i18n/inSentence.ts';
import { t } from '../../i18n/t.ts';
import { KIND_LOOK, MANY_FAIL } from '../../ui/serviceMap/mapLook.ts';
import type { Chosen } from '../../ui/serviceMap/shownMap.ts';
import { HEALTH_LOOK } from '../../ui/tone.ts';

export interface MapAnswer {
  readonly state: HealthState;
  /** Up to the names, such as `6 services, 2 of them hurting`. */
  readonly lead: string;
  readonly hurting: ReadonlyArray<{ readonly id: string; readonly name: string; readonly why: string }>;
  /** Hurting ones that the sentence does not name. */
  readonly more: number;
  /** Not hurting, because no threshold or alert says so, and yet many of the calls to them fail; the most failing first. */
  readonly failing: ReadonlyArray<{ readonly id: string; readonly name: string; readonly errors: string }>;
  /** What is different from the baseline; null without one, empty when nothing is. */
  readonly changes: ReadonlyArray<{ readonly chosen: Exclude<Chosen, null>; readonly text: string }> | null;
  readonly moreChanges: number;
}

const NAMED = 3;

const errorsOf = ({ received }: MapNodeView): number => received?.errorRatio ?? 0;

/** A queue or a host may be called as a service is. */
const withKind = ({ kind }: MapNodeView, words: string): string =>
  kind === 'service' ? words : `${inSentence(KIND_LOOK[kind].word)}, ${words}`;

/** What hurts about a node, in a few words: its errors where they tell, else the worst reason. */
function shortWhy({ health, received, name }: MapNodeView): string {
  const errors = received?.errorRatio ?? 0;
  if (health.why !== null) {
    const bare = health.why.replace(/^Alert \(\w+\): /, '');
    return bare.startsWith(`${name}: `) ? bare.slice(name.length + 2) : bare;
  }
  return errors > 0
    ? t('map.answer-map.errors', 'errors {{share}}', { share: formatValue(errors, 'ratio') })
    : inSentence(HEALTH_LOOK[health.state].word);
}

/** How an edge changed, with the figures of both sides. */
export function describeChange({ from, to, figures, before }: MapEdgeView, kind: ChangeKind): string {
  const edge = `${nameOfNode(from)} → ${nameOfNode(to)}`;
  const pair = (now: number | null, then: number | null | undefined, unit: 'ratio' | 'seconds'): string =>
    t('map.answer-map.pair', '{{now}}, was {{before}}', {
      now: formatValue(now, unit),
      before: formatValue(then ?? null, unit),
    });
  switch (kind) {
    case 'new':
      return t('map.answer-map.new', '{{edge}} is new', { edge });
    case 'gone':
      return t('map.answer-map.gone', '{{edge}} is gone', { edge });
    case 'more_errors':
      return t('map.answer-map.more-errors', '{{edge}} fails more ({{figures}})', {
        edge,
        figures: pair(figures.errorRatio, before?.errorRatio, 'ratio'),
      });
    case 'slower':
      return t('map.answer-map.slower', '{{edge}} is slower (p95 {{figures}})', {
        edge,
        figures: pair(figures.p95, before?.p95, 'seconds'),
      });
  }
}

/** Of a service without calls nothing else is compared. */
export const describeNodeChange = (name: string, kind: ChangeKind): string =>
  kind === 'gone'
    ? t('map.answer-map.gone', '{{edge}} is gone', { edge: name })
    : t('map.answer-map.new', '{{edge}} is new', { edge: name });

/** What the map says first. */
export function answerMap({
  nodes,
  edges,
  baseline,
}: Pick<OutputOf<typeof getServiceMap>, 'nodes' | 'edges' | 'baseline'>): MapAnswer {
  const present = nodes.filter(({ gone }) => !gone);
  const services = present.filter(({ kind }) => kind === 'service');
  const isHurting = ({ health }: MapNodeView): boolean => health.state === 'critical' || health.state === 'degraded';
  const hurting = present
    .filter(isHurting)
    .toSorted(
      (a, b) =>
        HEALTH_STATES.indexOf(b.health.state) - HEALTH_STATES.indexOf(a.health.state) ||
        (b.received?.failed ?? 0) - (a.received?.failed ?? 0)
    );
  const failing = present
    .filter((node) => !isHurting(node) && errorsOf(node) >= MANY_FAIL)
    .toSorted((a, b) => errorsOf(b) - errorsOf(a));
  const outside = hurting.filter(({ kind }) => kind !== 'service').length;
  const changes = [...changesOf(edges), ...changesOfNodes(nodes)];
  return {
    state: stateOf(hurting, failing.length > 0, services),
    lead: t('map.answer-map.lead', '', {
      count: services.length,
      hurting: leadEnd(hurting.length, outside),
      defaultValue_one: '{{count}} service, {{hurting}}',
      defaultValue_other: '{{count}} services, {{hurting}}',
    }),
    hurting: hurting
      .slice(0, NAMED)
      .map((node) => ({ id: node.id, name: node.name, why: withKind(node, shortWhy(node)) })),
    more: Math.max(0, hurting.length - NAMED),
    failing: failing.slice(0, NAMED).map((node) => ({
      ...{ id: node.id, name: node.name, errors: withKind(node, formatValue(errorsOf(node), 'ratio')) },
    })),
    changes: baseline?.known === true ? changes.slice(0, NAMED) : null,
    moreChanges: Math.max(0, changes.length - NAMED),
  };
}

function stateOf(hurting: readonly MapNodeView[], fails: boolean, services: readonly MapNodeView[]): HealthState {
  const [worst] = hurting;
  if (worst !== undefined || fails) {
    return worst?.health.state ?? 'degraded';
  }
  return services.some(({ health }) => health.state === 'healthy') ? 'healthy' : 'unknown';
}

function leadEnd(hurting: number, outside: number): string {
  if (hurting === 0) {
    return t('map.answer-map.none-hurting', 'none hurting');
  }
  return outside === 0
    ? t('map.answer-map.hurting', '', {
        count: hurting,
        defaultValue_one: '{{count}} hurting',
        defaultValue_other: '{{count}} hurting',
      })
    : t('map.answer-map.hurting-outside', '', {
        count: hurting,
        outside,
        defaultValue_one: '{{count}} hurting, {{outside}} of them not your services',
        defaultValue_other: '{{count}} hurting, {{outside}} of them not your services',
      });
}

/** The gravest kind first. */
const GRAVITY: readonly ChangeKind[] = ['more_errors', 'slower', 'new', 'gone'];

const growth = (now: number | null, then: number | null | undefined): number => (now ?? 0) - (then ?? 0);

/** What a change costs the callers: more failed calls, or more seconds waited for slow ones. */
function costOf({ figures, before }: MapEdgeView, kind: ChangeKind): number {
  switch (kind) {
    case 'more_errors':
      return figures.calls * growth(figures.errorRatio, before?.errorRatio);
    case 'slower':
      return figures.calls * growth(figures.p95, before?.p95);
    case 'new':
      return figures.calls;
    case 'gone':
      return before?.calls ?? 0;
  }
}

/**
 * Where trouble begins comes first: a change is none of its own where what is called calls something that changed alike.
 * Then by what it costs, not by how sure it is: on a busy map a millisecond is as sure as a second.
 */
function changesOf(edges: readonly MapEdgeView[]): NonNullable<MapAnswer['changes']> {
  const passesOn = new Set(edges.flatMap(({ from, changes }) => changes.map(({ kind }) => `${kind} ${from}`)));
  return edges
    .flatMap((edge) =>
      edge.changes.map(({ kind }) => ({
        ...{ edge, kind, cost: costOf(edge, kind), isOrigin: !passesOn.has(`${kind} ${edge.to}`) },
      }))
    )
    .toSorted(
      (a, b) =>
        Number(b.isOrigin) - Number(a.isOrigin) || GRAVITY.indexOf(a.kind) - GRAVITY.indexOf(b.kind) || b.cost - a.cost
    )
    .map(({ edge, kind }) => ({ chosen: { edge: edge.id }, text: describeChange(edge, kind) }));
}

/** They have no edge that would tell. */
const changesOfNodes = (nodes: readonly MapNodeView[]): NonNullable<MapAnswer['changes']> =>
  nodes.flatMap(({ id, name, changes }) =>
    changes.map(({ kind }) => ({ chosen: { node: id }, text: describeNodeChange(name, kind) }))
  );
