import type { GrafanaTheme2, IconName } from '@grafana/data';
import type { AlertState } from '../core/alerts/alert.ts';
import type { Severity } from '../core/alerts/severity.ts';
import type { HealthState } from '../core/services/service.ts';

/** What a state means to the one who looks. `critical` and `error` want a person; nothing else is red. */
export type Tone = 'critical' | 'error' | 'warning' | 'info' | 'ok' | 'quiet';

export interface StateLook {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

const look = (tone: Tone, icon: IconName, word: string): StateLook => ({ tone, icon, word });

export const SEVERITY_LOOK: Readonly<Record<Severity, StateLook>> = {
  critical: look('critical', 'exclamation-circle', 'Critical'),
  error: look('error', 'times-circle', 'Error'),
  warning: look('warning', 'exclamation-triangle', 'Warning'),
  info: look('info', 'info-circle', 'Info'),
};

export const HEALTH_LOOK: Readonly<Record<HealthState, StateLook>> = {
  healthy: look('ok', 'check-circle', 'Healthy'),
  unknown: look('quiet', 'question-circle', 'Unknown'),
  degraded: look('warning', 'exclamation-triangle', 'Degraded'),
  critical: look('critical', 'exclamation-circle', 'Critical'),
};

export const ALERT_STATE_LOOK: Readonly<Record<AlertState, StateLook>> = {
  pending: look('quiet', 'hourglass', 'Pending'),
  firing: look('critical', 'fire', 'Firing'),
  no_data: look('warning', 'question-circle', 'No data'),
  stale: look('quiet', 'history', 'Stale'),
  resolved: look('ok', 'check-circle', 'Resolved'),
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
