import type { z } from 'zod';
import * as contract from '../../../src/api/intake.ts';
import type { Observation } from '../../../src/core/alerts/observation.ts';
import { addMs, hours, type EpochMs } from '../../../src/core/units.ts';
import { query } from '../operation.ts';
import { firstIssue, linkOf, serviceOf, severityOf, summaryOf, takeIn, type ParsedAlert } from './intake.ts';
import { parseCarried, type CarriedLabels } from './labelSet.ts';

/** An event without an end lapses after a day, so that a sender that forgets to resolve leaves no alert for ever. */
const DEFAULT_LIFE = hours(24);

export const intakeEvents = query(contract.intakeEvents, (deps, call, { events }) =>
  takeIn(deps, { contract: contract.intakeEvents, call, parsed: events.map((event) => parseEvent(event, call.now)) })
);

function parseEvent(value: unknown, now: EpochMs): ParsedAlert {
  const parsed = contract.eventSchema.safeDecode(value as never);
  if (!parsed.success) {
    return { reason: firstIssue(parsed.error) };
  }
  const carried = parseCarried(parsed.data);
  return typeof carried === 'string'
    ? { reason: carried }
    : { cut: carried.cut, observation: observationOf(parsed.data, carried, now) };
}

type Event = z.output<typeof contract.eventSchema>;

function observationOf(event: Event, { labels, annotations }: CarriedLabels, now: EpochMs): Observation {
  const resolved = event.status === 'resolved';
  return {
    ...{ source: 'events', labels, annotations, status: event.status },
    ...(event.severity === undefined ? severityOf(labels) : severityOf({ severity: event.severity })),
    summary: event.summary?.slice(0, 300) ?? summaryOf(labels, annotations),
    service: serviceOf(labels),
    ruleId: labels['alertname'] ?? '',
    value: event.value ?? null,
    unit: event.unit ?? null,
    startsAt: event.startsAt ?? null,
    endsAt: resolved ? null : (event.endsAt ?? addMs(now, DEFAULT_LIFE)),
    generatorUrl: linkOf(event.url),
    reason: resolved ? 'the sender says it is over' : 'an event was sent',
    actor: 'events',
    timers: {},
  };
}
