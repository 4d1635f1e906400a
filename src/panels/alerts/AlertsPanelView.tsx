import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { alertPath } from '../../host/alertPath.ts';
import { AppLink } from '../../host/AppLink.tsx';
import type { Host } from '../../host/host.ts';
import { HostContext } from '../../host/HostContext.ts';
import { HostProvider } from '../../host/HostProvider.tsx';
import { t } from '../../i18n/t.ts';
import { DisplayContext } from '../../ui/display.ts';
import type { RowActs } from './AlertRows.tsx';
import { AlertsBoard, type AlertsBoardProps } from './AlertsBoard.tsx';
import { LiveBoard } from './LiveBoard.tsx';
import { DEFAULT_OPTIONS, type AlertsPanelOptions } from './options.ts';
import { rerunOf } from './rerunOf.ts';
import { useEngineIdentity } from './useEngineIdentity.ts';
import { useKeptReading } from './useKeptReading.ts';

export interface AlertsPanelViewProps
  extends
    Pick<PanelProps<AlertsPanelOptions>, 'data' | 'width' | 'height' | 'timeZone'>,
    Pick<AlertsBoardProps, 'expand'> {
  /** A panel that was saved by an older version may lack some. */
  readonly options: Partial<AlertsPanelOptions>;
  /** Undefined where nobody can go to Pharos from here, as on a public dashboard. */
  readonly host: Host | undefined;
}

/** Draws from the frames of the query alone; what the engine answers beside them only adds. */
export function AlertsPanelView({ data, width, height, timeZone, options, host, expand }: AlertsPanelViewProps) {
  const styles = useStyles2(getStyles);
  const display = useMemo(() => ({ timeZone }), [timeZone]);
  const kept = useKeptReading(data);
  const identity = useEngineIdentity(host);
  const all = { ...DEFAULT_OPTIONS, ...options };
  const linked = all.showLinks ? host : undefined;
  const acts = useMemo(() => linksOf(linked), [linked]);
  const board: AlertsBoardProps = {
    ...{ kept, data, width, acts, expand },
    options: all,
    retry: rerunOf(data.request),
  };
  return (
    <DisplayContext.Provider value={display}>
      <section
        aria-label={t('panel.alerts-panel-view.alerts', 'Alerts')}
        tabIndex={0}
        className={styles.board}
        style={{ width, height }}
      >
        {host && identity ? (
          <HostProvider key={host.engine} host={host}>
            <LiveBoard {...board} identity={identity} />
          </HostProvider>
        ) : (
          <HostContext.Provider value={host}>
            <AlertsBoard {...board} />
          </HostContext.Provider>
        )}
      </section>
    </DisplayContext.Provider>
  );
}

const linksOf = (host: Host | undefined): RowActs => ({
  acknowledge: undefined,
  me: undefined,
  open: host && (({ id }) => host.navigation.go(alertPath(id))),
  link:
    host &&
    (({ id, summary }, className) => (
      <AppLink to={alertPath(id)} className={className}>
        {summary}
      </AppLink>
    )),
});

const getStyles = (theme: GrafanaTheme2) => ({
  board: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), overflow: 'auto' }),
});
