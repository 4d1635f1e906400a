import type { TransitionKind } from '../../core/alerts/transition.ts';
import { TRANSITION_WORDS } from '../../core/alerts/transitionWords.ts';
import type { StateLook } from '../../ui/tone.ts';

const look = (tone: StateLook['tone'], icon: StateLook['icon'], kind: TransitionKind): StateLook => ({
  tone,
  icon,
  word: TRANSITION_WORDS[kind],
});

/** How each kind of event looks in the history and on a timeline. */
export const TRANSITION_LOOK: Readonly<Record<TransitionKind, StateLook>> = {
  pending: look('quiet', 'hourglass', 'pending'),
  fired: look('critical', 'fire', 'fired'),
  severity_raised: look('critical', 'arrow-up', 'severity_raised'),
  severity_lowered: look('info', 'arrow-down', 'severity_lowered'),
  no_data: look('warning', 'question-circle', 'no_data'),
  data_returned: look('ok', 'check', 'data_returned'),
  stale: look('quiet', 'history', 'stale'),
  renewed: look('info', 'sync', 'renewed'),
  resolved: look('ok', 'check-circle', 'resolved'),
  cleared: look('ok', 'check-circle', 'cleared'),
  acknowledged: look('info', 'user', 'acknowledged'),
  unacknowledged: look('quiet', 'user', 'unacknowledged'),
  acknowledgement_expired: look('warning', 'clock-nine', 'acknowledgement_expired'),
  commented: look('info', 'comment-alt', 'commented'),
  suppressed: look('quiet', 'bell-slash', 'suppressed'),
  unsuppressed: look('quiet', 'bell', 'unsuppressed'),
  notified: look('ok', 'envelope', 'notified'),
  notification_retried: look('warning', 'repeat', 'notification_retried'),
  notification_failed: look('error', 'times-circle', 'notification_failed'),
  notification_skipped: look('quiet', 'minus-circle', 'notification_skipped'),
};
