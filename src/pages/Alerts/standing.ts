import type { AlertView, DeliveryView } from '../../api/alerts.ts';

const SUPPRESSED = { silence: 'silenced', inhibition: 'inhibited', shelve: 'shelved' } as const;

/** Who has it: `acknowledged by you, "deploy"`, `silenced`, or `unacknowledged`. */
export function describeStanding({ acknowledged, suppressedBy, state }: AlertView, me: string | undefined): string {
  const parts: string[] = [];
  if (acknowledged !== null) {
    const by = acknowledged.by === me ? 'you' : acknowledged.by;
    parts.push(`acknowledged by ${by}${acknowledged.comment === '' ? '' : `, "${acknowledged.comment}"`}`);
  }
  parts.push(...new Set(suppressedBy.map(({ kind }) => SUPPRESSED[kind])));
  return parts.length > 0 || state === 'resolved' ? parts.join(', ') : 'unacknowledged';
}

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
