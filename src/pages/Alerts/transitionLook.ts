import type { TransitionKind } from '../../core/alerts/transition.ts';
import { look, type StateLook } from '../../ui/tone.ts';
import { transitionTitle } from '../../ui/transitionTitle.ts';

/** How each kind of event looks in the history and on a timeline. */
export const TRANSITION_LOOK: Readonly<Record<TransitionKind, StateLook>> = {
  pending: look('quiet', 'hourglass', () => transitionTitle('pending')),
  fired: look('critical', 'fire', () => transitionTitle('fired')),
  severity_raised: look('critical', 'arrow-up', () => transitionTitle('severity_raised')),
  severity_lowered: look('info', 'arrow-down', () => transitionTitle('severity_lowered')),
  no_data: look('warning', 'question-circle', () => transitionTitle('no_data')),
  data_returned: look('ok', 'check', () => transitionTitle('data_returned')),
  stale: look('quiet', 'history', () => transitionTitle('stale')),
  renewed: look('info', 'sync', () => transitionTitle('renewed')),
  resolved: look('ok', 'check-circle', () => transitionTitle('resolved')),
  cleared: look('ok', 'check-circle', () => transitionTitle('cleared')),
  acknowledged: look('info', 'user', () => transitionTitle('acknowledged')),
  unacknowledged: look('quiet', 'user', () => transitionTitle('unacknowledged')),
  acknowledgement_expired: look('warning', 'clock-nine', () => transitionTitle('acknowledgement_expired')),
  commented: look('info', 'comment-alt', () => transitionTitle('commented')),
  suppressed: look('quiet', 'bell-slash', () => transitionTitle('suppressed')),
  unsuppressed: look('quiet', 'bell', () => transitionTitle('unsuppressed')),
  notified: look('ok', 'envelope', () => transitionTitle('notified')),
  notification_retried: look('warning', 'repeat', () => transitionTitle('notification_retried')),
  notification_failed: look('error', 'times-circle', () => transitionTitle('notification_failed')),
  notification_skipped: look('quiet', 'minus-circle', () => transitionTitle('notification_skipped')),
  notification_resent: look('info', 'repeat', () => transitionTitle('notification_resent')),
  notification_dismissed: look('quiet', 'trash-alt', () => transitionTitle('notification_dismissed')),
};
