import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { Host } from '../../host/host.ts';
import { HostContext } from '../../host/HostContext.ts';
import { t } from '../../i18n/t.ts';
import { DisplayContext } from '../../ui/display.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { MapPart } from './MapPart.tsx';
import { OperationList } from './OperationList.tsx';
import { DEFAULT_OPTIONS, VIEW_WORDS, type TracesPanelOptions } from './options.ts';
import { readTracePanel, type TracePanelReading } from './readTracePanel.ts';
import { TraceList } from './TraceList.tsx';
import { TracePart } from './TracePart.tsx';

export interface TracesPanelViewProps extends Pick<
  PanelProps<TracesPanelOptions>,
  'id' | 'data' | 'width' | 'height' | 'timeZone'
> {
  /** A panel that was saved by an older version may lack some. */
  readonly options: Partial<TracesPanelOptions>;
  /** Undefined where nobody can go to Pharos from here, as on a public dashboard. */
  readonly host: Host | undefined;
}

/** Draws from the frames of the query alone, of Pharos or of another data source. */
export function TracesPanelView({ id, data, width, height, timeZone, options, host }: TracesPanelViewProps) {
  const styles = useStyles2(getStyles);
  const display = useMemo(() => ({ timeZone }), [timeZone]);
  const { view, maxRows } = { ...DEFAULT_OPTIONS, ...options };
  const reading = useMemo(() => readTracePanel(data.series, view), [data.series, view]);
  return (
    <DisplayContext.Provider value={display}>
      <HostContext.Provider value={host}>
        <section
          aria-label={t('panel.traces.traces', 'Traces')}
          tabIndex={0}
          className={styles.panel}
          style={{ width, height }}
        >
          <Drawn
            {...{ id, reading, width, height, maxRows }}
            wanted={VIEW_WORDS[view].label}
            hasHost={host !== undefined}
          />
        </section>
      </HostContext.Provider>
    </DisplayContext.Provider>
  );
}

interface DrawnProps {
  readonly id: number;
  readonly reading: TracePanelReading;
  readonly width: number;
  readonly height: number;
  readonly maxRows: number;
  /** The view that was chosen, in words. */
  readonly wanted: string;
  readonly hasHost: boolean;
}

function Drawn({ id, reading, width, height, maxRows, wanted, hasHost }: DrawnProps) {
  switch (reading.kind) {
    case 'search':
      return <TraceList {...{ width, maxRows, hasHost }} traces={reading.traces} />;
    case 'trace':
      return <TracePart trace={reading.trace} width={width} hasLink={hasHost} />;
    case 'path':
      return <OperationList operations={reading.operations} width={width} />;
    case 'map':
      return <MapPart panelId={id} nodes={reading.nodes} edges={reading.edges} height={height} hasLink={hasHost} />;
    case 'nothing':
      return (
        <EmptyState title={t('panel.traces.no-traces', 'No traces')}>
          {t('panel.traces.nothing-came-back', 'Nothing came back for this query in this time range.')}
        </EmptyState>
      );
    case 'unfit':
      return (
        <EmptyState
          title={t('panel.traces.cannot-be-drawn', 'This answer cannot be drawn as "{{wanted}}"', { wanted })}
        >
          {t(
            'panel.traces.what-to-ask',
            'Query the data source Pharos for traces, one trace, the critical path by operation or the service map, or Tempo for traces; or choose another view in the panel options.'
          )}
        </EmptyState>
      );
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), overflow: 'auto' }),
});
