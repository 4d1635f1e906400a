import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Drawer, useStyles2 } from '@grafana/ui';
import type { OutputOf } from '../../api/operation.ts';
import type { getServiceMap, MapEdgeView, MapNodeView } from '../../api/serviceMap.ts';
import { nameOfNode } from '../../core/serviceMap/serviceMap.ts';
import { epochMs } from '../../core/units.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { alertsOfMap } from './alertsOfMap.ts';
import { tracesOfMap } from './tracesOfMap.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { buildNodeTracesQuery } from '../../queries/traceql/mapTracesQuery.ts';
import { Section } from '../../ui/Section.tsx';
import { figuresText, KIND_LOOK, nodeLook } from '../../ui/serviceMap/mapLook.ts';
import type { Chosen } from '../../ui/serviceMap/shownMap.ts';
import { StateTag } from '../../ui/StateTag.tsx';
import { describeNodeChange } from './answerMap.ts';
import { Differences } from './Differences.tsx';
import { FigureList } from './FigureList.tsx';
import { BeforeDeploy } from './BeforeDeploy.tsx';
import { CallTraces } from './CallTraces.tsx';
import { CompareTraces } from './CompareTraces.tsx';
import { LogsInExplore } from './LogsInExplore.tsx';
import type { MapParams } from './mapParams.ts';
import { MetricsInExplore } from './MetricsInExplore.tsx';
import { NodeAlerts } from './NodeAlerts.tsx';

export interface NodePanelProps {
  readonly id: string;
  /** Undefined when it is not on the map now. */
  readonly node: MapNodeView | undefined;
  readonly map: OutputOf<typeof getServiceMap>;
  readonly params: MapParams;
  readonly onChoose: (chosen: Chosen) => void;
}

/** One service, or what services call: its figures, its alerts, its calls, and where to look next. */
export function NodePanel({ id, node, map, params, onChoose }: NodePanelProps) {
  const styles = useStyles2(getStyles);
  return (
    <Drawer title={node?.name ?? id} subtitle={node && kindOf(node)} size="sm" onClose={() => onChoose(null)}>
      {node === undefined ? (
        <p>{t('map.node-panel.not-on-the-map', 'It is not on the map in this window.')}</p>
      ) : (
        <div className={styles.body}>
          <Section
            title={t('map.node-panel.state', 'State')}
            actions={node.kind !== 'user' && <StateTag look={nodeLook(node)} />}
          >
            <p className={styles.line}>{describeState(node)}</p>
          </Section>
          <Differences changes={node.changes} describe={(kind) => describeNodeChange(node.name, kind)} />
          {node.received !== null && (
            <Section title={t('map.node-panel.calls-to-it', 'Calls to it')}>
              <FigureList figures={node.received} before={null} />
            </Section>
          )}
          {node.kind === 'service' && <NodeAlerts node={node} alertsOf={map.alertsOf} />}
          <EdgeList
            title={t('map.node-panel.called-by', 'Called by')}
            edges={map.edges.filter(({ to }) => to === id)}
            end="from"
            onChoose={onChoose}
          />
          <EdgeList
            title={t('map.node-panel.calls', 'Calls')}
            edges={map.edges.filter(({ from }) => from === id)}
            end="to"
            onChoose={onChoose}
          />
          <Next node={node} map={map} params={params} />
        </div>
      )}
    </Drawer>
  );
}

function kindOf({ kind, namespace }: MapNodeView): string {
  const { word } = KIND_LOOK[kind];
  return namespace === ''
    ? word
    : t('map.node-panel.in-namespace', '{{kind}} in {{namespace}}', { kind: word, namespace });
}

function describeState({ health, kind, gone }: MapNodeView): string {
  if (gone) {
    return t('map.node-panel.only-baseline', 'Only in the baseline.');
  }
  if (health.why !== null) {
    return health.why;
  }
  if (kind === 'user') {
    return t('map.node-panel.whoever', 'Callers outside that start a trace.');
  }
  if (health.toldBy === 'history') {
    return t('map.node-panel.told-then', 'Nothing was wrong then, as far as alerts and failed calls show.');
  }
  return health.toldBy === 'health'
    ? t('map.node-panel.nothing-is-wrong', 'Nothing that Pharos watches is wrong.')
    : t('map.node-panel.told-by', 'Judged by the share of failed calls alone.');
}

interface EdgeListProps {
  readonly title: string;
  readonly edges: readonly MapEdgeView[];
  readonly end: 'from' | 'to';
  readonly onChoose: (chosen: Chosen) => void;
}

function EdgeList({ title, edges, end, onChoose }: EdgeListProps) {
  const styles = useStyles2(getStyles);
  if (edges.length === 0) {
    return null;
  }
  return (
    <Section title={title}>
      <ul className={styles.list}>
        {edges.map((edge) => (
          <li key={edge.id}>
            <Button variant="secondary" fill="text" size="sm" onClick={() => onChoose({ edge: edge.id })}>
              {nameOfNode(edge[end])}
            </Button>{' '}
            <span className={styles.quiet}>{figuresText(edge.figures)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

type NextProps = Pick<NodePanelProps, 'map' | 'params'> & { readonly node: MapNodeView };

function Next({ node, map, params }: NextProps) {
  const styles = useStyles2(getStyles);
  const query = useQueryParams();
  const isAround = params.around === node.id;
  return (
    <Section title={t('map.node-panel.go-on', 'Next steps')}>
      <div className={styles.buttons}>
        <Button
          variant="secondary"
          size="sm"
          icon="filter"
          onClick={() => query.set({ around: isAround ? null : node.id, node: null }, { push: true })}
        >
          {isAround
            ? t('map.node-panel.show-all', 'Show the whole map')
            : t('map.node-panel.only-near', 'Show only its neighbors')}
        </Button>
        {node.kind === 'service' && <BeforeDeploy name={node.name} window={params.window} />}
      </div>
      <div className={styles.links}>
        {node.kind === 'service' ? (
          <ServiceLinks {...{ node, map, params }} />
        ) : (
          <>
            <CallTraces {...{ params, all: buildNodeTracesQuery(node), failed: buildNodeTracesQuery(node, true) }} />
            <MetricsInExplore ends={node.kind === 'user' ? { from: node } : { to: node }} map={map} />
          </>
        )}
      </div>
    </Section>
  );
}

function ServiceLinks({ node: { name }, map, params }: NextProps) {
  const { at } = map;
  const to = (path: string): string => `${path}?${new URLSearchParams({ service: name }).toString()}`;
  const isNow = params.at === undefined;
  return (
    <>
      <CompareTraces service={name} params={params} />
      <AppLink to={tracesOfMap({ service: name }, params)}>{t('map.node-panel.traces', 'Traces')}</AppLink>
      <AppLink to={tracesOfMap({ service: name, tab: 'errors' }, params)}>
        {t('map.node-panel.errors', 'Errors, in detail')}
      </AppLink>
      <AppLink to={tracesOfMap({ service: name, tab: 'calls' }, params)}>
        {t('map.node-panel.calls-in-detail', 'What it calls, in detail')}
      </AppLink>
      <MetricsInExplore ends={{ to: { kind: 'service', name } }} map={map} />
      <AppLink to={to('/')}>
        {isNow
          ? t('map.node-panel.signals-and-logs', 'Signals and logs')
          : t('map.node-panel.signals-of-now', 'Signals and logs now')}
      </AppLink>
      <LogsInExplore name={name} window={{ from: epochMs(at - params.window), to: at }} />
      <AppLink to={alertsOfMap(name, params)}>
        {isNow ? t('map.node-panel.alerts', 'Alerts') : t('map.node-panel.alerts-then', 'Alerts at that time')}
      </AppLink>
      <AppLink to={to('/thresholds')}>{t('map.node-panel.thresholds', 'Thresholds')}</AppLink>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  body: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  line: css({ margin: 0, overflowWrap: 'anywhere' }),
  // What is pressed has room around its words, which stand below the heading all the same.
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.5), marginLeft: theme.spacing(-1) }),
  quiet: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  buttons: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  links: css({
    display: 'grid',
    justifyItems: 'start',
    gap: theme.spacing(0.75),
    '& a': { color: theme.colors.text.link, textDecoration: 'underline', textUnderlineOffset: 3 },
  }),
});
