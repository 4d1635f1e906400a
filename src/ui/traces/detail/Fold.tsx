import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';

export interface FoldProps {
  readonly title: string;
  readonly count: number;
  /** At first. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** A part that can be folded away, with how much is in it. */
export function Fold({ title, count, open = false, children }: FoldProps) {
  const styles = useStyles2(getStyles);
  return (
    <details open={open} className={styles.fold}>
      <summary>
        {title} <span className={styles.count}>({count})</span>
      </summary>
      {count === 0 ? <span className={styles.count}>{t('ui.fold.none', 'None')}</span> : children}
    </details>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  fold: css({
    borderTop: `1px solid ${theme.colors.border.weak}`,
    paddingTop: theme.spacing(0.5),
    '& summary': {
      cursor: 'pointer',
      fontWeight: theme.typography.fontWeightMedium,
      padding: theme.spacing(0.25, 0),
    },
  }),
  count: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
});
