import type { CallFiguresView, MapEdgeView, MapNodeView } from '../../../src/api/serviceMap.ts';
import { SEVERITIES } from '../../../src/core/alerts/severity.ts';
import type { Json } from '../../../src/core/json.ts';
import { LONGEST_WINDOW } from '../../../src/core/serviceMap/serviceMap.ts';
import { durationMs, epochMs, formatDuration } from '../../../src/core/units.ts';
import { readServiceMap } from '../serviceMap/getServiceMap.ts';
import { buildFrame, numberColumn, textColumn, warning, type Column, type FrameMeta } from './buildFrame.ts';
import type { FrameSource } from './frameSource.ts';

/** Calls within the range as Grafana's node graph draws them: one frame of nodes, one of edges, with the columns that it knows by name. */
export const serviceMapFrames: FrameSource<'serviceMap'> = {
  isTable: true,
  async answer({ deps, namespace, refId, from, to, now, signal }, query) {
    const call = { identity: { namespace }, now, signal };
    const range = durationMs(to - from);
    const window = range > LONGEST_WINDOW ? LONGEST_WINDOW : range;
    const { services = [], depth, errorsOnly, offset } = query;
    const around = services.length === 0 ? undefined : services;
    const baseline = offset === undefined ? undefined : epochMs(to - offset);
    const map = await readServiceMap(deps, call, { at: to, window, baseline, around, depth, errorsOnly });
    const shortened = `Only the last ${formatDuration(window)} of the range: a map covers no more.`;
    const notices = [...(window < range ? [shortened] : []), ...map.problems].map(warning);
    const meta = (more: ReadonlyArray<(typeof notices)[number]>): FrameMeta => ({
      preferredVisualisationType: 'nodeGraph',
      ...(more.length === 0 ? {} : { notices: [...more] }),
    });
    return [
      buildFrame({ refId, name: 'nodes', meta: meta(notices) }, nodeColumns(map.nodes, map.baseline !== null)),
      buildFrame({ refId, name: 'edges', meta: meta([]) }, edgeColumns(map.edges, map.baseline !== null)),
    ];
  },
};

/** What is different from the baseline, as it is read on a node or a line: `slower, more errors`. */
const changesColumn = (all: ReadonlyArray<Pick<MapEdgeView, 'changes'>>): Column =>
  textColumn(
    'detail__changes',
    all.map(({ changes }) => changes.map(({ kind }) => kind.replace('_', ' ')).join(', ')),
    { config: { displayName: 'Different' } }
  );

function nodeColumns(nodes: readonly MapNodeView[], isCompared: boolean): readonly Column[] {
  const texts = (name: string, read: (node: MapNodeView) => string, displayName = '') =>
    textColumn(name, nodes.map(read), displayName === '' ? {} : { config: { displayName } });
  const numbers = (
    name: string,
    read: (node: MapNodeView) => number | null | undefined,
    config: Readonly<Record<string, Json>>
  ) =>
    numberColumn(
      name,
      nodes.map((node) => read(node) ?? null),
      { config }
    );
  const wellOf = ({ received }: MapNodeView): number | null =>
    received?.errorRatio === null || received === null ? null : 1 - received.errorRatio;
  return [
    texts('id', ({ id }) => id),
    texts('title', ({ name }) => name),
    texts('subtitle', ({ kind }) => kind),
    numbers('mainstat', ({ received }) => received?.rate, RATE),
    numbers('secondarystat', ({ received }) => received?.p95, P95),
    numbers('arc__failed', ({ received }) => received?.errorRatio, { displayName: 'Failed', color: fixed('red') }),
    numbers('arc__well', wellOf, { displayName: 'Well', color: fixed('green') }),
    numbers('detail__calls', ({ received }) => received?.calls, { displayName: 'Calls counted' }),
    texts('detail__health', ({ health }) => health.why ?? health.state, 'Health'),
    texts('detail__state', ({ health }) => health.state, 'State'),
    ...SEVERITIES.map((severity) =>
      numbers(`detail__${severity}`, ({ alerts }) => alerts[severity], { displayName: `Open alerts, ${severity}` })
    ),
    ...(isCompared ? [changesColumn(nodes), goneColumn(nodes)] : []),
  ];
}

/** Dashed where it is only in the baseline. */
const goneColumn = (nodes: readonly MapNodeView[]): Column =>
  textColumn(
    'detail__gone',
    nodes.map(({ gone }) => (gone ? 'yes' : '')),
    { config: { displayName: 'Only before' } }
  );

const isGone = ({ changes }: MapEdgeView): boolean => changes.some(({ kind }) => kind === 'gone');

function edgeColumns(edges: readonly MapEdgeView[], isCompared: boolean): readonly Column[] {
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
    numberColumn('mainstat', figures('rate'), { config: RATE }),
    numberColumn('secondarystat', figures('p95'), { config: P95 }),
    numberColumn('detail__calls', figures('calls'), { config: { displayName: 'Calls counted' } }),
    numberColumn('detail__errors', figures('errorRatio'), { config: { displayName: 'Failed', unit: 'percentunit' } }),
    ...(isCompared ? comparedColumns(edges) : []),
  ];
}

function comparedColumns(edges: readonly MapEdgeView[]): readonly Column[] {
  const before = <K extends keyof CallFiguresView>(name: K) => edges.map((edge) => edge.before?.[name] ?? null);
  return [
    changesColumn(edges),
    numberColumn('detail__rate_before', before('rate'), { config: { ...RATE, displayName: 'Calls before' } }),
    numberColumn('detail__errors_before', before('errorRatio'), {
      config: { displayName: 'Failed before', unit: 'percentunit' },
    }),
    numberColumn('detail__p95_before', before('p95'), { config: { ...P95, displayName: 'p95 before' } }),
    textColumn(
      'strokeDasharray',
      edges.map((edge) => (isGone(edge) ? '6 5' : ''))
    ),
  ];
}

const fixed = (fixedColor: string) => ({ mode: 'fixed', fixedColor });
const RATE = { displayName: 'Calls', unit: 'reqps' };
const P95 = { displayName: 'p95', unit: 's' };
