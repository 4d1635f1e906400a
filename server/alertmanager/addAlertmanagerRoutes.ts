import type { Hono } from 'hono';
import { z } from 'zod';
import { operation } from '../../src/api/operation.ts';
import type { Deps } from '../deps.ts';
import { parseJson } from '../http/body.ts';
import { honoPath, serve, type Environment, type WireInput } from '../http/route.ts';
import { query, type ServedOperation } from '../operations/operation.ts';
import { getAlerts, getGroups, postAlerts } from './alerts.ts';
import { deleteSilence, getSilence, getSilences, postSilence } from './silences.ts';

/** The version of Alertmanager whose API this is; clients look at it to decide what they may ask. */
const API_LEVEL = '0.34.0';

const getReceivers = query(
  operation({
    name: 'alertmanagerGetReceivers',
    method: 'GET',
    path: '/api/v2/receivers',
    access: 'viewer',
    summary: 'Names of the receivers.',
    input: z.object({}),
    output: z.array(z.object({ name: z.string() })),
  }),
  async (deps, { identity }) => (await deps.store.read.receivers.list(identity.namespace)).map(({ name }) => ({ name }))
);

const getStatus = query(
  operation({
    name: 'alertmanagerGetStatus',
    method: 'GET',
    path: '/api/v2/status',
    access: 'viewer',
    summary: 'Version and uptime in the shape of Alertmanager.',
    input: z.object({}),
    output: z.unknown(),
  }),
  (deps) =>
    Promise.resolve({
      cluster: { name: 'pharos', status: 'ready', peers: [] },
      config: { original: '# Pharos keeps its routes and receivers in its own store.\n' },
      uptime: new Date(deps.startedAt).toISOString(),
      versionInfo: {
        version: API_LEVEL,
        branch: '',
        buildDate: '',
        buildUser: '',
        goVersion: '',
        revision: `pharos ${deps.version}`,
      },
    })
);

/** `filter` may be repeated; every other parameter counts once, the last one wins, as in Alertmanager. */
const filterInput: WireInput = (context) => {
  const { filter = [], ...rest } = context.req.queries();
  return { ...Object.fromEntries(Object.entries(rest).map(([name, values]) => [name, values.at(-1)])), filter };
};

const alertsInput: WireInput = (_context, rawBody) => ({ alerts: parseJson(rawBody) });

const OPERATIONS: ReadonlyArray<readonly [ServedOperation, WireInput?]> = [
  [postAlerts, alertsInput],
  [getAlerts, filterInput],
  [getGroups, filterInput],
  [getSilences, filterInput],
  [postSilence],
  [getSilence],
  [deleteSilence],
  [getReceivers],
  [getStatus],
];

/** @internal Operations of the Alertmanager API, for tests that go through every one. */
export const ALERTMANAGER_OPERATIONS: readonly ServedOperation[] = OPERATIONS.map(([served]) => served);

/** Alertmanager's API v2, so that Prometheus, amtool and karma work unchanged. */
export function addAlertmanagerRoutes(app: Hono<Environment>, deps: Deps): void {
  for (const [served, input] of OPERATIONS) {
    app.on(served.contract.method, honoPath(served.contract.path), serve(deps, served, input));
  }
}
