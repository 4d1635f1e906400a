import type { TransitionKind } from '../core/alerts/transition.ts';
import { t } from '../i18n/t.ts';

const TITLES: Readonly<Record<TransitionKind, () => string>> = {
  pending: () => t('ui.transition-title.pending', 'Pending'),
  fired: () => t('ui.transition-title.fired', 'Fired'),
  severity_raised: () => t('ui.transition-title.severity-raised', 'Got worse'),
  severity_lowered: () => t('ui.transition-title.severity-lowered', 'Got better'),
  no_data: () => t('ui.transition-title.no-data', 'No data'),
  data_returned: () => t('ui.transition-title.data-returned', 'Data returned'),
  stale: () => t('ui.transition-title.stale', 'Source stopped sending'),
  renewed: () => t('ui.transition-title.renewed', 'Source came back'),
  resolved: () => t('ui.transition-title.resolved', 'Resolved'),
  cleared: () => t('ui.transition-title.cleared', 'Cleared'),
  acknowledged: () => t('ui.transition-title.acknowledged', 'Acknowledged'),
  unacknowledged: () => t('ui.transition-title.unacknowledged', 'Unacknowledged'),
  acknowledgement_expired: () => t('ui.transition-title.acknowledgement-expired', 'Acknowledgement expired'),
  commented: () => t('ui.transition-title.commented', 'Comment'),
  suppressed: () => t('ui.transition-title.suppressed', 'Suppressed'),
  unsuppressed: () => t('ui.transition-title.unsuppressed', 'No longer suppressed'),
  notified: () => t('ui.transition-title.notified', 'Notified'),
  notification_retried: () => t('ui.transition-title.notification-retried', 'Notification retried'),
  notification_failed: () => t('ui.transition-title.notification-failed', 'Notification failed'),
  notification_skipped: () => t('ui.transition-title.notification-skipped', 'Notification skipped'),
  notification_resent: () => t('ui.transition-title.notification-resent', 'Notification sent again'),
  notification_dismissed: () => t('ui.transition-title.notification-dismissed', 'Notification dismissed'),
};

/** What happened, in a word or two: `TRANSITION_WORDS` in the language of whoever looks. */
export const transitionTitle = (kind: TransitionKind): string => TITLES[kind]();
