import type { PanelProps } from '@grafana/data';
import { useMemo } from 'react';
import { createGrafanaHost, isPublicDashboard } from '../../host/grafana.tsx';
import { APP_PATH, PROVISIONED_UID } from '../../host/pluginIds.ts';
import type { TracesPanelOptions } from './options.ts';
import { TracesPanelView } from './TracesPanelView.tsx';

/** The panel within Grafana; of the engine it needs the ways into the app only. */
export function TracesPanel({ id, data, width, height, timeZone, options }: PanelProps<TracesPanelOptions>) {
  const host = useMemo(
    () => (isPublicDashboard() ? undefined : createGrafanaHost({ datasourceUid: PROVISIONED_UID, basePath: APP_PATH })),
    []
  );
  return <TracesPanelView {...{ id, data, width, height, timeZone, options, host }} />;
}
