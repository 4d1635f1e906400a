import type { TransitionKind } from './transition.ts';

/** Each kind of event in a word or two, as lists and annotations name it. */
export const TRANSITION_WORDS: Readonly<Record<TransitionKind, string>> = {
  pending: 'Pending',
  fired: 'Fired',
  severity_raised: 'Got worse',
  severity_lowered: 'Got better',
  no_data: 'No data',
  data_returned: 'Data returned',
  stale: 'Source stopped sending',
  renewed: 'Source came back',
  resolved: 'Resolved',
  cleared: 'Cleared',
  acknowledged: 'Acknowledged',
  unacknowledged: 'Unacknowledged',
  acknowledgement_expired: 'Acknowledgement expired',
  commented: 'Comment',
  suppressed: 'Suppressed',
  unsuppressed: 'No longer suppressed',
  notified: 'Notified',
  notification_retried: 'Notification retried',
  notification_failed: 'Notification failed',
  notification_skipped: 'Notification skipped',
  notification_resent: 'Notification sent again',
  notification_dismissed: 'Notification dismissed',
};
