import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Labels } from '../core/labels.ts';
import { t } from '../i18n/t.ts';

/** Labels as `name=value`, in name order. */
export function LabelList({ labels }: { labels: Labels }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label={t('ui.label-list.labels', 'Labels')}>
      {Object.entries(labels)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => (
          <li key={name} className={styles.label}>
            <span className={styles.name}>{name}=</span>
            {value}
          </li>
        ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5), listStyle: 'none', margin: 0, padding: 0 }),
  label: css({
    padding: theme.spacing(0, 0.75),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }),
  name: css({ color: theme.colors.text.secondary }),
});
