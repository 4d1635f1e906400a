import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import type { OutputOf } from '../../api/operation.ts';
import { getServiceMap, type MapNodeView } from '../../api/serviceMap.ts';
import { filterServiceMap } from '../../core/serviceMap/filterServiceMap.ts';
import { epochMs, minutes } from '../../core/units.ts';
import { useHost } from '../../host/HostContext.ts';
import { useLive } from '../../host/useLive.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LiveStamp } from '../../ui/LiveStamp.tsx';
import type { Chosen } from '../../ui/serviceMap/shownMap.ts';
import { ServiceMapGraph } from '../../ui/serviceMap/ServiceMapGraph.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useWidth } from '../../ui/useWidth.ts';
import { EdgePanel } from './EdgePanel.tsx';
import { MapAnswer } from './MapAnswer.tsx';
import { MapFilters } from './MapFilters.tsx';
import { MapLegend } from './MapLegend.tsx';
import { MapList } from './MapList.tsx';
import { baselineEnd, readMapParams, writeChosen, type MapParams } from './mapParams.ts';
import { MapTime } from './MapTime.tsx';
import { NodePanel } from './NodePanel.tsx';
import { NoMap } from './NoMap.tsx';

const REFRESH_MS = 15_000;
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
  const answer = useMap(params);
  const isLive = params.at === undefined;
  const updatedAt = Math.max(contactAt ?? 0, answer.dataUpdatedAt) || null;
  return (
    <PageFrame
      title={t('map.service-map-page.service-map', 'Service map')}
      actions={isLive ? <LiveStamp at={updatedAt} lost={lost} paused={paused} onPause={setPaused} /> : undefined}
    >
      <div className={styles.page}>
        {answer.error && (
          <ErrorState
            what={
              answer.data
                ? t('map.service-map-page.not-updated', 'The map could not be updated')
                : t('map.service-map-page.not-loaded', 'The map could not be loaded')
            }
            error={answer.error}
            onRetry={() => void answer.refetch()}
          />
        )}
        <MapTime params={params} />
        {answer.data !== undefined && <Body map={answer.data} params={params} />}
        {answer.isPending && (
          <Skeleton label={t('map.service-map-page.loading', 'Loading the map')} height={48} rows={8} />
        )}
      </div>
    </PageFrame>
  );
}

const NONE = 0;

function useMap({ at, window, baseline }: MapParams) {
  const isMoment = baseline !== undefined && 'at' in baseline;
  // What is so long ago moves on with the map: to the minute, so that not each second is another question.
  const end = useNow((now) => {
    const latest = isMoment ? now : Math.floor(now / minutes(1)) * minutes(1);
    return baselineEnd(baseline, at ?? epochMs(latest)) ?? NONE;
  });
  return useOperation(
    getServiceMap,
    { window, ...(at === undefined ? {} : { at }), ...(end === NONE ? {} : { baseline: epochMs(end) }) },
    { keepPrevious: true, ...(at === undefined ? { refreshMs: REFRESH_MS } : {}) }
  );
}

interface BodyProps {
  readonly map: OutputOf<typeof getServiceMap>;
  readonly params: MapParams;
}

const isHurting = ({ health }: MapNodeView): boolean => health.state === 'critical' || health.state === 'degraded';

function Body({ map, params }: BodyProps) {
  const styles = useStyles2(getStyles);
  const query = useQueryParams();
  const [ref, width] = useWidth<HTMLDivElement>();
  const { around, depth, errorsOnly, namespace, search } = params;
  const shown = useMemo(
    () => filterServiceMap(map, { around, depth, errorsOnly, namespace }, isHurting),
    [map, around, depth, errorsOnly, namespace]
  );
  const found = useMemo(() => findNodes(shown.nodes, search), [shown, search]);
  const choose = useCallback((chosen: Chosen) => query.set(writeChosen(chosen), { push: chosen !== null }), [query]);
  if (map.nodes.length === 0) {
    return <NoMap problems={map.problems} isPast={params.at !== undefined} />;
  }
  const view = params.view ?? (width > 0 && width < LIST_BELOW_PX ? 'list' : 'map');
  const scope = JSON.stringify([around, around === undefined ? 0 : depth, errorsOnly, namespace]);
  return (
    <div ref={ref} className={styles.page}>
      <MapAnswer map={map} baseline={params.baseline} />
      {map.problems.map((problem) => (
        <p key={problem} className={styles.problem}>
          {problem}
        </p>
      ))}
      <div className={styles.row}>
        <MapFilters params={params} nodes={map.nodes} namespaces={map.namespaces} />
        <RadioButtonGroup
          size="sm"
          aria-label={t('map.service-map-page.show-as', 'Show as')}
          options={[...VIEWS]}
          value={view}
          onChange={(next) => query.set({ view: next })}
        />
      </div>
      {shown.nodes.length === 0 ? (
        <p className={styles.quiet}>
          {t('map.service-map-page.nothing-fits', 'Nothing on the map fits these filters.')}
        </p>
      ) : view === 'map' ? (
        <>
          <ServiceMapGraph {...shown} scope={scope} chosen={params.chosen} found={found} onChoose={choose} />
          <MapLegend map={map} />
        </>
      ) : (
        <MapList {...shown} found={found} hasBaseline={map.baseline?.known === true} onChoose={choose} />
      )}
      <Panel map={map} params={params} onChoose={choose} />
    </div>
  );
}

/** @returns undefined when nothing is searched */
function findNodes(nodes: readonly MapNodeView[], search: string): ReadonlySet<string> | undefined {
  const wanted = search.trim().toLowerCase();
  return wanted === ''
    ? undefined
    : new Set(nodes.flatMap(({ id, name }) => (name.toLowerCase().includes(wanted) ? [id] : [])));
}

function Panel({ map, params, onChoose }: BodyProps & { readonly onChoose: (chosen: Chosen) => void }) {
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
