import { after, alertOf, AT } from '../../../src/core/alerts/alert.fixture.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import type { Json } from '../../../src/core/json.ts';
import { createSecrets } from '../../secrets.ts';
import type { StoredReceiver } from '../../store/store.ts';
import type { Notification, NotifiedAlert } from '../receiver.ts';

export const secrets = createSecrets('a key of at least thirty-two characters');

export function entryOf(fields: Partial<NotifiedAlert> = {}, alert: Partial<Alert> = {}): NotifiedAlert {
  const made = alertOf(alert);
  return {
    alert: made,
    kind: 'fired',
    reason: 'p95 latency 0.42 s was above 300 ms for 10 s',
    at: AT,
    url: `https://pharos.example/alerts/${made.id}`,
    ...fields,
  };
}

export const resolvedEntry = (alert: Partial<Alert> = {}): NotifiedAlert =>
  entryOf({ kind: 'resolved', reason: 'back below' }, { state: 'resolved', resolvedAt: after(60), ...alert });

export const notificationOf = (alerts: readonly NotifiedAlert[], fields: Partial<Notification> = {}): Notification => ({
  id: 'delivery-1',
  receiver: 'ops',
  namespace: 'default',
  alerts,
  test: false,
  ...fields,
});

/** `count` different alerts. */
export const manyEntries = (count: number): readonly NotifiedAlert[] =>
  Array.from({ length: count }, (_, i) => entryOf({}, { id: `a-${i}`, summary: `alert ${i}` }));

export const receiverOf = (
  kind: StoredReceiver['kind'],
  settings: Readonly<Record<string, Json>>,
  secret: Readonly<Record<string, Json>> = {}
): StoredReceiver => ({
  ...{ namespace: 'default', name: 'ops', kind, settings, secrets: secrets.encrypt(secret), updatedAt: AT },
  ...{ updatedBy: 'Ada', testedAt: null, lastDeliveryAt: null, lastDeliveryError: null },
});
