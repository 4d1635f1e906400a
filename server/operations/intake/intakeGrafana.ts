import { createHmac } from 'node:crypto';
import { z } from 'zod';
import * as contract from '../../../src/api/intake.ts';
import type { Observation } from '../../../src/core/alerts/observation.ts';
import { epochMs, type EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import { hashToken, safeEqual } from '../../secrets.ts';
import type { SeenRequest } from '../../store/seenRequest.ts';
import { query, type Call } from '../operation.ts';
import { firstIssue, linkOf, serviceOf, severityOf, summaryOf, takeIn, type ParsedAlert } from './intake.ts';
import { parseCarried, parseLabelSet, type CarriedLabels } from './labelSet.ts';

const SIGNATURE = 'x-grafana-alerting-signature';
const TIMESTAMP = 'x-grafana-alerting-timestamp';
/** Standard replay window: a captured request is worthless after it. */
const REPLAY_WINDOW_S = 300;

/** Alertnames under which Grafana reports that a rule has no data or cannot run; the rule's own name is in `rulename`. */
const STATE_ALERTS = new Set(['DatasourceNoData', 'DatasourceError']);

const RULE_LABEL = '__alert_rule_uid__';

const alertSchema = z.looseObject({
  status: z.enum(['firing', 'resolved']),
  labels: z.unknown(),
  annotations: z.unknown().optional(),
  startsAt: z.string().optional(),
  endsAt: z.string().optional(),
  generatorURL: z.string().optional(),
  /** Null when the rule was deleted. */
  values: z.record(z.string(), z.number().nullable()).nullable().optional(),
  ruleUID: z.string().optional(),
});
type GrafanaAlert = z.output<typeof alertSchema>;

/** A signed request that was taken already is answered as well received, and does nothing: its sender may have missed the answer. */
export const intakeGrafana = query(contract.intakeGrafana, (deps, call, { alerts }) => {
  const once = verifySignature(deps, call);
  return takeIn(deps, { contract: contract.intakeGrafana, call, parsed: alerts.map(parseAlert), once });
});

/**
 * `hex(HMAC-SHA256(secret, timestamp + ":" + raw body))`, as a Grafana contact point with `hmacConfig` sends it. Contact points of the
 * deployment's own namespace must be signed; those of others come with their own token and have no shared secret.
 *
 * @returns what the request is known by while its timestamp lets it in, or undefined for one that needs no signature
 */
function verifySignature(deps: Deps, call: Call): SeenRequest | undefined {
  const given = call.header(SIGNATURE);
  const timestamp = call.header(TIMESTAMP);
  if (given === undefined && call.identity.subject !== 'token:intake') {
    return undefined;
  }
  if (given === undefined || timestamp === undefined) {
    throw new EngineError(
      'unauthenticated',
      `Expected the headers ${SIGNATURE} and ${TIMESTAMP}: set hmacConfig in Grafana's contact point.`
    );
  }
  const age = Math.abs(call.now / 1000 - Number(timestamp));
  if (!(age <= REPLAY_WINDOW_S)) {
    throw new EngineError(
      'unauthenticated',
      `${TIMESTAMP} is more than ${REPLAY_WINDOW_S} s away from now: a replay, or a wrong clock.`
    );
  }
  const expected = createHmac('sha256', deps.config.grafanaHmacSecret)
    .update(`${timestamp}:`)
    .update(call.rawBody)
    .digest('hex');
  if (!safeEqual(given, expected)) {
    throw new EngineError(
      'unauthenticated',
      `${SIGNATURE} does not match the body: check the secret of Grafana's contact point.`
    );
  }
  return { hash: hashToken(expected), until: epochMs((Number(timestamp) + REPLAY_WINDOW_S) * 1000) };
}

function parseAlert(value: unknown): ParsedAlert {
  const parsed = alertSchema.safeParse(value);
  if (!parsed.success) {
    return { reason: firstIssue(parsed.error) };
  }
  const carried = parseCarried(parsed.data);
  if (typeof carried === 'string') {
    return { reason: carried };
  }
  const labels = withRule(carried.labels, parsed.data);
  return { cut: carried.cut, observation: observationOf(parsed.data, { ...carried, labels }) };
}

/**
 * Grafana knows an alert by its labels and the rule's uid, but takes that label out of what it sends: with it put back, an alert has the
 * fingerprint here that it has in Grafana, and two rules of one name stay two alerts.
 */
function withRule(labels: CarriedLabels['labels'], { ruleUID = '' }: GrafanaAlert): CarriedLabels['labels'] {
  const rule = parseLabelSet({ [RULE_LABEL]: ruleUID }, 'ruleUID');
  return typeof rule === 'string' ? labels : { ...rule.labels, ...labels };
}

function observationOf(alert: GrafanaAlert, { labels, annotations }: CarriedLabels): Observation {
  const { ruleName, summary, status, reason } = readState(alert, { labels, annotations });
  return {
    ...{ source: 'grafana', labels, annotations, status, summary, reason },
    ...severityOf(labels),
    service: serviceOf(labels),
    ruleId: labels[RULE_LABEL] ?? ruleName,
    value: valueOf(alert.values),
    unit: null,
    startsAt: timeOf(alert.startsAt),
    endsAt: null,
    generatorUrl: linkOf(alert.generatorURL),
    actor: 'grafana',
    timers: {},
  };
}

type StateFacts = Pick<Observation, 'status' | 'summary' | 'reason'> & { readonly ruleName: string };

/** Tells an alert from Grafana's report that a rule has no data or cannot run, which comes under a name of its own. */
function readState(
  { status }: GrafanaAlert,
  { labels, annotations }: Pick<CarriedLabels, 'labels' | 'annotations'>
): StateFacts {
  const alertname = labels['alertname'] ?? '';
  const resolved = status === 'resolved';
  const saying = `Grafana says it is ${status}`;
  if (!STATE_ALERTS.has(alertname)) {
    return { ruleName: alertname, summary: summaryOf(labels, annotations), status, reason: saying };
  }
  const ruleName = labels['rulename'] ?? alertname;
  return {
    ruleName,
    summary: `${ruleName}: ${alertname === 'DatasourceNoData' ? 'no data' : 'the rule cannot be evaluated'}`,
    status: resolved ? 'resolved' : 'no_data',
    reason: resolved ? saying : `Grafana reports ${alertname}`,
  };
}

/** The query's own value: `A` by convention; the threshold expression's is 1 or 0 and says nothing. */
function valueOf(values: GrafanaAlert['values']): number | null {
  if (values === null || values === undefined) {
    return null;
  }
  return values['A'] ?? values['B'] ?? Object.values(values)[0] ?? null;
}

/** Grafana writes year 1 for "not yet". */
function timeOf(text: string | undefined): EpochMs | null {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isFinite(at) && at > 0 ? epochMs(at) : null;
}
