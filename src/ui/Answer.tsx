import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { toneColor, type StateLook, type Tone } from './tone.ts';

/** The page's answer in a sentence with numbers, spoken again when it changes. */
export function Answer({ look, children }: { look: Pick<StateLook, 'tone' | 'icon'>; children: ReactNode }) {
  const styles = useStyles2(getStyles, look.tone);
  return (
    <p className={styles.answer} role="status">
      <Icon name={look.icon} size="lg" aria-hidden className={styles.icon} />
      <span>{children}</span>
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2, tone: Tone) => ({
  answer: css({
    display: 'flex',
    gap: theme.spacing(1),
    alignItems: 'flex-start',
    margin: 0,
    fontSize: theme.typography.h5.fontSize,
    lineHeight: theme.typography.h5.lineHeight,
    '& a': { textDecoration: 'underline', textUnderlineOffset: 3 },
  }),
  icon: css({ color: toneColor(theme, tone), flexShrink: 0, marginTop: 2 }),
});
