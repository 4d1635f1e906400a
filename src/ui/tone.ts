import type { GrafanaTheme2, IconName } from '@grafana/data';
import type { AlertState } from '../core/alerts/alert.ts';
import type { Severity } from '../core/alerts/severity.ts';
import type { HealthState } from '../core/services/service.ts';
import { t } from '../i18n/t.ts';

/** What a state means to the one who looks. `critical` and `error` want a person; nothing else is red. */
export type Tone = 'critical' | 'error' | 'warning' | 'info' | 'ok' | 'quiet';

export interface StateLook {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

/** The word is asked for when it is shown: this file loads before the language does. */
export const look = (tone: Tone, icon: IconName, word: () => string): StateLook => ({
  tone,
  icon,
  get word() {
    return word();
  },
});

export const SEVERITY_LOOK: Readonly<Record<Severity, StateLook>> = {
  critical: look('critical', 'exclamation-circle', () => t('ui.tone.severity-critical', 'Critical')),
  error: look('error', 'times-circle', () => t('ui.tone.severity-error', 'Error')),
  warning: look('warning', 'exclamation-triangle', () => t('ui.tone.severity-warning', 'Warning')),
  info: look('info', 'info-circle', () => t('ui.tone.severity-info', 'Info')),
};

export const HEALTH_LOOK: Readonly<Record<HealthState, StateLook>> = {
  healthy: look('ok', 'check-circle', () => t('ui.tone.health-healthy', 'Healthy')),
  unknown: look('quiet', 'question-circle', () => t('ui.tone.health-unknown', 'Unknown')),
  degraded: look('warning', 'exclamation-triangle', () => t('ui.tone.health-degraded', 'Degraded')),
  critical: look('critical', 'exclamation-circle', () => t('ui.tone.health-critical', 'Critical')),
};

export const ALERT_STATE_LOOK: Readonly<Record<AlertState, StateLook>> = {
  pending: look('quiet', 'hourglass', () => t('ui.tone.state-pending', 'Pending')),
  firing: look('critical', 'fire', () => t('ui.tone.state-firing', 'Firing')),
  no_data: look('warning', 'question-circle', () => t('ui.tone.state-no-data', 'No data')),
  stale: look('quiet', 'history', () => t('ui.tone.state-stale', 'Stale')),
  resolved: look('ok', 'check-circle', () => t('ui.tone.state-resolved', 'Resolved')),
};

/** The theme's colour for a tone, as text on the page's background. */
export function toneColor(theme: GrafanaTheme2, tone: Tone): string {
  switch (tone) {
    case 'critical':
    case 'error':
      return theme.colors.error.text;
    case 'warning':
      return theme.colors.warning.text;
    case 'info':
      return theme.colors.info.text;
    case 'ok':
      return theme.colors.success.text;
    case 'quiet':
      return theme.colors.text.secondary;
  }
}
