import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { PHONE } from './breakpoints.ts';

/** Actions in a row; on a phone they stand at the bottom edge, where a thumb is. */
export function BottomBar({ children, label }: { children: ReactNode; label: string }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.bar} role="group" aria-label={label}>
      {children}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    alignItems: 'center',
    [PHONE]: {
      position: 'fixed',
      zIndex: theme.zIndex.navbarFixed,
      left: 0,
      right: 0,
      // Above the console's own bottom navigation, which sets the variable.
      bottom: 'var(--pharos-bottom, 0px)',
      padding: theme.spacing(1, 1.5),
      background: theme.colors.background.primary,
      borderTop: `1px solid ${theme.colors.border.weak}`,
      boxShadow: theme.shadows.z2,
      flexWrap: 'nowrap',
      '& > *': { flex: '1 1 auto', justifyContent: 'center' },
      // Four words fit beside each other, four icons and words do not.
      '& svg': { display: 'none' },
    },
  }),
});
