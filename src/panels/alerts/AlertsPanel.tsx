import type { DataQueryRequest, InterpolateFunction, PanelProps } from '@grafana/data';
import { useMemo } from 'react';
import { createGrafanaHost, dashboardVariables, isPublicDashboard } from '../../host/grafana.tsx';
import { APP_PATH, DATASOURCE_ID, PROVISIONED_UID } from '../../host/pluginIds.ts';
import { variableValues, type VariableScope } from '../../host/variableValues.ts';
import { AlertsPanelView } from './AlertsPanelView.tsx';
import type { AlertsPanelOptions } from './options.ts';

/** The data source that the panel's query goes to, whose engine then knows its alerts. */
function datasourceUidOf(request: DataQueryRequest | undefined, interpolate: InterpolateFunction): string {
  const used = request?.targets.find(({ datasource }) => datasource?.type === DATASOURCE_ID)?.datasource?.uid;
  return used === undefined ? PROVISIONED_UID : interpolate(used);
}

/** The panel within Grafana. */
export function AlertsPanel({ replaceVariables, ...props }: PanelProps<AlertsPanelOptions>) {
  const datasourceUid = datasourceUidOf(props.data.request, replaceVariables);
  const host = useMemo(
    () => (isPublicDashboard() ? undefined : createGrafanaHost({ datasourceUid, basePath: APP_PATH })),
    [datasourceUid]
  );
  const { data, width, height, timeZone, options } = props;
  const variables: VariableScope = {
    replace: (text, format) => replaceVariables(text, undefined, format),
    getVariables: dashboardVariables,
  };
  return (
    <AlertsPanelView
      {...{ data, width, height, timeZone, host, options }}
      expand={(entries) => variableValues(entries, variables)}
    />
  );
}
