import type { StateLook } from '../../ui/tone.ts';

/** Being disabled is a choice, not trouble. */
export const ENABLED_LOOK: Readonly<Record<'enabled' | 'disabled', StateLook>> = {
  enabled: { tone: 'ok', icon: 'check', word: 'Enabled' },
  disabled: { tone: 'quiet', icon: 'pause', word: 'Disabled' },
};
