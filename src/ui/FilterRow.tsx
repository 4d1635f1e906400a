import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useState, type ReactNode } from 'react';
import { t } from '../i18n/t.ts';
import { PHONE } from './breakpoints.ts';

export interface FilterRowProps {
  /** Names the row to screen readers: "Filter alerts". */
  readonly label: string;
  /** Always in sight: the search, or the time range. */
  readonly lead: ReactNode;
  /** How many of the filters are set. */
  readonly active: number;
  readonly children: ReactNode;
}

/** Filters in a row; on a phone they fold into one button beside the first. */
export function FilterRow({ label, lead, active, children }: FilterRowProps) {
  const styles = useStyles2(getStyles);
  const [unfolded, setUnfolded] = useState(false);
  return (
    <div className={styles.row} role="search" aria-label={label}>
      <div className={styles.lead}>{lead}</div>
      <Button
        className={styles.fold}
        variant="secondary"
        icon="filter"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        {active > 0
          ? t('ui.filter-row.filters-active', 'Filters ({{active}})', { active })
          : t('ui.filter-row.filters', 'Filters')}
      </Button>
      <div className={cx(styles.filters, !unfolded && styles.folded)}>{children}</div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
  lead: css({ [PHONE]: { flex: '1 1 0', minWidth: 0 } }),
  filters: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    alignItems: 'center',
    [PHONE]: {
      flexBasis: '100%',
      flexDirection: 'column',
      alignItems: 'stretch',
      '& > *': { width: '100% !important', maxWidth: 'none !important' },
    },
  }),
  folded: css({ [PHONE]: { display: 'none' } }),
  fold: css({ display: 'none', [PHONE]: { display: 'inline-flex' } }),
});
