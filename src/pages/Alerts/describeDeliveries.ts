import type { DeliveryView } from '../../api/alerts.ts';
import { t } from '../../i18n/t.ts';

const MARKS: Readonly<Record<DeliveryView['state'], (receiver: string) => string>> = {
  delivered: (receiver) => `${receiver} ✓`,
  queued: (receiver) => t('alerts.describe-deliveries.queued', '{{receiver}} queued', { receiver }),
  sending: (receiver) => t('alerts.describe-deliveries.sending', '{{receiver}} sending', { receiver }),
  failed: (receiver) => t('alerts.describe-deliveries.failed', '{{receiver}} failed', { receiver }),
  skipped: (receiver) => t('alerts.describe-deliveries.skipped', '{{receiver}} skipped', { receiver }),
};

/** `webhook ✓, Slack failed`: where the news of an alert got to. */
export const describeDeliveries = (deliveries: readonly DeliveryView[]): string =>
  deliveries.map(({ receiver, state }) => MARKS[state](receiver)).join(', ');
