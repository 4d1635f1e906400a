import { t } from '../../i18n/t.ts';
import { look, type StateLook } from '../../ui/tone.ts';

/** Being disabled is a choice, not trouble. */
export const ENABLED_LOOK: Readonly<Record<'enabled' | 'disabled', StateLook>> = {
  enabled: look('ok', 'check', () => t('thresholds.looks.enabled', 'Enabled')),
  disabled: look('quiet', 'pause', () => t('thresholds.looks.disabled', 'Disabled')),
};
