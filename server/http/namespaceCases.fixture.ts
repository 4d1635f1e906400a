import { addMs, minutes } from '../../src/core/units.ts';
import { NOW, TRACE, type Mark } from './namespaceWorld.fixture.ts';

type Input = Readonly<Record<string, unknown>>;

/** Ids of what the first namespace has. */
export interface Ids {
  readonly threshold: string;
  readonly silence: string;
  readonly otherSilence: string;
  readonly view: string;
  readonly token: string;
  readonly session: string;
  readonly source: string;
  readonly alert: string;
  /** Notifications that were given up. */
  readonly undelivered: string;
  readonly otherUndelivered: string;
}

/** How an operation is tried over the border of two namespaces; each has at least one of these. */
export interface NamespaceCase {
  /** A call that makes something in whatever namespace it is called in. */
  readonly makes?: (mark: Mark) => Input;
  /** A call with the id of something of the first namespace. */
  readonly byId?: (ids: Ids) => Input;
  /** A call whose answer tells of what the namespace has, nothing of which has an id in the call. */
  readonly rows?: (ids: Ids) => Input;
  /** A call that has nothing of one namespace to tell, as it is. */
  readonly tellsNothing?: Input;
  /** Only for admins of the deployment's own namespace. */
  readonly ofEngine?: Input;
}

const at = (by: number): string => new Date(addMs(NOW, minutes(by))).toISOString();
const range = { from: at(-30), to: at(-5) };
const set = { query: '{ }', ...range, limit: 10 };
const alertOf = (name: string) => ({ labels: { alertname: name, service: `${name}-shop`, team: `${name}-team` } });
const threshold = { service: 'indigo-shop', signal: 'up', critical: 0.5 };
const workOf = (mark: string) => ({
  matchers: [{ name: 'service', op: '=', value: `${mark}-shop` }],
  ...{ endsAt: at(60), comment: `work on ${mark}` },
});
const workV2 = (mark: string) => ({
  matchers: [{ name: 'service', value: `${mark}-shop`, isRegex: false, isEqual: true }],
  ...{ startsAt: at(0), endsAt: at(60), comment: `work on ${mark}`, createdBy: mark },
});
const hook = { kind: 'webhook', settings: { url: 'https://example.org/x' } };
const nothing = () => ({});

/** Every operation by its name, those that make what others need before these. */
export const NAMESPACE_CASES: Readonly<Record<string, NamespaceCase>> = {
  createReceiver: { makes: (mark) => ({ ...hook, name: `${mark}-hook` }) },
  updateRoutes: { makes: (mark) => ({ items: [{ matchers: [], receiver: `${mark}-hook`, continue: false }] }) },
  createThreshold: { makes: (mark) => ({ ...threshold, service: `${mark}-shop` }) },
  createSilence: { makes: workOf },
  createToken: { makes: (mark) => ({ name: `${mark}-ci`, scope: 'read' }) },
  createLoginLink: { makes: (mark) => ({ name: `${mark}-person`, role: 'viewer' }) },
  createSource: { makes: (mark) => ({ kind: 'grafana', name: `${mark}-grafana`, url: 'https://grafana.example.org' }) },
  saveView: {
    makes: (mark) => ({ page: 'alerts', name: `${mark}-view`, params: {} }),
    byId: ({ view: id }) => ({ id, page: 'alerts', name: 'mine now', params: {} }),
  },
  intakeEvents: { makes: (mark) => ({ events: [alertOf(mark)] }) },
  intakeGrafana: { makes: (mark) => ({ alerts: [{ ...alertOf(`${mark}-grafana`), status: 'firing' }] }) },
  alertmanagerPostAlerts: { makes: (mark) => ({ alerts: [alertOf(`${mark}-prometheus`)] }) },
  alertmanagerPostSilence: {
    makes: (mark) => workV2(`${mark}-v2`),
    byId: ({ silence: id }) => ({ ...workV2('indigo'), id }),
  },

  getAlert: { byId: ({ alert: id }) => ({ id }) },
  getAlertEvidence: { byId: ({ alert: id }) => ({ id }) },
  acknowledgeAlert: { byId: ({ alert: id }) => ({ id }) },
  unacknowledgeAlert: { byId: ({ alert: id }) => ({ id }) },
  commentAlert: { byId: ({ alert: id }) => ({ id, comment: 'seen' }) },
  resolveAlert: { byId: ({ alert: id }) => ({ id }) },
  getThreshold: { byId: ({ threshold: id }) => ({ id }) },
  listThresholdVersions: { byId: ({ threshold: id }) => ({ id }) },
  updateThreshold: { byId: ({ threshold: id }) => ({ ...threshold, id }) },
  patchThresholds: { byId: ({ threshold: id }) => ({ items: [{ id, critical: 0.4 }] }) },
  revertThreshold: { byId: ({ threshold: id }) => ({ id, version: 1 }) },
  deleteThreshold: { byId: ({ threshold: id }) => ({ id }) },
  updateReceiver: { byId: () => ({ ...hook, name: 'indigo-hook' }) },
  testReceiver: { byId: () => ({ name: 'indigo-hook' }) },
  deleteReceiver: { byId: () => ({ name: 'indigo-hook' }) },
  resendUndelivered: { byId: ({ undelivered }) => ({ ids: [undelivered] }) },
  dismissUndelivered: { byId: ({ otherUndelivered }) => ({ ids: [otherUndelivered] }) },
  updateSilence: { byId: ({ silence: id }) => ({ ...workOf('indigo'), id }) },
  expireSilence: { byId: ({ silence: id }) => ({ id }) },
  alertmanagerGetSilence: { byId: ({ silence: id }) => ({ id }) },
  alertmanagerDeleteSilence: { byId: ({ otherSilence: id }) => ({ id }) },
  deleteView: { byId: ({ view: id }) => ({ id }) },
  revokeToken: { byId: ({ token: id }) => ({ id }) },
  revokeSession: { byId: ({ session: id }) => ({ id }) },
  deleteSource: { byId: ({ source: id }) => ({ id }) },
  getServiceHealth: { byId: () => ({ name: 'indigo-shop' }) },
  getTrace: { byId: () => ({ traceId: TRACE.indigo, ...range }) },
  getLinkedTraces: { byId: () => ({ traceId: TRACE.indigo, ...range }) },

  // A name in the path, of which the sources of the caller's own namespace are asked, whether they know it or not.
  getServiceEvidence: { rows: () => ({ name: 'indigo-shop', at: at(-10) }) },
  listServiceCalls: { rows: () => ({ name: 'indigo-shop', ...range }) },
  getTraceLogs: { rows: () => ({ traceId: TRACE.indigo, ...range }) },

  listServices: { rows: nothing },
  getServiceMap: { rows: nothing },
  exportHistory: { rows: nothing },
  listHistory: { rows: nothing },
  listAlerts: { rows: nothing },
  listTeams: { rows: nothing },
  getMetrics: { rows: () => ({ queries: [{ id: 'a', expr: 'up' }], ...range }) },
  searchTraces: { rows: () => set },
  analyzeTraces: { rows: () => ({ set }) },
  listTraceErrors: { rows: () => range },
  listTraceAttributes: { rows: nothing },
  listTraceAttributeValues: { rows: () => ({ attribute: 'span.http.route' }) },
  compareTraces: { rows: () => ({ sides: { kind: 'sets', a: set, b: set } }) },
  explainTraces: { rows: () => ({ selection: { traceIds: [TRACE.indigo] }, rest: set }) },
  queryFrames: {
    rows: () => ({
      ...{ from: at(-30), to: at(5) },
      queries: ['alerts', 'history', 'signals', 'traces'].map((queryType) => ({
        refId: queryType,
        query: { queryType, ...(queryType === 'signals' ? { signal: 'up' } : {}) },
      })),
    }),
  },
  listUndelivered: { rows: nothing },
  listThresholds: { rows: nothing },
  listReceivers: { rows: nothing },
  getRoutes: { rows: nothing },
  matchRoutes: { rows: () => ({ labels: { service: 'x' } }) },
  previewSilence: { rows: () => ({ matchers: [{ name: 'service', op: '=~', value: '.+' }] }) },
  listSilences: { rows: nothing },
  listViews: { rows: () => ({ page: 'alerts' }) },
  getMe: { tellsNothing: {} },
  listTokens: { rows: nothing },
  listSessions: { rows: nothing },
  listSources: { rows: nothing },
  listAudit: { rows: nothing },
  alertmanagerGetAlerts: { rows: nothing },
  alertmanagerGetGroups: { rows: nothing },
  alertmanagerGetSilences: { rows: nothing },
  alertmanagerGetReceivers: { rows: nothing },

  getSystemStatus: { tellsNothing: {} },
  getChanges: { tellsNothing: {} },
  listSignals: { tellsNothing: {} },
  previewThreshold: { tellsNothing: threshold },
  verifyAudit: { tellsNothing: {} },
  alertmanagerGetStatus: { tellsNothing: {} },
  listBackups: { ofEngine: {} },
  createBackup: { ofEngine: {} },
};
