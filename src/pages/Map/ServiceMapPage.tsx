import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import type { MapNodeView } from '../../api/serviceMap.ts';
import { useHost } from '../../host/HostContext.ts';
import { useLive } from '../../host/useLive.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LiveStamp } from '../../ui/LiveStamp.tsx';
import type { Chosen } from '../../ui/serviceMap/shownMap.ts';
import { ServiceMapGraph } from '../../ui/serviceMap/ServiceMapGraph.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useWidth } from '../../ui/useWidth.ts';
import { EdgePanel } from './EdgePanel.tsx';
import { MapAnswer } from './MapAnswer.tsx';
import { MapFilters } from './MapFilters.tsx';
import { MapLegend } from './MapLegend.tsx';
import { MapList } from './MapList.tsx';
import { readMapParams, scopeOf, writeChosen, type MapParams } from './mapParams.ts';
import { MapTime } from './MapTime.tsx';
import { NodePanel } from './NodePanel.tsx';
import { NoMap } from './NoMap.tsx';
import { PastNote } from './PastNote.tsx';
import { useServiceMap, type MapOutput, type ServiceMapParts } from './useServiceMap.ts';

/** Narrower than this, a list says more than a map. */
const LIST_BELOW_PX = 600;

const VIEWS = [
  {
    value: 'map',
    get label() {
      return t('map.service-map-page.map', 'Map');
    },
  },
  {
    value: 'list',
    get label() {
      return t('map.service-map-page.list', 'List');
    },
  },
] as const;

/** Who calls whom, where it hurts, and what is different from before. */
export function ServiceMapPage() {
  const { PageFrame } = useHost();
  const styles = useStyles2(getStyles);
  const { contactAt, lost, paused, setPaused } = useLive();
  const query = useQueryParams();
  const params = useMemo(() => readMapParams(query), [query]);
  const { whole, error, updatedAt: answeredAt, refetch, ...parts } = useServiceMap(params);
  const isLive = params.at === undefined;
  const updatedAt = Math.max(contactAt ?? 0, answeredAt) || null;
  return (
    <PageFrame
      title={t('map.service-map-page.service-map', 'Service map')}
      actions={isLive ? <LiveStamp at={updatedAt} lost={lost} paused={paused} onPause={setPaused} /> : undefined}
    >
      <div className={styles.page}>
        {error && (
          <ErrorState
            what={
              whole
                ? t('map.service-map-page.not-updated', 'The map could not be updated')
                : t('map.service-map-page.not-loaded', 'The map could not be loaded')
            }
            error={error}
            onRetry={refetch}
          />
        )}
        <MapTime params={params} />
        {whole !== undefined && <Body map={whole} params={params} {...parts} />}
        {whole === undefined && !error && (
          <Skeleton label={t('map.service-map-page.loading', 'Loading the map')} height={48} rows={8} />
        )}
      </div>
    </PageFrame>
  );
}

interface BodyProps extends Pick<ServiceMapParts, 'shown' | 'part' | 'isNarrowing'> {
  readonly map: MapOutput;
  readonly params: MapParams;
}

function Body({ map, params, shown, part, isNarrowing }: BodyProps) {
  const styles = useStyles2(getStyles);
  const query = useQueryParams();
  const [ref, width] = useWidth<HTMLDivElement>();
  const found = useMemo(() => findNodes(shown.nodes, params.search), [shown, params.search]);
  const choose = useCallback((chosen: Chosen) => query.set(writeChosen(chosen), { push: chosen !== null }), [query]);
  if (map.nodes.length === 0) {
    return <NoMap problems={map.problems} isPast={params.at !== undefined} />;
  }
  const view = params.view ?? (width > 0 && width < LIST_BELOW_PX ? 'list' : 'map');
  return (
    <div ref={ref} className={styles.page}>
      <MapAnswer map={map} baseline={params.baseline} />
      <PastNote map={map} />
      {(part ?? map).problems.map((problem) => (
        <p key={problem} className={styles.problem}>
          {problem}
        </p>
      ))}
      <div className={styles.row}>
        <MapFilters params={params} map={map} part={part} />
        <RadioButtonGroup
          size="sm"
          aria-label={t('map.service-map-page.show-as', 'Show as')}
          options={[...VIEWS]}
          value={view}
          onChange={(next) => query.set({ view: next })}
        />
      </div>
      {isNarrowing && (
        <p className={styles.quiet} role="status">
          {t('map.service-map-page.narrowing', 'Searching what the map left out')}
        </p>
      )}
      {shown.nodes.length === 0 ? (
        <p className={styles.quiet}>
          {t('map.service-map-page.nothing-fits', 'Nothing on the map matches these filters.')}
        </p>
      ) : view === 'map' ? (
        <>
          <ServiceMapGraph
            {...shown}
            scope={scopeOf(params)}
            chosen={params.chosen}
            found={found}
            covered={drawerWidth()}
            onChoose={choose}
          />
          <MapLegend map={map} />
        </>
      ) : (
        <MapList
          {...shown}
          found={found}
          hasBaseline={map.baseline?.known === true}
          hasNoAlerts={map.alertsOf === 'unknown'}
          onChoose={choose}
        />
      )}
      <Panel map={holderOf(params.chosen, part) ?? map} params={params} onChoose={choose} />
    </div>
  );
}

/** Of a small drawer of Grafana; wider than a phone, which shows nothing beside it. */
const drawerWidth = (): number => Math.max(384, window.innerWidth / 4);

/** @returns undefined when nothing is searched */
function findNodes(nodes: readonly MapNodeView[], search: string): ReadonlySet<string> | undefined {
  const wanted = search.trim().toLowerCase();
  return wanted === ''
    ? undefined
    : new Set(nodes.flatMap(({ id, name }) => (name.toLowerCase().includes(wanted) ? [id] : [])));
}

/** Of a map that was cut, the part that has what is chosen with all that is beside it. */
function holderOf(chosen: Chosen, part: MapOutput | undefined): MapOutput | undefined {
  if (chosen === null || part === undefined) {
    return undefined;
  }
  const has =
    'node' in chosen
      ? part.nodes.some(({ id }) => id === chosen.node)
      : part.edges.some(({ id }) => id === chosen.edge);
  return has ? part : undefined;
}

type PanelProps = Pick<BodyProps, 'map' | 'params'> & { readonly onChoose: (chosen: Chosen) => void };

function Panel({ map, params, onChoose }: PanelProps) {
  const { chosen } = params;
  if (chosen === null) {
    return null;
  }
  if ('node' in chosen) {
    return (
      <NodePanel
        id={chosen.node}
        node={map.nodes.find(({ id }) => id === chosen.node)}
        map={map}
        params={params}
        onChoose={onChoose}
      />
    );
  }
  return (
    <EdgePanel id={chosen.edge} edge={map.edges.find(({ id }) => id === chosen.edge)} {...{ map, params, onChoose }} />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minWidth: 0 }),
  row: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: theme.spacing(1),
  }),
  problem: css({ margin: 0, color: theme.colors.warning.text, overflowWrap: 'anywhere' }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
});
