import { formatPath } from '../../../src/api/fieldErrors.ts';
import * as contract from '../../../src/api/intake.ts';
import { mapSeverity } from '../../../src/core/alerts/severity.ts';
import { hours, addMs, type EpochMs } from '../../../src/core/units.ts';
import { query } from '../operation.ts';
import { linkOf, serviceOf, severityOf, summaryOf, takeIn, type ParsedAlert } from './intake.ts';
import { parseLabelSet } from './labelSet.ts';

/** An event without an end lapses after a day, so that a sender that forgets to resolve leaves no alert for ever. */
const DEFAULT_LIFE = hours(24);

export const intakeEvents = query(contract.intakeEvents, (deps, { identity, now }, { events }) =>
  takeIn(
    deps,
    identity.namespace,
    events.map((event) => parseEvent(event, now))
  )
);

function parseEvent(value: unknown, now: EpochMs): ParsedAlert {
  const parsed = contract.eventSchema.safeDecode(value as never);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      reason: issue === undefined ? 'not an event' : `${formatPath(issue.path) || 'the event'}: ${issue.message}`,
    };
  }
  const event = parsed.data;
  const labels = parseLabelSet(event.labels, 'labels');
  const annotations = parseLabelSet(event.annotations ?? {}, 'annotations');
  if (typeof labels === 'string' || typeof annotations === 'string') {
    return { reason: typeof labels === 'string' ? labels : String(annotations) };
  }
  if (Object.keys(labels.labels).length === 0) {
    return { reason: 'labels: expected at least one label to know the event by' };
  }
  const mapped = mapSeverity(event.severity);
  return {
    cut: labels.cut + annotations.cut,
    observation: {
      source: 'events',
      labels: labels.labels,
      annotations: annotations.labels,
      status: event.status,
      ...(event.severity === undefined
        ? severityOf(labels.labels)
        : { severity: mapped.severity, severityMappedFrom: mapped.mappedFrom ?? null }),
      summary: event.summary?.slice(0, 300) ?? summaryOf(labels.labels, annotations.labels),
      service: serviceOf(labels.labels),
      ruleId: labels.labels['alertname'] ?? '',
      value: event.value ?? null,
      unit: event.unit ?? null,
      startsAt: event.startsAt ?? null,
      endsAt: event.status === 'resolved' ? null : (event.endsAt ?? addMs(now, DEFAULT_LIFE)),
      generatorUrl: linkOf(event.url),
      reason: event.status === 'resolved' ? 'the sender says it is over' : 'an event was sent',
      actor: 'events',
      timers: {},
    },
  };
}
