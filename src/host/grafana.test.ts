import { config } from '@grafana/runtime';
import { of, throwError, type Observable } from 'rxjs';
import { getSystemStatus } from '../api/system.ts';
import { deleteThreshold } from '../api/thresholds.ts';
import { createAppSettings, createGrafanaHost } from './grafana.tsx';

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly params: Record<string, string>;
  readonly showErrorAlert: boolean;
  readonly responseType?: string;
  readonly data?: unknown;
}

let reply: (sent: Sent) => Observable<{ status: number; data: unknown }>;
const sent: Sent[] = [];
/** Whichever plugin they are asked for. */
let sources: ReadonlyArray<{ uid: string; name: string; jsonData: object }> = [];

const mockReload = jest.fn(() => Promise.resolve());
const mockPush = jest.fn<void, [string]>();

jest.mock('@grafana/runtime', () => ({
  PluginPage: () => null,
  config: {
    appSubUrl: '/grafana',
    bootData: { user: { name: '', login: 'ada', orgRole: 'Editor', permissions: { 'datasources:explore': true } } },
  },
  isFetchError: (error: unknown) => typeof error === 'object' && error !== null && 'status' in error,
  getBackendSrv: () => ({
    fetch: (request: Sent) => {
      sent.push(request);
      return reply(request);
    },
  }),
  getDataSourceSrv: () => ({
    reload: mockReload,
    getList: ({ pluginId }: { pluginId: string }) =>
      sources.map((source) => ({ ...source, name: source.name || pluginId })),
  }),
  locationService: {
    getLocation: () => ({ pathname: '/a/pharos-observability-app/alerts', search: '?q=1' }),
    getHistory: () => ({ listen: () => () => undefined }),
    push: (address: string): void => void mockPush(address),
    replace: jest.fn(),
  },
}));

const host = () => createGrafanaHost({ datasourceUid: 'ph aros', basePath: '/a/pharos-observability-app' });

beforeEach(() => {
  sent.length = 0;
  sources = [
    { uid: 'pharos', name: '', jsonData: { engineUrl: 'http://127.0.0.1:8686' } },
    { uid: 'new', name: 'New', jsonData: {} },
  ];
});

describe('createGrafanaHost', () => {
  it('leads into Explore those only whom Grafana lets in there', () => {
    expect(host().grafanaUrl).toBe('/grafana');
    jest.replaceProperty(config.bootData.user, 'permissions', { 'datasources:query': true });
    expect(host().grafanaUrl).toBeNull();
    jest.restoreAllMocks();
  });

  it('knows whether Grafana has a data source for profiles', () => {
    expect(host().profilesUid()).toBe('pharos');
    sources = [];
    expect(host().profilesUid()).toBeNull();
  });

  it('calls through the resources of the data source, and lets Grafana show no alert of its own', async () => {
    reply = () => of({ status: 200, data: {} });
    await host().client.call(deleteThreshold, { id: 'a/b', reason: 'old' });
    expect(sent[0]).toMatchObject({
      url: '/api/datasources/uid/ph%20aros/resources/api/v1/thresholds/a%2Fb',
      method: 'DELETE',
      params: { reason: 'old' },
      showErrorAlert: false,
    });
  });

  it('hands on the problem document that Grafana wraps', async () => {
    const data = {
      ...{ type: 'about:blank', title: 'Not allowed', status: 403, code: 'forbidden' },
      detail: 'This needs the role admin.',
    };
    reply = () => throwError(() => ({ status: 403, data }));
    await expect(host().client.call(deleteThreshold, { id: 'a' })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'This needs the role admin.',
    });
  });

  it('gives an answer unread to who reads it, and reads a refusal of such a call', async () => {
    const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;
    const read = (body: Uint8Array) => Promise.resolve(JSON.parse(String.fromCharCode(...body)));
    reply = () => of({ status: 200, data: bytesOf('{}') });
    expect(await host().client.call(deleteThreshold, { id: 'a' }, { read })).toEqual({});
    expect(sent[0]?.responseType).toBe('arraybuffer');
    const problem = { type: 'about:blank', title: '', status: 404, code: 'not_found', detail: 'There is none.' };
    reply = () => throwError(() => ({ status: 404, data: bytesOf(JSON.stringify(problem)) }));
    await expect(host().client.call(deleteThreshold, { id: 'a' }, { read })).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is none.',
    });
    reply = () => throwError(() => ({ status: 502, data: bytesOf('<html>') }));
    await expect(host().client.call(deleteThreshold, { id: 'a' }, { read, tries: 1 })).rejects.toMatchObject({
      code: 'relay_unavailable',
    });
  });

  it('takes an answer without status for none, and does not blame the engine', async () => {
    reply = () => throwError(() => ({ status: 0, data: {} }));
    await expect(host().client.call(getSystemStatus, {}, { tries: 1 })).rejects.toMatchObject({
      code: 'grafana_unreachable',
      message: 'Grafana does not answer.',
    });
  });

  it('names what Grafana itself is in the way of', async () => {
    reply = () => throwError(() => ({ status: 404, data: { message: 'Data source not found' } }));
    await expect(host().client.call(getSystemStatus, {})).rejects.toMatchObject({
      code: 'datasource_missing',
      status: 404,
      message: 'Grafana has no data source with the uid "ph aros".',
    });
  });

  it('knows its place within Grafana, and who is signed in', () => {
    const { navigation, user, kind, grafanaUrl } = host();
    expect(kind).toBe('grafana');
    expect(navigation.current()).toEqual({ path: '/alerts', search: '?q=1' });
    expect(navigation.href('/alerts')).toBe('/grafana/a/pharos-observability-app/alerts');
    expect(user).toEqual({ name: 'ada', role: 'editor' });
    expect(grafanaUrl).toBe('/grafana');
  });
});

describe('createAppSettings', () => {
  const port = () =>
    createAppSettings({ enabled: false, pinned: false, jsonData: { datasourceUid: 'ph aros', ...{ other: 'kept' } } });

  it('knows the data sources of Pharos, and where each looks for the engine', () => {
    expect(port().dataSources()).toEqual([
      { uid: 'pharos', name: 'pharos-observability-datasource', engineUrl: 'http://127.0.0.1:8686' },
      { uid: 'new', name: 'New', engineUrl: '' },
    ]);
    expect(createAppSettings({ enabled: true, pinned: true, jsonData: undefined }).settings).toEqual({
      enabled: true,
      datasourceUid: 'pharos',
    });
  });

  it('saves, and keeps what is not its own', async () => {
    reply = () => of({ status: 200, data: {} });
    await port().save({ enabled: true, datasourceUid: 'new' });
    expect(sent[0]).toMatchObject({
      url: '/api/plugins/pharos-observability-app/settings',
      method: 'POST',
      data: { enabled: true, pinned: true, jsonData: { datasourceUid: 'new', other: 'kept' } },
      showErrorAlert: false,
    });
  });

  it('says why Grafana did not save', async () => {
    reply = () => throwError(() => ({ status: 403, data: { message: 'Access denied' } }));
    await expect(port().save({ enabled: true, datasourceUid: 'x' })).rejects.toThrow(
      'Grafana refused with status 403: Access denied.'
    );
  });

  it('adds a data source without an address that viewers could reach, and says why Grafana did not', async () => {
    reply = () =>
      throwError(() => ({ status: 409, data: { message: 'data source with the same name already exists' } }));
    await expect(port().addDataSource('pharos')).rejects.toThrow(
      'Grafana refused with status 409: data source with the same name already exists.'
    );
    expect(sent[0]).toMatchObject({ url: '/api/datasources', method: 'POST' });
    expect(sent[0]?.data).toEqual({
      name: 'Pharos',
      type: 'pharos-observability-datasource',
      uid: 'pharos',
      access: 'proxy',
    });
  });

  it('lets Grafana learn of the data source before it opens it', async () => {
    reply = () => of({ status: 200, data: { datasource: { uid: 'pharos' } } });
    mockPush.mockImplementation(() => expect(mockReload).toHaveBeenCalledTimes(1));
    await port().addDataSource('pharos');
    expect(mockPush).toHaveBeenCalledWith('/connections/datasources/edit/pharos');
  });

  it('tests a data source by its health', async () => {
    reply = () => throwError(() => ({ status: 404, data: { message: 'Data source not found' } }));
    expect(await port().test('a b')).toMatchObject({ problem: { code: 'datasource_missing' } });
    expect(sent[0]?.url).toBe('/api/datasources/uid/a%20b/health');
    reply = () => throwError(() => new Error('offline'));
    expect(await port().test('a')).toEqual({
      problem: { message: 'Grafana does not answer.', code: 'grafana_unreachable' },
    });
  });
});
