import { request } from 'undici';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { builtInSources } from './builtInSources.ts';
import { fine, problem, warning, type Check, type Finding } from './check.ts';
import { checkGrafanaAlerting } from './checkGrafanaAlerting.ts';
import type { AskGrafana, GrafanaAnswer } from './grafanaAnswer.ts';

const ANSWER_MS = 5000;
const APP = 'pharos-observability-app';
const DATA_SOURCE = 'pharos';
/** What comes inside the app, each with an id of its own that Grafana may refuse to load. */
const PARTS = ['pharos-observability-datasource', 'pharos-alerts-panel', 'pharos-traces-panel'] as const;

/** What is to be looked at by hand where no token is given: files of a Grafana elsewhere cannot be read from here. */
const BY_HAND =
  'Set PHAROS_GRAFANA_TOKEN to the token of a service account with the role Admin. Else look yourself: allow_loading_unsigned_plugins in grafana.ini names the app, its data source and its panels; Connections > Data sources > Pharos says "Save & test" is fine; Alerting > Contact points has a webhook that ends on /api/v1/intake/grafana.';

/** Looks at Grafana's side of it: the app, the data source and the contact point. */
export const checkGrafana: Check = async ({ settings, signal }) => {
  const grafana = builtInSources(settings).find(({ kind }) => kind === 'grafana');
  if (grafana === undefined) {
    return [fine('No Grafana is configured; the console needs none.')];
  }
  const credentials =
    settings.grafanaToken === undefined ? grafana.headers['authorization'] : `Bearer ${settings.grafanaToken}`;
  if (credentials === undefined) {
    return [
      warning(`The settings of Grafana at ${grafana.base} were not looked at: there is no token for it.`, BY_HAND),
    ];
  }
  const headers = { ...grafana.headers, authorization: credentials };
  const ask: AskGrafana = async (path) => {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
    const answer = await request(`${grafana.base}${path}`, { headers, signal: bounded });
    return { status: answer.statusCode, body: await answer.body.json().catch(() => null) };
  };
  try {
    const refused = refusal(await ask('/api/org'));
    return refused === undefined
      ? [
          await checkApp(ask),
          ...(await checkParts(ask)),
          await checkDataSource(ask),
          ...(await checkGrafanaAlerting(ask, signal)),
        ]
      : [refused];
  } catch (error) {
    return [problem(`Grafana at ${grafana.base} cannot be asked: ${messageOf(error)}.`, 'Check PHAROS_GRAFANA_URL.')];
  }
};

const refusal = ({ status }: GrafanaAnswer): Finding | undefined =>
  status === 401 || status === 403
    ? problem(
        `Grafana refuses these credentials (${status}).`,
        'Make a new one for a service account with the role Admin.'
      )
    : undefined;

const appSchema = z.object({ enabled: z.boolean() });

async function checkApp(ask: AskGrafana): Promise<Finding> {
  const { status, body } = await ask(`/api/plugins/${APP}/settings`);
  const app = appSchema.safeParse(body);
  if (status !== 200 || !app.success) {
    return problem(
      `Grafana has no app ${APP} (${status}).`,
      `Put it into Grafana's folder of plugins, and name ${APP}, its data source and its panels in allow_loading_unsigned_plugins of grafana.ini.`
    );
  }
  return app.data.enabled
    ? fine('The app is there and enabled.')
    : warning('The app is there, but not enabled.', 'Enable it under Administration > Plugins.');
}

/** An unsigned part whose id Grafana was not told is left out of the app without a word on any page. */
async function checkParts(ask: AskGrafana): Promise<readonly Finding[]> {
  const statuses = await Promise.all(
    PARTS.map(async (id) => ({ id, status: (await ask(`/api/plugins/${id}/settings`)).status }))
  );
  const missing = statuses.filter(({ status }) => status === 404).map(({ id }) => id);
  return missing.length === 0
    ? []
    : [
        problem(
          `Grafana has not loaded ${missing.join(', ')} of the app.`,
          `Name ${missing.join(', ')} in allow_loading_unsigned_plugins of grafana.ini, and start Grafana again; its log says why it left one out.`
        ),
      ];
}

const dataSourceSchema = z.object({ url: z.string().optional() });
/** What Grafana says of a data source whose program it has not found. */
const NO_BACK_HALF = 'Plugin not registered';

const healthSchema = z.object({ status: z.string().optional(), message: z.string().optional() });

async function checkDataSource(ask: AskGrafana): Promise<Finding> {
  const { status, body } = await ask(`/api/datasources/uid/${DATA_SOURCE}`);
  const found = dataSourceSchema.safeParse(body);
  if (status !== 200 || !found.success) {
    return warning(
      `Grafana has no data source with the uid ${DATA_SOURCE} (${status}).`,
      'Provision it as in provisioning/datasources, or add it under Connections.'
    );
  }
  if (found.data.url !== undefined && found.data.url !== '') {
    return problem(
      'The data source has a URL: through it every viewer reaches the engine past the relay.',
      'Leave its url empty, and give the address as jsonData.engineUrl.'
    );
  }
  const health = await ask(`/api/datasources/uid/${DATA_SOURCE}/health`);
  return health.status === 200 ? fine('The data source reaches the engine.') : notReached(health);
}

function notReached({ status, body }: Awaited<ReturnType<AskGrafana>>): Finding {
  const { message = `Grafana answered ${status}` } = healthSchema.safeParse(body).data ?? {};
  return problem(
    `The data source does not reach the engine: ${message}.`,
    message === NO_BACK_HALF
      ? 'Its back half is not there: make it by npm run build:relay, which needs Go, and start Grafana again.'
      : 'Check its jsonData.engineUrl, and that its secret is that of secrets/relay_secret.'
  );
}
