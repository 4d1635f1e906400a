import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Drawer, useStyles2 } from '@grafana/ui';
import type { OutputOf } from '../../api/operation.ts';
import type { getServiceMap, MapEdgeView, MapNodeView } from '../../api/serviceMap.ts';
import { nameOfNode } from '../../core/serviceMap/serviceMap.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { tracesOfMap } from './tracesOfMap.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { Section } from '../../ui/Section.tsx';
import { figuresText, KIND_LOOK, nodeLook } from '../../ui/serviceMap/mapLook.ts';
import type { Chosen } from '../../ui/serviceMap/shownMap.ts';
import { StateTag } from '../../ui/StateTag.tsx';
import { FigureList } from './FigureList.tsx';
import { BeforeDeploy } from './BeforeDeploy.tsx';
import { CompareTraces } from './CompareTraces.tsx';
import type { MapParams } from './mapParams.ts';
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
        <p>{t('map.node-panel.not-on-the-map', 'It is not on the map of this window.')}</p>
      ) : (
        <div className={styles.body}>
          <Section
            title={t('map.node-panel.state', 'State')}
            actions={node.kind !== 'user' && <StateTag look={nodeLook(node)} />}
          >
            <p className={styles.line}>{describeState(node)}</p>
          </Section>
          {node.received !== null && (
            <Section title={t('map.node-panel.calls-to-it', 'Calls to it')}>
              <FigureList figures={node.received} before={null} />
            </Section>
          )}
          {node.kind === 'service' && <NodeAlerts name={node.name} />}
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
          <Next node={node} params={params} />
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
    return t('map.node-panel.whoever', 'Whoever begins a trace from outside.');
  }
  return health.toldBy === 'health'
    ? t('map.node-panel.nothing-is-wrong', 'Nothing is wrong that Pharos watches.')
    : t('map.node-panel.told-by', 'Told by the share of failed calls alone.');
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

function Next({ node, params }: { readonly node: MapNodeView; readonly params: MapParams }) {
  const styles = useStyles2(getStyles);
  const query = useQueryParams();
  const isAround = params.around === node.id;
  const to = (path: string): string => `${path}?${new URLSearchParams({ service: node.name }).toString()}`;
  return (
    <Section title={t('map.node-panel.go-on', 'Go on')}>
      <div className={styles.links}>
        <Button
          variant="secondary"
          size="sm"
          icon="filter"
          onClick={() => query.set({ around: isAround ? null : node.id, node: null }, { push: true })}
        >
          {isAround
            ? t('map.node-panel.show-all', 'Show all of the map')
            : t('map.node-panel.only-near', 'Only what is near it')}
        </Button>
        {node.kind === 'service' && (
          <>
            <CompareTraces service={node.name} params={params} />
            <AppLink to={tracesOfMap(node.name, params)}>{t('map.node-panel.traces', 'Traces')}</AppLink>
            <AppLink to={to('/')}>{t('map.node-panel.signals-and-logs', 'Signals and logs')}</AppLink>
            <AppLink to={to('/alerts')}>{t('map.node-panel.alerts', 'Alerts')}</AppLink>
            <AppLink to={to('/thresholds')}>{t('map.node-panel.thresholds', 'Thresholds')}</AppLink>
          </>
        )}
      </div>
      {node.kind === 'service' && <BeforeDeploy name={node.name} window={params.window} />}
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  body: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  line: css({ margin: 0, overflowWrap: 'anywhere' }),
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.5) }),
  quiet: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  links: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    '& a': { color: theme.colors.text.link, textDecoration: 'underline', textUnderlineOffset: 3 },
  }),
});
