import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';

export interface ContributionBarProps {
  readonly ns: number;
  /** The largest of all, in either direction. */
  readonly mostNs: number;
}

/** `+610 ms`, `-12 ms`, `0`. */
export const formatSigned = (ns: number): string => `${ns > 0 ? '+' : ''}${formatNanoseconds(ns)}`;

/** How much is added (to the right) or saved (to the left), with the number beside it. */
export function ContributionBar({ ns, mostNs }: ContributionBarProps) {
  const styles = useStyles2(getStyles);
  const share = mostNs === 0 ? 0 : Math.min(1, Math.abs(ns) / mostNs) * 50;
  const side = ns < 0 ? { right: '50%' } : { left: '50%' };
  return (
    <span className={styles.cell}>
      <span className={styles.number}>{formatSigned(ns)}</span>
      <span className={styles.track} aria-hidden>
        <span className={ns < 0 ? styles.saved : styles.added} style={{ width: `${share}%`, ...side }} />
      </span>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const bar = { position: 'absolute', top: 0, bottom: 0, borderRadius: 1 } as const;
  return {
    cell: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1), width: '100%' }),
    number: css({ minWidth: '9ch', textAlign: 'right', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
    track: css({
      position: 'relative',
      flex: '1 1 60px',
      minWidth: 60,
      height: 10,
      background: theme.colors.background.secondary,
      '&::after': {
        content: '""',
        position: 'absolute',
        left: '50%',
        top: -2,
        bottom: -2,
        width: 1,
        background: theme.colors.border.strong,
      },
    }),
    added: css({ ...bar, background: theme.colors.warning.main }),
    saved: css({ ...bar, background: theme.colors.success.main }),
  };
};
