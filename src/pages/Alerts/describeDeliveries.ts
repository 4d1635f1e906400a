import type { DeliveryView } from '../../api/alerts.ts';

const MARKS: Readonly<Record<DeliveryView['state'], string>> = {
  delivered: '✓',
  queued: 'queued',
  sending: 'sending',
  failed: 'failed',
  skipped: 'skipped',
};

/** `webhook ✓, Slack failed`: where the news of an alert got to. */
export const describeDeliveries = (deliveries: readonly DeliveryView[]): string =>
  deliveries.map(({ receiver, state }) => `${receiver} ${MARKS[state]}`).join(', ');
