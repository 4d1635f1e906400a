import type { TransitionKind } from '../../core/alerts/transition.ts';
import type { StateLook } from '../../ui/tone.ts';

const look = (tone: StateLook['tone'], icon: StateLook['icon'], word: string): StateLook => ({ tone, icon, word });

/** How each kind of event looks in the history and on a timeline. */
export const TRANSITION_LOOK: Readonly<Record<TransitionKind, StateLook>> = {
  pending: look('quiet', 'hourglass', 'Pending'),
  fired: look('critical', 'fire', 'Fired'),
  severity_raised: look('critical', 'arrow-up', 'Got worse'),
  severity_lowered: look('info', 'arrow-down', 'Eased'),
  no_data: look('warning', 'question-circle', 'No data'),
  data_returned: look('ok', 'check', 'Data returned'),
  stale: look('quiet', 'history', 'Source stopped sending'),
  renewed: look('info', 'sync', 'Source came back'),
  resolved: look('ok', 'check-circle', 'Resolved'),
  cleared: look('ok', 'check-circle', 'Cleared'),
  acknowledged: look('info', 'user', 'Acknowledged'),
  unacknowledged: look('quiet', 'user', 'Given back'),
  acknowledgement_expired: look('warning', 'clock-nine', 'Acknowledgement lapsed'),
  commented: look('info', 'comment-alt', 'Comment'),
  suppressed: look('quiet', 'bell-slash', 'Suppressed'),
  unsuppressed: look('quiet', 'bell', 'No longer suppressed'),
  notified: look('ok', 'envelope', 'Notified'),
  notification_retried: look('warning', 'repeat', 'Notification retried'),
  notification_failed: look('error', 'times-circle', 'Notification failed'),
  notification_skipped: look('quiet', 'minus-circle', 'Notification skipped'),
};
