import { matchingLabels } from '../../src/core/routing/matchingLabels.ts';
import { z } from 'zod';
import { operation } from '../../src/api/operation.ts';
import type { Alert } from '../../src/core/alerts/alert.ts';
import { fingerprint } from '../../src/core/labels.ts';
import { compileMatchers, parseMatcher, type Matcher } from '../../src/core/matchers.ts';
import { addMs, epochMs, type EpochMs } from '../../src/core/units.ts';
import type { Deps } from '../deps.ts';
import { EngineError } from '../errors.ts';
import {
  firstIssue,
  linkOf,
  serviceOf,
  severityOf,
  summaryOf,
  takeIn,
  type ParsedAlert,
} from '../operations/intake/intake.ts';
import { parseCarried } from '../operations/intake/labelSet.ts';
import { query, type Call } from '../operations/operation.ts';
import { gettableAlert, receiversOf, RESOLVE_TIMEOUT, routesOf, type GettableAlert } from './shapes.ts';

const MAX_ALERTS = 1000;

const postableAlert = z.looseObject({
  labels: z.unknown(),
  annotations: z.unknown().optional(),
  startsAt: z.string().optional(),
  endsAt: z.string().optional(),
  generatorURL: z.string().optional(),
});

const postAlertsContract = operation({
  name: 'alertmanagerPostAlerts',
  method: 'POST',
  path: '/api/v2/alerts',
  access: 'intake',
  summary: 'Alerts from Prometheus and other clients of Alertmanager.',
  input: z.object({ alerts: z.array(z.unknown()).max(MAX_ALERTS, `expected at most ${MAX_ALERTS} alerts`) }),
  output: z.object({}),
});

/** `POST /api/v2/alerts`: what Prometheus sends. Valid alerts are taken even when others of the request are refused with 400. */
export const postAlerts = query(postAlertsContract, async (deps, call, { alerts }) => {
  const parsed = alerts.map((alert) => parseAlert(alert, call.now));
  const { rejected } = await takeIn(deps, { contract: postAlertsContract, call, parsed });
  if (rejected.length > 0) {
    const lines = rejected.slice(0, 20).map(({ index, reason }) => `alert ${index}: ${reason}`);
    throw new EngineError(
      'invalid_input',
      `${rejected.length} of ${alerts.length} alerts were refused: ${lines.join('; ')}`
    );
  }
  return {};
});

function parseAlert(value: unknown, now: EpochMs): ParsedAlert {
  const parsed = postableAlert.safeParse(value);
  if (!parsed.success) {
    return { reason: firstIssue(parsed.error) };
  }
  const carried = parseCarried(parsed.data);
  const times = parseTimes(parsed.data, now);
  if (typeof carried === 'string' || typeof times === 'string') {
    return { reason: typeof carried === 'string' ? carried : String(times) };
  }
  const { labels, annotations, cut } = carried;
  const resolved = times.endsAt <= now;
  const status = resolved ? 'resolved' : 'firing';
  return {
    cut,
    observation: {
      ...{ source: 'alertmanager', labels, annotations, status },
      ...severityOf(labels),
      summary: summaryOf(labels, annotations),
      service: serviceOf(labels),
      ruleId: labels['alertname'] ?? '',
      value: null,
      unit: null,
      startsAt: times.startsAt,
      endsAt: resolved ? null : times.endsAt,
      generatorUrl: linkOf(parsed.data.generatorURL),
      reason: `the sender says it is ${status}`,
      actor: 'alertmanager',
      timers: {},
    },
  };
}

/** Absent or year-1 times take Alertmanager's defaults: now, and now plus the resolve timeout. */
function parseTimes(
  { startsAt, endsAt }: { startsAt?: string | undefined; endsAt?: string | undefined },
  now: EpochMs
) {
  const starts = parseTime(startsAt);
  const ends = parseTime(endsAt);
  if (starts === null || ends === null) {
    return `${starts === null ? 'startsAt' : 'endsAt'} is not an RFC 3339 time`;
  }
  if (starts !== undefined && ends !== undefined && ends < starts) {
    return 'endsAt is before startsAt';
  }
  return { startsAt: starts ?? null, endsAt: ends ?? addMs(now, RESOLVE_TIMEOUT) };
}

function parseTime(text: string | undefined): EpochMs | undefined | null {
  if (text === undefined || text.startsWith('0001-01-01')) {
    return undefined;
  }
  const at = Date.parse(text);
  return Number.isFinite(at) ? epochMs(at) : null;
}

const flag = z.enum(['true', 'false']).default('true');

/** Filters of `GET /api/v2/alerts`; `filter` may be repeated. */
const alertFilter = z.object({
  active: flag,
  silenced: flag,
  inhibited: flag,
  unprocessed: flag,
  filter: z.array(z.string().max(4096)).max(50).default([]),
  receiver: z.string().max(500).optional(),
});

async function findAlerts(deps: Deps, call: Call, input: z.output<typeof alertFilter>): Promise<GettableAlert[]> {
  const { namespace } = call.identity;
  const matches = compileMatchers(parseFilters(input.filter), deps.compileRegex);
  const wantedReceiver = input.receiver === undefined ? undefined : deps.compileRegex(input.receiver);
  const isFor = (receivers: GettableAlert['receivers']): boolean =>
    wantedReceiver === undefined || receivers.some(({ name }) => wantedReceiver(name));
  const routes = await routesOf(deps, namespace);
  const found: GettableAlert[] = [];
  for await (const open of deps.store.read.alerts.openPages(namespace)) {
    const wanted = open
      .filter((alert) => alert.state === 'firing' || alert.state === 'no_data')
      .filter((alert) => isWanted(alert, input) && matches(matchingLabels(alert)))
      .map((alert) => gettableAlert(alert, { receivers: receiversOf(routes, alert), now: call.now }));
    found.push(...wanted.filter(({ receivers }) => isFor(receivers)));
  }
  return found.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}

function isWanted(alert: Alert, { active, silenced, inhibited }: z.output<typeof alertFilter>): boolean {
  const by = (kind: string): boolean => alert.suppressedBy.some((suppression) => suppression.kind === kind);
  if (by('silence')) {
    return silenced === 'true';
  }
  return by('inhibition') ? inhibited === 'true' : active === 'true';
}

export function parseFilters(filters: readonly string[]): readonly Matcher[] {
  return filters.map((text) => {
    const matcher = parseMatcher(text);
    if (matcher === undefined) {
      throw new EngineError('invalid_input', `The filter ${text} is not a matcher such as service="checkout".`);
    }
    return matcher;
  });
}

export const getAlerts = query(
  operation({
    name: 'alertmanagerGetAlerts',
    method: 'GET',
    path: '/api/v2/alerts',
    access: 'viewer',
    summary: 'Open alerts, as Alertmanager lists them.',
    input: alertFilter,
    output: z.array(z.unknown()),
  }),
  findAlerts
);

/** Pharos groups by receiver and alertname for clients that show groups, such as karma. */
export const getGroups = query(
  operation({
    name: 'alertmanagerGetGroups',
    method: 'GET',
    path: '/api/v2/alerts/groups',
    access: 'viewer',
    summary: 'Open alerts grouped by receiver and alertname.',
    input: alertFilter,
    output: z.array(z.unknown()),
  }),
  async (deps, call, input) => {
    const groups = new Map<
      string,
      { labels: { alertname: string }; receiver: { name: string }; alerts: GettableAlert[] }
    >();
    for (const alert of await findAlerts(deps, call, input)) {
      for (const receiver of alert.receivers.length > 0 ? alert.receivers : [{ name: '' }]) {
        const alertname = alert.labels['alertname'] ?? '';
        const key = fingerprint({ alertname, receiver: receiver.name });
        const group = groups.get(key) ?? { labels: { alertname }, receiver, alerts: [] };
        group.alerts.push(alert);
        groups.set(key, group);
      }
    }
    return [...groups.values()];
  }
);
