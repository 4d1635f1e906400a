import { getTimeZone, type TypedVariableModel } from '@grafana/data';
import {
  config,
  getBackendSrv,
  getDataSourceSrv,
  getTemplateSrv,
  isFetchError,
  locationService,
} from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { ApiError } from '../api/apiError.ts';
import { createClient, type Transport, type TransportRequest } from '../api/client.ts';
import { PROFILES_TYPE } from '../core/evidence/profilesUrl.ts';
import type { Role } from '../core/identity.ts';
import { t } from '../i18n/t.ts';
import { dataSourcePath, type AppSettingsPort } from './appSettings.ts';
import { readHealth } from './grafanaHealth.ts';
import { grafanaProblem, textOf } from './grafanaProblem.ts';
import { GrafanaPageFrame } from './GrafanaPageFrame.tsx';
import type { Host } from './host.ts';
import { createNavigation, type AddressBar } from './navigation.ts';
import { APP_ID, DATASOURCE_ID, PROVISIONED_UID } from './pluginIds.ts';

export interface GrafanaHostOptions {
  /** Uid of the Pharos data source, through which every call goes. */
  readonly datasourceUid: string;
  /** Where Grafana shows the app, such as `/a/pharos-observability-app`. */
  readonly basePath: string;
  /** Of the plugin that the pages are from; a panel shows none. */
  readonly version?: string | undefined;
}

/** Calls through the data source's resources: Grafana says who is calling, the relay signs it. */
function resourceTransport(datasourceUid: string): Transport {
  const base = `/api/datasources/uid/${encodeURIComponent(datasourceUid)}/resources`;
  return async ({ method, path, query, body, signal, ...wanted }) => {
    try {
      const response = await lastValueFrom(
        getBackendSrv().fetch<unknown>({
          url: base + path,
          method,
          params: { ...query },
          headers: { Accept: wanted.accept },
          showErrorAlert: false,
          showSuccessAlert: false,
          responseType: responseTypeOf(wanted),
          ...(body === undefined ? {} : { data: body }),
          ...(signal === undefined ? {} : { abortSignal: signal }),
        })
      );
      return { status: response.status, body: bytesIn(response.data), retryAfter: undefined };
    } catch (error) {
      if (isFetchError<unknown>(error) && error.cancelled !== true && error.status > 0) {
        const { status } = error;
        const data = readRefusal(error.data);
        return { status, body: grafanaProblem({ status, body: data }, datasourceUid) ?? data, retryAfter: undefined };
      }
      throw new ApiError({ code: 'grafana_unreachable', status: 0, message: noAnswer(), cause: error });
    }
  };
}

function responseTypeOf({ accept, unread }: Pick<TransportRequest, 'accept' | 'unread'>) {
  if (unread) {
    return 'arraybuffer';
  }
  return accept === 'text/csv' ? 'text' : 'json';
}

const bytesIn = (data: unknown): unknown => (data instanceof ArrayBuffer ? new Uint8Array(data) : data);

/** Grafana leaves a refusal unread too where it was to leave the answer so. */
function readRefusal(data: unknown): unknown {
  if (!(data instanceof ArrayBuffer)) {
    return data;
  }
  const text = new TextDecoder().decode(data);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const grafanaAddressBar = (): AddressBar => ({
  read: () => locationService.getLocation(),
  listen: (listener) => locationService.getHistory().listen(listener),
  push: (address) => locationService.push(address),
  replace: (address) => locationService.replace(address),
  href: (address) => `${config.appSubUrl}${address}`,
});

const ROLES: Readonly<Record<string, Role>> = { Viewer: 'viewer', Editor: 'editor', Admin: 'admin' };

/** Whether this is a dashboard that anybody may see by its link: then nothing but its queries is answered. */
export const isPublicDashboard = (): boolean => (config.publicDashboardAccessToken ?? '') !== '';

/** Those of the dashboard that is open. */
export const dashboardVariables = (): readonly TypedVariableModel[] => getTemplateSrv().getVariables();

/** The host inside Grafana. */
export function createGrafanaHost({ datasourceUid, basePath, version }: GrafanaHostOptions): Host {
  const { user } = config.bootData;
  const role = ROLES[user.orgRole];
  return {
    kind: 'grafana',
    client: createClient(resourceTransport(datasourceUid)),
    version,
    engine: datasourceUid,
    navigation: createNavigation(grafanaAddressBar(), basePath),
    PageFrame: GrafanaPageFrame,
    timeZone: getTimeZone(),
    user: role && { name: user.name || user.login, role },
    // Viewers may not, unless their Grafana says so.
    grafanaUrl: user.permissions?.['datasources:explore'] === true ? config.appSubUrl : null,
    profilesUid: () => getDataSourceSrv().getList({ pluginId: PROFILES_TYPE, all: true })[0]?.uid ?? null,
    downloadUrl: (path, query) =>
      `${config.appSubUrl}/api/datasources/uid/${encodeURIComponent(datasourceUid)}/resources${path}?${new URLSearchParams(query).toString()}`,
  };
}

/** What Grafana knows of the app's settings, with the keys that are not ours. */
export interface StoredSettings {
  readonly enabled: boolean;
  readonly pinned: boolean;
  readonly jsonData: { readonly datasourceUid?: string } | undefined;
}

/** Sends one request to Grafana itself. @returns its answer, whatever the status; rejects when none came */
async function askGrafana(method: 'GET' | 'POST', url: string, data?: unknown) {
  try {
    const request = { method, url, data, showErrorAlert: false, showSuccessAlert: false };
    const response = await lastValueFrom(getBackendSrv().fetch<unknown>(request));
    return { status: response.status, body: response.data };
  } catch (error) {
    if (isFetchError<unknown>(error) && error.status > 0) {
      return { status: error.status, body: error.data };
    }
    throw new Error(noAnswer(), { cause: error });
  }
}

const noAnswer = (): string => t('host.grafana.no-answer', 'Grafana does not answer.');

const refusal = (status: number, said: string): string =>
  said === ''
    ? t('host.grafana.refused', 'Grafana refused with status {{status}}.', { status })
    : t('host.grafana.refused-why', 'Grafana refused with status {{status}}: {{said}}.', { status, said });

/** The settings of the app, for its page in Grafana's list of plugins. */
export function createAppSettings({ enabled, pinned, jsonData }: StoredSettings): AppSettingsPort {
  return {
    settings: { enabled, datasourceUid: jsonData?.datasourceUid ?? PROVISIONED_UID },
    dataSources: () =>
      getDataSourceSrv()
        .getList({ pluginId: DATASOURCE_ID, all: true })
        .map(({ uid, name, jsonData: stored }) => ({ uid, name, engineUrl: textOf(stored, 'engineUrl') })),
    test: (uid) =>
      askGrafana('GET', `/api/datasources/uid/${encodeURIComponent(uid)}/health`).then(
        (answer) => readHealth(answer, uid),
        (error: Error) => ({ problem: { message: error.message, code: 'grafana_unreachable' } })
      ),
    async save({ enabled: isEnabled, datasourceUid }) {
      const { status, body } = await askGrafana('POST', `/api/plugins/${APP_ID}/settings`, {
        enabled: isEnabled,
        pinned: pinned || isEnabled,
        jsonData: { ...jsonData, datasourceUid },
      });
      if (status !== 200) {
        throw new Error(refusal(status, textOf(body, 'message')));
      }
    },
    async addDataSource(uid) {
      // No `url`: with one, every viewer would reach the engine past the relay.
      const made = { name: 'Pharos', type: DATASOURCE_ID, uid, access: 'proxy' };
      const { status, body } = await askGrafana('POST', '/api/datasources', made);
      if (status !== 200) {
        throw new Error(refusal(status, textOf(body, 'message')));
      }
      // Grafana lists its data sources once.
      await getDataSourceSrv().reload();
      locationService.push(dataSourcePath(uid));
    },
    reload: () => window.location.reload(),
    href: (path) => `${config.appSubUrl}${path}`,
  };
}
