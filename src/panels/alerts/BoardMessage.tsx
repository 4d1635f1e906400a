import { css } from '@emotion/css';
import type { GrafanaTheme2, IconName } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

export interface BoardMessageProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** What stands in the panel in place of rows; small, as panels are. */
export function BoardMessage({ icon, title, children, action }: BoardMessageProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.box} role="status">
      <p className={styles.title}>
        <Icon name={icon} aria-hidden /> {title}
      </p>
      {children !== undefined && <p className={styles.words}>{children}</p>}
      {action}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'safe center',
    gap: theme.spacing(1),
    minHeight: '100%',
    padding: theme.spacing(1),
    textAlign: 'center',
  }),
  title: css({ margin: 0, fontWeight: theme.typography.fontWeightMedium }),
  words: css({ margin: 0, maxWidth: '60ch', color: theme.colors.text.secondary }),
});
