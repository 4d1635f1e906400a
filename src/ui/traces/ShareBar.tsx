import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** A share as a bar; the figure stands beside it. */
export function ShareBar({ share, color }: { share: number; color: string }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.track} aria-hidden>
      <span className={styles.bar} style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%`, background: color }} />
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  track: css({
    display: 'inline-block',
    verticalAlign: 'middle',
    width: '100%',
    height: 8,
    borderRadius: theme.shape.radius.sm,
    background: theme.colors.background.secondary,
    overflow: 'hidden',
  }),
  bar: css({ display: 'block', height: '100%' }),
});
