import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Drawer, useStyles2 } from '@grafana/ui';
import type { OutputOf } from '../../api/operation.ts';
import type { getServiceMap, MapEdgeView } from '../../api/serviceMap.ts';
import { nameOfNode } from '../../core/serviceMap/serviceMap.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import { buildCallTracesQuery } from '../../queries/traceql/mapTracesQuery.ts';
import { Section } from '../../ui/Section.tsx';
import { callWord } from '../../ui/serviceMap/mapLook.ts';
import type { Chosen } from '../../ui/serviceMap/shownMap.ts';
import { describeChange } from './answerMap.ts';
import { CallTraces } from './CallTraces.tsx';
import { CompareTraces } from './CompareTraces.tsx';
import { Differences } from './Differences.tsx';
import { FigureList } from './FigureList.tsx';
import type { MapParams } from './mapParams.ts';
import { MetricsInExplore } from './MetricsInExplore.tsx';
import { tracesOfMap } from './tracesOfMap.ts';

export interface EdgePanelProps {
  readonly id: string;
  /** Undefined when it is not on the map now. */
  readonly edge: MapEdgeView | undefined;
  readonly map: OutputOf<typeof getServiceMap>;
  readonly params: MapParams;
  readonly onChoose: (chosen: Chosen) => void;
}

/** The calls of one service to another. */
export function EdgePanel({ id, edge, map, params, onChoose }: EdgePanelProps) {
  const styles = useStyles2(getStyles);
  return (
    <Drawer
      title={edge === undefined ? id : `${nameOfNode(edge.from)} → ${nameOfNode(edge.to)}`}
      subtitle={edge === undefined ? '' : callWord(edge.kind)}
      size="sm"
      onClose={() => onChoose(null)}
    >
      {edge === undefined ? (
        <p>{t('map.edge-panel.there-were-no', 'There were no such calls in this window.')}</p>
      ) : (
        <div className={styles.body}>
          <Differences changes={edge.changes} describe={(kind) => describeChange(edge, kind)} />
          <Section title={t('map.edge-panel.figures', 'Figures')}>
            <FigureList figures={edge.figures} before={map.baseline?.known === true ? edge.before : null} />
            <p className={styles.quiet}>
              {t('map.edge-panel.as-the-caller', 'As seen by the caller, if it sends spans.')}
            </p>
          </Section>
          <Section title={t('map.edge-panel.both-ends', 'Both ends')}>
            {[edge.from, edge.to].map((end) => (
              <Button key={end} variant="secondary" fill="text" size="sm" onClick={() => onChoose({ node: end })}>
                {nameOfNode(end)}
              </Button>
            ))}
          </Section>
          <EdgeLinks {...{ edge, map, params }} />
        </div>
      )}
    </Drawer>
  );
}

/** Where to look next. */
function EdgeLinks({ edge, map, params }: Pick<EdgePanelProps, 'map' | 'params'> & { readonly edge: MapEdgeView }) {
  const styles = useStyles2(getStyles);
  const [from, to] = [edge.from, edge.to].map((end) => map.nodes.find(({ id }) => id === end));
  if (from === undefined || to === undefined) {
    return null;
  }
  return (
    <Section title={t('map.node-panel.go-on', 'Next steps')}>
      <div className={styles.links}>
        <CallTraces
          {...{ params, all: buildCallTracesQuery(from, to), failed: buildCallTracesQuery(from, to, true) }}
        />
        <MetricsInExplore ends={{ from, to }} map={map} />
        {from.kind === 'service' && (
          <>
            <CompareTraces service={from.name} params={params} />
            <AppLink to={tracesOfMap({ service: from.name, tab: 'calls' }, params)}>
              {t('map.edge-panel.calls-of', 'All calls of {{service}} in detail', { service: from.name })}
            </AppLink>
          </>
        )}
      </div>
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  body: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  links: css({
    display: 'grid',
    justifyItems: 'start',
    gap: theme.spacing(0.75),
    '& a': { color: theme.colors.text.link, textDecoration: 'underline', textUnderlineOffset: 3 },
  }),
});
