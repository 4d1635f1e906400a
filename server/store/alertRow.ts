import type { Acknowledgement, Alert, LevelTimers, Suppression } from '../../src/core/alerts/alert.ts';
import { teamOf } from '../../src/core/alerts/team.ts';
import { canonicalJson } from '../../src/core/json.ts';
import type { Labels } from '../../src/core/labels.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { fromJson, toFlag } from './codecs.ts';
import type { AlertRow } from './schema.ts';
import { toUrgency } from './urgency.ts';

export function toAlertRow(alert: Alert): AlertRow {
  return {
    namespace: alert.namespace,
    id: alert.id,
    fingerprint: alert.fingerprint,
    source: alert.source,
    state: alert.state,
    severity: alert.severity,
    severity_mapped_from: alert.severityMappedFrom,
    urgency: toUrgency(alert.severity, alert.acknowledged !== null),
    acknowledged: alert.acknowledged === null ? null : JSON.stringify(alert.acknowledged),
    is_acknowledged: toFlag(alert.acknowledged !== null),
    suppressed_by: JSON.stringify(alert.suppressedBy),
    labels: canonicalJson(alert.labels),
    annotations: JSON.stringify(alert.annotations),
    summary: alert.summary,
    service: alert.service,
    team: teamOf(alert.labels),
    rule_id: alert.ruleId,
    // SQLite keeps no NaN; it means the same as no value.
    value: Number.isNaN(alert.value) ? null : alert.value,
    unit: alert.unit,
    starts_at: alert.startsAt,
    updated_at: alert.updatedAt,
    ends_at: alert.endsAt,
    resolved_at: alert.resolvedAt,
    resolved_by: alert.resolvedBy,
    generator_url: alert.generatorUrl,
    timers: JSON.stringify(alert.timers),
    version: alert.version,
    due_at: dueAt(alert),
    search: [alert.summary, alert.service, ...Object.values(alert.labels)].join('\n').toLowerCase(),
    traceparent: alert.traceparent ?? null,
  };
}

export function fromAlertRow(row: AlertRow): Alert {
  return {
    id: row.id,
    namespace: row.namespace,
    fingerprint: row.fingerprint,
    source: row.source,
    state: row.state,
    severity: row.severity,
    severityMappedFrom: row.severity_mapped_from,
    acknowledged: row.acknowledged === null ? null : fromJson<Acknowledgement>(row.acknowledged),
    suppressedBy: fromJson<readonly Suppression[]>(row.suppressed_by),
    labels: fromJson<Labels>(row.labels),
    annotations: fromJson<Labels>(row.annotations),
    summary: row.summary,
    service: row.service,
    ruleId: row.rule_id,
    value: row.value,
    unit: row.unit,
    startsAt: row.starts_at,
    updatedAt: row.updated_at,
    endsAt: row.ends_at,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
    generatorUrl: row.generator_url,
    timers: fromJson<LevelTimers>(row.timers),
    version: row.version,
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  };
}

/** An alert that is stale already lapsed; whoever swept it need not see it again until its sender renews it. */
function dueAt(alert: Alert): EpochMs | null {
  if (alert.state === 'resolved') {
    return null;
  }
  const lapses = alert.state === 'stale' ? null : alert.endsAt;
  const times = [lapses, alert.acknowledged?.until ?? null].filter((time) => time !== null);
  return times.toSorted((a, b) => a - b)[0] ?? null;
}
