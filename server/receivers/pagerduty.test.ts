import type { DeliveryResult } from './receiver.ts';
import { buildEvent, pagerduty } from './pagerduty.ts';
import type { ReceiverIo } from './receiverIo.ts';
import { entryOf, manyEntries, notificationOf, resolvedEntry } from './testing/notification.fixture.ts';

const routingKey = '0123456789abcdef0123456789abcdef';

const ioWith = (answer: (index: number) => DeliveryResult) => {
  const bodies: Array<Record<string, unknown>> = [];
  let open = 0;
  let most = 0;
  const io: ReceiverIo = {
    now: () => entryOf().at,
    post: async ({ body, url }) => {
      open += 1;
      most = Math.max(most, open);
      const index = bodies.push({ url, ...JSON.parse(body) }) - 1;
      await Promise.resolve();
      open -= 1;
      return answer(index);
    },
    mail: () => Promise.reject(new Error('no mail here')),
  };
  return { io, bodies, most: () => most };
};
const accepted: DeliveryResult = { ok: true, message: 'answered 202 Accepted' };

describe('pagerduty', () => {
  it('triggers an incident for the episode', () => {
    const entry = entryOf({}, { severity: 'critical' });
    expect(buildEvent(routingKey, entry)).toMatchObject({
      routing_key: routingKey,
      event_action: 'trigger',
      dedup_key: entry.alert.id,
      client_url: entry.url,
      payload: {
        summary: 'checkout: p95 latency above 300 ms',
        source: 'checkout',
        severity: 'critical',
        timestamp: '2026-11-21T14:00:00.000Z',
        component: 'checkout',
        custom_details: { reason: entry.reason, value: 0.42, unit: 'seconds' },
      },
    });
  });

  it('resolves the same incident, and says when data is missing', () => {
    const entry = resolvedEntry();
    expect(buildEvent(routingKey, entry)).toEqual({
      routing_key: routingKey,
      event_action: 'resolve',
      dedup_key: entry.alert.id,
    });
    expect(buildEvent(routingKey, entryOf({ kind: 'no_data' }))).toMatchObject({
      payload: { summary: 'No data: checkout: p95 latency above 300 ms' },
    });
    expect(buildEvent(routingKey, entryOf({}, { summary: 'x'.repeat(5000) })).payload).toMatchObject({
      summary: `${'x'.repeat(1023)}…`,
    });
  });

  it('sends the newest word on each alert, ten at a time', async () => {
    const { io, bodies, most } = ioWith(() => accepted);
    const result = await pagerduty.send(
      { routingKey },
      notificationOf([entryOf(), ...manyEntries(12), resolvedEntry()]),
      io
    );
    expect(result).toEqual(accepted);
    expect(bodies).toHaveLength(13);
    expect(bodies[0]).toMatchObject({ event_action: 'resolve', url: 'https://events.pagerduty.com/v2/enqueue' });
    expect(most()).toBe(10);
  });

  it('stops at a failure and reports it, so that all of it is tried again', async () => {
    const busy: DeliveryResult = {
      ok: false,
      retryable: true,
      message: 'answered 429 Too Many Requests',
      retryAfterMs: 9,
    };
    const { io, bodies } = ioWith((index) => (index === 6 ? busy : accepted));
    expect(await pagerduty.send({ routingKey }, notificationOf(manyEntries(20)), io)).toEqual(busy);
    expect(bodies).toHaveLength(10);
  });

  it('wants an integration key', () => {
    expect(pagerduty.check({ routingKey: 'short' })).toEqual([
      { path: 'settings.routingKey', message: 'expected the 32 characters of an integration key' },
    ]);
  });
});
