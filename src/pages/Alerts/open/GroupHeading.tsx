import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { describeGroup, type AlertGroup } from './groupAlerts.ts';

export interface GroupHeadingProps {
  readonly group: AlertGroup;
  readonly isCollapsed: boolean;
  readonly onToggle: () => void;
}

/** What a group's alerts share, how many they are, and folding them away. */
export function GroupHeading({ group, isCollapsed, onToggle }: GroupHeadingProps) {
  const styles = useStyles2(getStyles);
  return (
    <button type="button" className={styles.heading} aria-expanded={!isCollapsed} onClick={onToggle}>
      <Icon name={isCollapsed ? 'angle-right' : 'angle-down'} aria-hidden />
      <span className={styles.title}>{group.title}</span>
      <span className={styles.count}>{describeGroup(group.alerts)}</span>
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  heading: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    width: '100%',
    minHeight: theme.spacing(4),
    padding: 0,
    border: 0,
    background: 'none',
    textAlign: 'left',
    color: theme.colors.text.primary,
    borderRadius: theme.shape.radius.default,
    '&:hover': { background: theme.colors.action.hover },
  }),
  title: css({ fontWeight: theme.typography.fontWeightMedium, overflowWrap: 'anywhere' }),
  count: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightRegular,
  }),
});
