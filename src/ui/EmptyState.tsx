import { css } from '@emotion/css';
import type { GrafanaTheme2, IconName } from '@grafana/data';
import { Icon, Text, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon?: IconName;
  /** What is (not) here: "No alerts are open". */
  readonly title: string;
  /** What this place is for, and an example. */
  readonly children?: ReactNode;
  /** The one thing to do. */
  readonly action?: ReactNode;
}

/** Nothing here, and what would be. */
export function EmptyState({ icon = 'info-circle', title, children, action }: EmptyStateProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.box}>
      <Icon name={icon} size="xxl" aria-hidden className={styles.icon} />
      <Text element="h2" variant="h4" textAlignment="center">
        {title}
      </Text>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {action}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(5, 2),
    border: `1px dashed ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
  }),
  icon: css({ color: theme.colors.text.secondary }),
  words: css({ color: theme.colors.text.secondary, maxWidth: '60ch', textAlign: 'center' }),
});
