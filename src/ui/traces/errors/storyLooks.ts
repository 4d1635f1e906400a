import type { ErrorEnd } from '../../../core/traces/errorSpread.ts';
import type { StateLook } from '../../tone.ts';

/** How a failure ended, as a reader is told first. Red only where a user saw it. */
export const END_LOOK: Readonly<Record<ErrorEnd, StateLook>> = {
  visible: { tone: 'error', icon: 'times-circle', word: 'Seen by a user' },
  missing_parent: { tone: 'warning', icon: 'question-circle', word: 'End not known' },
  masked: { tone: 'warning', icon: 'exclamation-triangle', word: 'Masked' },
  swallowed: { tone: 'quiet', icon: 'check-circle', word: 'Swallowed' },
  retried: { tone: 'quiet', icon: 'repeat', word: 'Retried' },
  not_awaited: { tone: 'quiet', icon: 'clock-nine', word: 'Not waited for' },
};
