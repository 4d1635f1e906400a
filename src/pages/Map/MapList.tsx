import { AppLink } from '../../host/AppLink.tsx';
import type { MapEdgeView, MapNodeView } from '../../api/serviceMap.ts';
import { nameOfNode } from '../../core/serviceMap/serviceMap.ts';
import { changeSearch, useLocation } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Section } from '../../ui/Section.tsx';
import { alertBadge, CHANGE_LOOK, KIND_LOOK, nodeLook } from '../../ui/serviceMap/mapLook.ts';
import type { Chosen } from '../../ui/serviceMap/shownMap.ts';
import { StateTag } from '../../ui/StateTag.tsx';
import { SEVERITY_LOOK } from '../../ui/tone.ts';
import { Value } from '../../ui/Value.tsx';
import { worstFirst } from './worstFirst.ts';

export interface MapListProps {
  readonly nodes: readonly MapNodeView[];
  readonly edges: readonly MapEdgeView[];
  readonly found: ReadonlySet<string> | undefined;
  readonly hasBaseline: boolean;
  /** Nothing tells of the alerts that were open then. */
  readonly hasNoAlerts: boolean;
  readonly onChoose: (chosen: Chosen) => void;
}

/** The map as two tables: the same for those who cannot see it, and for screens that it does not fit. */
export function MapList({ nodes, edges, found, hasBaseline, hasNoAlerts, onChoose }: MapListProps) {
  const isFound = (id: string): boolean => found === undefined || found.has(id);
  const shown = edges.filter(({ from, to }) => isFound(from) || isFound(to));
  return (
    <>
      <Section title={t('map.map-list.services', 'Services and what they call')} cardsOnPhone>
        <DataTable
          label={t('map.map-list.services', 'Services and what they call')}
          columns={[...NODE_COLUMNS, ...(hasNoAlerts ? [] : [ALERTS]), ...(hasBaseline ? [nodeChanges] : [])]}
          rows={worstFirst(nodes.filter(({ id }) => isFound(id)))}
          rowKey={({ id }) => id}
          onOpen={({ id }) => onChoose({ node: id })}
        />
      </Section>
      <Section title={t('map.map-list.calls', 'Calls')} cardsOnPhone>
        <DataTable
          label={t('map.map-list.calls', 'Calls')}
          columns={hasBaseline ? [...EDGE_COLUMNS, edgeChanges] : EDGE_COLUMNS}
          rows={shown.toSorted((a, b) => b.changes.length - a.changes.length || b.figures.failed - a.figures.failed)}
          rowKey={({ id }) => id}
          onOpen={({ id }) => onChoose({ edge: id })}
        />
      </Section>
    </>
  );
}

const missing = (): string => t('map.map-list.no-such-figure', 'Not measured');

function ChooseLink({
  chosen,
  children,
}: {
  readonly chosen: Readonly<Record<string, string>>;
  readonly children: string;
}) {
  const { path, search } = useLocation();
  return <AppLink to={path + changeSearch(search, { node: null, edge: null, ...chosen })}>{children}</AppLink>;
}

const NODE_COLUMNS: ReadonlyArray<DataColumn<MapNodeView>> = [
  {
    id: 'name',
    get header() {
      return t('map.map-list.name', 'Name');
    },
    onCard: 'title',
    cell: ({ id, name }) => <ChooseLink chosen={{ node: id }}>{name}</ChooseLink>,
  },
  {
    id: 'state',
    get header() {
      return t('map.map-list.state', 'State');
    },
    width: '130px',
    onCard: 'corner',
    cell: (node) => <StateTag look={nodeLook(node)} />,
  },
  {
    id: 'kind',
    get header() {
      return t('map.map-list.kind', 'Kind');
    },
    width: '110px',
    cell: ({ kind }) => KIND_LOOK[kind].word,
  },
  {
    id: 'rate',
    get header() {
      return t('map.map-list.calls-to-it', 'Calls to it');
    },
    width: '110px',
    align: 'right',
    cell: ({ received }) => <Value value={received?.rate ?? null} unit="per_second" missing={missing()} />,
  },
  {
    id: 'errors',
    get header() {
      return t('map.map-list.errors', 'Errors');
    },
    width: '100px',
    align: 'right',
    cell: ({ received }) => <Value value={received?.errorRatio ?? null} unit="ratio" missing={missing()} />,
  },
  {
    id: 'p95',
    get header() {
      return t('map.map-list.p95', 'p95');
    },
    width: '100px',
    align: 'right',
    cell: ({ received }) => <Value value={received?.p95 ?? null} unit="seconds" missing={missing()} />,
  },
];

const ALERTS: DataColumn<MapNodeView> = {
  id: 'alerts',
  get header() {
    return t('map.map-list.alerts', 'Alerts');
  },
  width: '90px',
  align: 'right',
  cell: (node) => <Alerts node={node} />,
};

function Alerts({ node }: { readonly node: MapNodeView }) {
  const badge = alertBadge(node);
  return badge === undefined ? <>{0}</> : <StateTag look={SEVERITY_LOOK[badge.worst]} word={String(badge.count)} />;
}

const EDGE_COLUMNS: ReadonlyArray<DataColumn<MapEdgeView>> = [
  {
    id: 'ends',
    get header() {
      return t('map.map-list.from-and-to', 'From and to');
    },
    onCard: 'title',
    cell: ({ id, from, to }) => (
      <ChooseLink chosen={{ edge: id }}>{`${nameOfNode(from)} → ${nameOfNode(to)}`}</ChooseLink>
    ),
  },
  {
    id: 'rate',
    get header() {
      return t('map.map-list.rate', 'Rate');
    },
    width: '110px',
    align: 'right',
    cell: ({ figures }) => <Value value={figures.rate} unit="per_second" missing={missing()} />,
  },
  {
    id: 'errors',
    get header() {
      return t('map.map-list.errors', 'Errors');
    },
    width: '100px',
    align: 'right',
    cell: ({ figures }) => <Value value={figures.errorRatio} unit="ratio" missing={missing()} />,
  },
  {
    id: 'p95',
    get header() {
      return t('map.map-list.p95', 'p95');
    },
    width: '100px',
    align: 'right',
    cell: ({ figures }) => <Value value={figures.p95} unit="seconds" missing={missing()} />,
  },
];

const changesColumn = <T extends Pick<MapEdgeView, 'changes'>>(): DataColumn<T> => ({
  id: 'changes',
  get header() {
    return t('map.map-list.different', 'Different');
  },
  width: '160px',
  cell: ({ changes }) =>
    changes.length === 0 ? '–' : changes.map(({ kind }) => <StateTag key={kind} look={CHANGE_LOOK[kind]} />),
});
const edgeChanges = changesColumn<MapEdgeView>();
const nodeChanges = changesColumn<MapNodeView>();
