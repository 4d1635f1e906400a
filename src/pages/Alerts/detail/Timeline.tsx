import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, useTheme2 } from '@grafana/ui';
import type { TransitionView } from '../../../api/alerts.ts';
import { t } from '../../../i18n/t.ts';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { toneColor } from '../../../ui/tone.ts';
import { TRANSITION_LOOK } from '../transitionLook.ts';

/** Actors that are no person: their doing needs no "by". */
const ENGINE = new Set(['engine', 'rule', '']);

/** Every transition, notification and comment, the newest first. */
export function Timeline({ entries }: { entries: readonly TransitionView[] }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <ol className={styles.list} aria-label={t('alerts.timeline.timeline', 'Timeline')}>
      {entries
        .toSorted((a, b) => b.seq - a.seq)
        .map(({ seq, kind, at, actor, reason }) => {
          const { icon, word, tone } = TRANSITION_LOOK[kind];
          return (
            <li key={seq} className={styles.entry}>
              <Icon name={icon} size="sm" aria-hidden style={{ color: toneColor(theme, tone), marginTop: 4 }} />
              <div className={styles.words}>
                <span className={styles.what}>
                  {word}
                  {!ENGINE.has(actor) && (
                    <span className={styles.quiet}>{t('alerts.timeline.by', ' by {{actor}}', { actor })}</span>
                  )}
                </span>
                {reason !== '' && <span className={styles.reason}>{reason}</span>}
              </div>
              <span className={styles.quiet}>
                <RelativeTime at={at} />
              </span>
            </li>
          );
        })}
    </ol>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(1.25) }),
  entry: css({ display: 'grid', gridTemplateColumns: '18px minmax(0, 1fr) auto', gap: theme.spacing(1) }),
  words: css({ display: 'flex', flexDirection: 'column' }),
  what: css({ fontWeight: theme.typography.fontWeightMedium }),
  reason: css({ color: theme.colors.text.primary, overflowWrap: 'anywhere' }),
  quiet: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
});
