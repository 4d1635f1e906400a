import type { ErrorEnd } from '../../../core/traces/errorSpread.ts';
import { t } from '../../../i18n/t.ts';
import { look, type StateLook } from '../../tone.ts';

/** How a failure ended, as a reader is told first. Red only where a user saw it. */
export const END_LOOK: Readonly<Record<ErrorEnd, StateLook>> = {
  visible: look('error', 'times-circle', () => t('ui.story-looks.visible', 'Seen by a user')),
  missing_parent: look('warning', 'question-circle', () => t('ui.story-looks.missing-parent', 'End not known')),
  masked: look('warning', 'exclamation-triangle', () => t('ui.story-looks.masked', 'Masked')),
  swallowed: look('quiet', 'check-circle', () => t('ui.story-looks.swallowed', 'Swallowed')),
  retried: look('quiet', 'repeat', () => t('ui.story-looks.retried', 'Retried')),
  not_awaited: look('quiet', 'clock-nine', () => t('ui.story-looks.not-awaited', 'Not waited for')),
};
