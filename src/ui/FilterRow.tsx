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
  /** On a phone they do not begin folded. */
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
}

/** Filters in a row; on a phone they fold into one button beside the first. */
export function FilterRow({ label, lead, active, isOpenAtFirst = false, children }: FilterRowProps) {
  const styles = useStyles2(getStyles);
  const [unfolded, setUnfolded] = useState(isOpenAtFirst);
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
    // As if they were in the row themselves, so that the first stands beside the lead.
    display: 'contents',
    [PHONE]: {
      display: 'flex',
      gap: theme.spacing(1),
      flexBasis: '100%',
      flexDirection: 'column',
      alignItems: 'stretch',
      minWidth: 0,
      '& > *': { width: '100% !important', maxWidth: 'none !important' },
      // Fields have their width on an element of their own.
      '& [data-testid="input-wrapper"]': { width: '100% !important' },
    },
  }),
  folded: css({ [PHONE]: { display: 'none' } }),
  fold: css({ display: 'none', [PHONE]: { display: 'inline-flex' } }),
});
