export const APP_ID = 'pharos-observability-app';
export const DATASOURCE_ID = 'pharos-observability-datasource';
export const ALERTS_PANEL_ID = 'pharos-alerts-panel';
export const TRACES_PANEL_ID = 'pharos-traces-panel';

/** Where Grafana shows the app. */
export const APP_PATH = `/a/${APP_ID}`;

/** The uid that the provisioning gives the data source. */
export const PROVISIONED_UID = 'pharos';
