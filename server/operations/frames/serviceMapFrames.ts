import type { CallFiguresView, MapEdgeView, MapNodeView } from '../../../src/api/serviceMap.ts';
import { durationMs, formatDuration } from '../../../src/core/units.ts';
import { LONGEST_WINDOW, readServiceMap } from '../serviceMap/getServiceMap.ts';
import { buildFrame, numberColumn, textColumn, warning, type Column, type FrameMeta } from './buildFrame.ts';
import type { FrameSource } from './frameSource.ts';

/** Calls within the range as Grafana's node graph draws them: one frame of nodes, one of edges, with the columns that it knows by name. */
export const serviceMapFrames: FrameSource<'serviceMap'> = {
  isTable: true,
  async answer({ deps, namespace, refId, from, to, now, signal }, { services = [] }) {
    const call = { identity: { namespace }, now, signal };
    const range = durationMs(to - from);
    const window = range > LONGEST_WINDOW ? LONGEST_WINDOW : range;
    const map = await readServiceMap(deps, call, { at: to, window });
    const near = nearTo(map.edges, services);
    const nodes = services.length === 0 ? map.nodes : map.nodes.filter(({ id }) => near.has(id));
    const edges =
      services.length === 0 ? map.edges : map.edges.filter((edge) => near.has(edge.from) && near.has(edge.to));
    const shortened = `Of the last ${formatDuration(window)} of the range: a map holds no more.`;
    const notices = [...(window < range ? [shortened] : []), ...map.problems].map(warning);
    const meta = (more: ReadonlyArray<(typeof notices)[number]>): FrameMeta => ({
      preferredVisualisationType: 'nodeGraph',
      ...(more.length === 0 ? {} : { notices: [...more] }),
    });
    return [
      buildFrame({ refId, name: 'nodes', meta: meta(notices) }, nodeColumns(nodes)),
      buildFrame({ refId, name: 'edges', meta: meta([]) }, edgeColumns(edges)),
    ];
  },
};

/** The services themselves, who calls them and whom they call. */
function nearTo(edges: readonly MapEdgeView[], services: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(services);
  return new Set([
    ...services,
    ...edges.flatMap(({ from, to }) => (wanted.has(from) || wanted.has(to) ? [from, to] : [])),
  ]);
}

function nodeColumns(nodes: readonly MapNodeView[]): readonly Column[] {
  const failed = (node: MapNodeView): number => node.received?.errorRatio ?? 0;
  return [
    textColumn(
      'id',
      nodes.map(({ id }) => id)
    ),
    textColumn(
      'title',
      nodes.map(({ name }) => name)
    ),
    textColumn(
      'subtitle',
      nodes.map(({ kind }) => kind)
    ),
    numberColumn(
      'mainstat',
      nodes.map(({ received }) => received?.rate ?? null),
      rate
    ),
    numberColumn(
      'secondarystat',
      nodes.map(({ received }) => received?.p95 ?? null),
      p95
    ),
    numberColumn('arc__failed', nodes.map(failed), { config: { displayName: 'Failed', color: fixed('red') } }),
    numberColumn(
      'arc__well',
      nodes.map((node) => 1 - failed(node)),
      { config: { displayName: 'Well', color: fixed('green') } }
    ),
    textColumn(
      'detail__health',
      nodes.map(({ health }) => health.why ?? health.state),
      { config: { displayName: 'Health' } }
    ),
    numberColumn(
      'detail__alerts',
      nodes.map(({ alerts }) => Object.values(alerts).reduce((sum, count) => sum + count, 0)),
      {
        config: { displayName: 'Open alerts' },
      }
    ),
  ];
}

function edgeColumns(edges: readonly MapEdgeView[]): readonly Column[] {
  const figures = <K extends keyof CallFiguresView>(name: K) => edges.map((edge) => edge.figures[name]);
  return [
    textColumn(
      'id',
      edges.map(({ id }) => id)
    ),
    textColumn(
      'source',
      edges.map(({ from }) => from)
    ),
    textColumn(
      'target',
      edges.map(({ to }) => to)
    ),
    numberColumn('mainstat', figures('rate'), rate),
    numberColumn('secondarystat', figures('p95'), p95),
    numberColumn('detail__errors', figures('errorRatio'), { config: { displayName: 'Failed', unit: 'percentunit' } }),
  ];
}

const fixed = (fixedColor: string) => ({ mode: 'fixed', fixedColor });
const rate = { config: { displayName: 'Calls', unit: 'reqps' } };
const p95 = { config: { displayName: 'p95', unit: 's' } };
