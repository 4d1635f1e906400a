import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

export interface TabIntroProps {
  /** The answer of the tab, in a sentence. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** The top line of a tab with what can be done there. */
export function TabIntro({ children, actions }: TabIntroProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.line}>
      <div className={styles.words}>{children}</div>
      {actions}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 2),
    justifyContent: 'space-between',
    alignItems: 'center',
  }),
  words: css({ flex: '1 1 280px' }),
});
