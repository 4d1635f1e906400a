import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, IconButton, useStyles2 } from '@grafana/ui';
import { t } from '../i18n/t.ts';
import { formatRelative } from './formatTime.ts';
import { useNow } from './useNow.ts';

export interface LiveStampProps {
  /** When what is shown was last known to be right, epoch ms; null before the first answer. */
  readonly at: number | null;
  /** Why there is no contact; null when there is. */
  readonly lost: string | null;
  readonly paused: boolean;
  readonly onPause: (paused: boolean) => void;
}

const STATES = {
  lost: (when: string) => t('ui.live-stamp.lost', 'connection lost, last updated {{when}}', { when }),
  paused: (when: string) => t('ui.live-stamp.paused', 'paused, as of {{when}}', { when }),
  live: (when: string) => t('ui.live-stamp.live', 'updated {{when}}', { when }),
} as const;

/** How fresh the page is, with the switch that holds it still. */
export function LiveStamp({ at, lost, paused, onPause }: LiveStampProps) {
  const styles = useStyles2(getStyles);
  const state = paused ? 'paused' : lost === null ? 'live' : 'lost';
  const when = useNow((now) => (at === null ? '' : formatRelative(at, now)));
  return (
    <span className={state === 'lost' ? styles.lost : styles.stamp} title={lost ?? undefined}>
      {state === 'lost' && <Icon name="exclamation-triangle" size="sm" aria-hidden />}
      {at === null ? t('ui.live-stamp.connecting', 'connecting') : STATES[state](when)}
      <IconButton
        name={paused ? 'play' : 'pause'}
        size="sm"
        tooltip={
          paused
            ? t('ui.live-stamp.resume-live-updates', 'Resume live updates')
            : t('ui.live-stamp.pause-live-updates', 'Pause live updates')
        }
        onClick={() => onPause(!paused)}
      />
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const stamp = {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  } as const;
  return { stamp: css(stamp), lost: css({ ...stamp, color: theme.colors.warning.text }) };
};
