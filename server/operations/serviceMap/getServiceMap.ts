import type { InputOf, OutputOf } from '../../../src/api/operation.ts';
import * as contract from '../../../src/api/serviceMap.ts';
import type { MapNodeView } from '../../../src/api/serviceMap.ts';
import { diffServiceMaps, type MapDiff } from '../../../src/core/serviceMap/diffServiceMaps.ts';
import { filterServiceMap, type MapFilter } from '../../../src/core/serviceMap/filterServiceMap.ts';
import { LEAST_WINDOW, LONGEST_WINDOW, type ServiceMap } from '../../../src/core/serviceMap/serviceMap.ts';
import { epochMs, formatDuration, minutes, sinceMs, type EpochMs } from '../../../src/core/units.ts';
import type { Deps, DiscoveredService } from '../../deps.ts';
import { EngineError, messageOf } from '../../errors.ts';
import { query } from '../operation.ts';
import { noLongerKept, type LookedAt } from '../system/noLongerKept.ts';
import type { SetCall } from '../traces/loadTraceSet.ts';
import { askServiceMap, type MapMoment } from './askServiceMap.ts';
import { boundMap, MOST_EDGES, MOST_NODES } from './boundMap.ts';
import { viewsOf, type MapViews } from './mapViews.ts';
import { readNodeFacts } from './nodeFacts.ts';
import { sampleServiceMap } from './sampleServiceMap.ts';

type Input = InputOf<typeof contract.getServiceMap>;
type Output = OutputOf<typeof contract.getServiceMap>;

/** Which moments of the map, and which part of it. */
type MapWanted = Pick<Input, 'at' | 'window' | 'baseline'> & MapFilter;

const DEFAULT_WINDOW = minutes(15);
/** A map that ends further back shows what was known then. */
const STILL_NOW = minutes(1);

/** What one window showed, and how it is known. */
interface Found extends Pick<Output, 'source' | 'sample'> {
  readonly map: ServiceMap;
  readonly problems: readonly string[];
}

export const getServiceMap = query(contract.getServiceMap, (deps, call, { around, ...wanted }) =>
  readServiceMap(deps, call, { ...wanted, around: around === undefined ? undefined : [around] })
);

/** @throws EngineError `invalid_input` for a window of nothing or of more than a week, or a baseline that is not before it */
export async function readServiceMap(deps: Deps, call: SetCall, input: MapWanted): Promise<Output> {
  const started = performance.now();
  const moment = momentOf(call, input);
  const isNow = sinceMs(moment.at, call.now) <= STILL_NOW;
  const found = await findMap(deps, call, { moment, isNow });
  const baseline = await findBaseline(deps, call, { moment, at: input.baseline, of: found });
  const { namespace } = call.identity;
  const facts = await readNodeFacts(deps, { namespace, at: moment.at, now: call.now, isNow, signal: moment.signal });
  const views = viewsOf(found.map, facts, baseline?.compared);
  const namespaces = new Set(views.nodes.map(({ namespace }) => namespace).filter((name) => name !== ''));
  const bounded = boundMap(filterViews(views, input));
  deps.metrics.serviceMapSeconds.observe({ source: found.source }, (performance.now() - started) / 1000);
  return {
    at: moment.at,
    window: moment.window,
    ...{ source: found.source, sample: found.sample, omitted: bounded.omitted },
    nodes: [...bounded.nodes],
    edges: [...bounded.edges],
    namespaces: [...namespaces].toSorted(),
    baseline: baseline === undefined ? null : baseline.view,
    alertsOf: facts.alertsOf,
    problems: [
      ...found.problems,
      ...(baseline?.problems ?? []),
      // Without services nobody asks for their alerts.
      ...(views.nodes.length > 0 ? facts.problems : []),
      ...omission(bounded.omitted),
    ],
  };
}

/** @throws EngineError `invalid_input` for a window of nothing or of more than a week, or a baseline that is not before it */
function momentOf({ now, signal }: SetCall, { at = now, window = DEFAULT_WINDOW, baseline }: MapWanted): MapMoment {
  if (window < LEAST_WINDOW) {
    throw invalid('window', `expected at least ${formatDuration(LEAST_WINDOW)}, so that rates have two samples`);
  }
  if (window > LONGEST_WINDOW) {
    const longest = formatDuration(LONGEST_WINDOW);
    throw invalid(
      'window',
      `expected at most ${longest}, got ${formatDuration(window)}; "baseline" compares with an earlier window`
    );
  }
  if (baseline !== undefined && baseline >= at) {
    throw invalid('baseline', 'expected a time before "at"');
  }
  return { at, window, signal };
}

const invalid = (path: string, message: string): EngineError =>
  new EngineError('invalid_input', `${path}: ${message}`, { errors: [{ path, message }] });

async function findMap(
  deps: Deps,
  call: SetCall,
  { moment, isNow }: { readonly moment: MapMoment; readonly isNow: boolean }
): Promise<Found> {
  const { namespace } = call.identity;
  const prometheus = deps.sources.prometheus(namespace);
  const problems: string[] = [];
  // Who serves nobody and sends no spans, such as a database's exporter, would only be a dot without meaning.
  const known = isNow
    ? deps.discovery
        .services(namespace)
        .filter(isTraced)
        .map(({ name }) => name)
    : [];
  if (prometheus === undefined) {
    problems.push('No Prometheus is configured for this namespace; an admin can add one under Settings, Sources.');
  } else {
    try {
      const { map, samples } = await askServiceMap(prometheus, moment, known);
      deps.metrics.serviceMapSamples.inc(samples);
      if (map.edges.length > 0) {
        return { map, source: 'metrics', sample: null, problems };
      }
      problems.push((await noLongerKept(prometheus, lookedAt(moment, call))) ?? NO_GRAPH);
    } catch (error) {
      problems.push(`The calls could not be read from Prometheus: ${messageOf(error)}`);
    }
  }
  const { map, sample, problem } = await sampleServiceMap(deps, call, { moment, known });
  if (sample.traces > 0) {
    return { map, source: 'traces', sample, problems: [...problems, ...(problem === null ? [] : [problem])] };
  }
  const tempo = deps.sources.tempo(namespace);
  const why = problem ?? (tempo === undefined ? null : await noLongerKept(tempo, lookedAt(moment, call)));
  return { map, source: 'none', sample: null, problems: [...problems, ...(why === null ? [] : [why])] };
}

const lookedAt = ({ at, window, signal }: MapMoment, { now }: SetCall): LookedAt => ({
  from: epochMs(at - window),
  now,
  signal,
});

const NO_GRAPH =
  'Prometheus has no traces_service_graph_request_total in this window: Tempo writes it when its metrics generator has the processor service-graphs.';

const isTraced = ({ requestRate, newestSpanAt }: Pick<DiscoveredService, 'requestRate' | 'newestSpanAt'>): boolean =>
  requestRate !== null || newestSpanAt !== null;

interface Baseline {
  readonly view: NonNullable<Output['baseline']>;
  /** Undefined where the baseline could not be read, or is empty: then everything would be new. */
  readonly compared: { readonly before: ServiceMap; readonly diff: MapDiff } | undefined;
  readonly problems: readonly string[];
}

interface BaselineWanted {
  readonly moment: MapMoment;
  readonly at: EpochMs | undefined;
  readonly of: Found;
}

async function findBaseline(
  deps: Deps,
  call: SetCall,
  { moment, at, of }: BaselineWanted
): Promise<Baseline | undefined> {
  if (at === undefined) {
    return undefined;
  }
  const unknown = (problem: string): Baseline => ({
    view: { at, known: false, tests: 0 },
    compared: undefined,
    problems: [problem],
  });
  try {
    const before = await readLike(of, { deps, call, moment: { ...moment, at } });
    if (before === undefined || before.edges.length === 0) {
      const gone = await whyNoBaseline(of, { deps, call, moment: { ...moment, at } });
      return unknown(
        `Nothing is known of the ${formatDuration(moment.window)} of the baseline: no calls were counted.${gone}`
      );
    }
    const diff = diffServiceMaps(of.map, before);
    return { view: { at, known: true, tests: diff.tests }, compared: { before, diff }, problems: [] };
  } catch (error) {
    return unknown(`The baseline could not be read: ${messageOf(error)}`);
  }
}

/** Nothing, or what its source no longer keeps. */
async function whyNoBaseline({ source }: Found, { deps, call, moment }: LikeWanted): Promise<string> {
  const { namespace } = call.identity;
  const asked = source === 'metrics' ? deps.sources.prometheus(namespace) : deps.sources.tempo(namespace);
  const gone = asked === undefined ? null : await noLongerKept(asked, lookedAt(moment, call));
  return gone === null ? '' : ` ${gone}`;
}

interface LikeWanted {
  readonly deps: Deps;
  readonly call: SetCall;
  readonly moment: MapMoment;
}

/** From the same kind of source: calls of a sample and calls that were counted cannot be compared. */
async function readLike({ source }: Found, { deps, call, moment }: LikeWanted): Promise<ServiceMap | undefined> {
  const prometheus = deps.sources.prometheus(call.identity.namespace);
  if (source === 'metrics' && prometheus !== undefined) {
    const { map, samples } = await askServiceMap(prometheus, moment, []);
    deps.metrics.serviceMapSamples.inc(samples);
    return map;
  }
  return source === 'traces' ? (await sampleServiceMap(deps, call, { moment, known: [] })).map : undefined;
}

/** Before the map is bounded: what a filter asks for is not left out for being quiet. */
function filterViews(views: MapViews, filter: MapFilter): MapViews {
  const isHurting = ({ health }: MapNodeView): boolean => health.state === 'critical' || health.state === 'degraded';
  return filterServiceMap(views, filter, isHurting);
}

function omission({ nodes, edges }: Output['omitted']): readonly string[] {
  const left = [
    nodes > 0 ? `${nodes} of the nodes (the map holds ${MOST_NODES})` : '',
    edges > 0 ? `${edges} of the calls (the map holds ${MOST_EDGES})` : '',
  ].filter((part) => part !== '');
  return left.length === 0 ? [] : [`Left out, the quiet ones first: ${left.join(' and ')}. Filters show them.`];
}
