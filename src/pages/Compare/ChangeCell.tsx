import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Tested } from '../../core/traces/compare/comparison.ts';
import { formatP } from '../../core/traces/compare/describeComparison.ts';
import { t } from '../../i18n/t.ts';

export interface ChangeCellProps {
  /** As shown; null for none. */
  readonly a: string | null;
  readonly b: string | null;
  readonly test: Tested | null;
  /** How many on each side, for the hover: `48 and 50 traces`. */
  readonly of: string;
}

/** A figure in A and in B; in bold with its p where the difference is no chance. */
export function ChangeCell({ a, b, test, of }: ChangeCellProps) {
  const styles = useStyles2(getStyles);
  const sure = test?.isSignificant === true;
  return (
    <span className={styles.cell} title={titleOf(test, of)}>
      <span className={cx(styles.value, sure && styles.sure)}>
        {a !== b && (
          <>
            <span>{`${a ?? '–'} →`}</span>{' '}
          </>
        )}
        <span>{b ?? '–'}</span>
      </span>
      {sure && <span className={styles.p}>{formatP(test.corrected)}</span>}
    </span>
  );
}

function titleOf(test: Tested | null, of: string): string {
  return test === null
    ? t('compare.change-cell.not-tested', 'Not tested; {{of}}', { of })
    : t('compare.change-cell.tested', '{{corrected}} corrected, {{alone}} uncorrected; {{of}}', {
        corrected: formatP(test.corrected),
        alone: formatP(test.p),
        of,
      });
}

const getStyles = (theme: GrafanaTheme2) => ({
  cell: css({ display: 'inline-flex', flexDirection: 'column', alignItems: 'flex-end' }),
  // Where there is little room, it breaks after the arrow.
  value: css({ fontVariantNumeric: 'tabular-nums', textAlign: 'right', '& > span': { whiteSpace: 'nowrap' } }),
  sure: css({ fontWeight: theme.typography.fontWeightBold }),
  p: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize, whiteSpace: 'nowrap' }),
});
