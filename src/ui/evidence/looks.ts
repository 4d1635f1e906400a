import type { LogLevel } from '../../core/evidence/logLevel.ts';
import { t } from '../../i18n/t.ts';
import { look, type StateLook } from '../tone.ts';

/** How the level of a log line looks. */
export const LOG_LOOK: Readonly<Record<LogLevel, StateLook>> = {
  critical: look('error', 'exclamation-circle', () => t('ui.looks.critical', 'Critical')),
  error: look('error', 'times-circle', () => t('ui.looks.error', 'Error')),
  warning: look('warning', 'exclamation-triangle', () => t('ui.looks.warning', 'Warning')),
  info: look('quiet', 'info-circle', () => t('ui.looks.info', 'Info')),
  debug: look('quiet', 'bug', () => t('ui.looks.debug', 'Debug')),
  trace: look('quiet', 'bug', () => t('ui.looks.trace', 'Trace')),
  unknown: look('quiet', 'circle', () => t('ui.looks.no-level', 'No level')),
};

export const FAILED: StateLook = look('error', 'times-circle', () => t('ui.looks.failed', 'Failed'));
export const SLOW: StateLook = look('warning', 'clock-nine', () => t('ui.looks.slow', 'Slow'));
