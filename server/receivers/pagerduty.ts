import { z } from 'zod';
import type { JsonObject } from '../../src/core/json.ts';
import type { DeliveryResult, NotifiedAlert } from './receiver.ts';
import type { ReceiverIo } from './receiverIo.ts';
import { receiverKind } from './receiverKind.ts';
import { cut, latestOfEach, statusOf } from './wording.ts';

const EVENTS_URL = 'https://events.pagerduty.com/v2/enqueue';

const schema = z.strictObject({
  routingKey: z
    .string('expected a routing key')
    .regex(/^[A-Za-z0-9]{32}$/, 'expected the 32 characters of an integration key'),
  url: z.string().max(2048).default(EVENTS_URL),
});
type Settings = z.output<typeof schema>;

/** Limits of the Events API v2. */
const MAX_SUMMARY = 1024;
/** PagerDuty takes one event per call: this many at a time. */
const CONCURRENCY = 10;
/** Long enough for a full batch at that pace, short of the lease of a job. */
const TIMEOUT_MS = 45_000;

/** One event: `trigger` opens or updates the incident of the episode, `resolve` ends it. */
export function buildEvent(routingKey: string, entry: NotifiedAlert): JsonObject {
  const { alert, reason, url, at } = entry;
  const base = { routing_key: routingKey, dedup_key: alert.id };
  if (statusOf(entry) === 'resolved') {
    return { ...base, event_action: 'resolve' };
  }
  const noData = statusOf(entry) === 'no_data' ? 'No data: ' : '';
  return {
    ...base,
    event_action: 'trigger',
    client: 'Pharos',
    client_url: url,
    links: [{ href: url, text: 'Alert in Pharos' }],
    payload: {
      summary: cut(`${noData}${alert.summary}`, MAX_SUMMARY) || 'Alert without a summary',
      source: alert.service || alert.source,
      // Their four severities are ours.
      severity: alert.severity,
      timestamp: new Date(at).toISOString(),
      ...(alert.service !== '' && { component: alert.service }),
      custom_details: {
        reason,
        value: alert.value,
        unit: alert.unit,
        labels: alert.labels,
        annotations: alert.annotations,
      },
    },
  };
}

/** Sends in groups and stops at the first failure: repeats are harmless, as `dedup_key` makes them one incident. */
async function sendAll(settings: Settings, entries: readonly NotifiedAlert[], io: ReceiverIo): Promise<DeliveryResult> {
  let last: DeliveryResult = { ok: true, message: 'nothing to send' };
  for (let start = 0; start < entries.length; start += CONCURRENCY) {
    const group = entries.slice(start, start + CONCURRENCY);
    const results = await Promise.all(
      group.map((entry) =>
        io.post({ url: settings.url, headers: {}, body: JSON.stringify(buildEvent(settings.routingKey, entry)) })
      )
    );
    const failed = results.find((result) => !result.ok);
    if (failed !== undefined) {
      return failed;
    }
    last = results.at(-1) ?? last;
  }
  return last;
}

export const pagerduty = receiverKind({
  schema,
  urlSettings: ['url'],
  timeoutMs: TIMEOUT_MS,
  fields: [
    {
      name: 'routingKey',
      label: 'Integration key',
      description: 'Of an Events API v2 integration, 32 characters.',
      secret: true,
      required: true,
    },
    {
      name: 'url',
      label: 'Events address',
      description: `Default ${EVENTS_URL}; accounts of the EU region have https://events.eu.pagerduty.com/v2/enqueue.`,
      secret: false,
      required: false,
    },
  ],
  // Within one delivery only the newest word on each alert counts: an incident that ended needs no beginning.
  send: (settings, { alerts }, io) => sendAll(settings, latestOfEach(alerts), io),
});
