import type { LogLevel } from '../../core/evidence/logLevel.ts';
import type { StateLook } from '../tone.ts';

/** How the level of a log line looks. */
export const LOG_LOOK: Readonly<Record<LogLevel, StateLook>> = {
  critical: { tone: 'error', icon: 'exclamation-circle', word: 'Critical' },
  error: { tone: 'error', icon: 'times-circle', word: 'Error' },
  warning: { tone: 'warning', icon: 'exclamation-triangle', word: 'Warning' },
  info: { tone: 'quiet', icon: 'info-circle', word: 'Info' },
  debug: { tone: 'quiet', icon: 'bug', word: 'Debug' },
  trace: { tone: 'quiet', icon: 'bug', word: 'Trace' },
  unknown: { tone: 'quiet', icon: 'circle', word: 'No level' },
};

export const FAILED: StateLook = { tone: 'error', icon: 'times-circle', word: 'Failed' };
export const SLOW: StateLook = { tone: 'warning', icon: 'clock-nine', word: 'Slow' };
