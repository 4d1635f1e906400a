import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { memo } from 'react';
import { t } from '../../../i18n/t.ts';
import type { DurationBin } from './durationBins.ts';

export interface DurationBarsProps {
  readonly bins: readonly DurationBin[];
  /** Px from the left at which bars begin, and of the longest one. */
  readonly left: number;
  readonly width: number;
}

/** How many traces took about how long, beside the plot: where many lie on each other, dots no longer say. */
export const DurationBars = memo(function DurationBars({ bins, left, width }: DurationBarsProps) {
  const styles = useStyles2(getStyles);
  const most = bins.reduce((longest, { points }) => Math.max(longest, points.length), 1);
  return (
    <g aria-hidden>
      {bins.map(({ top, height, points, failed }) => {
        const bar = { y: top + 1, height: height - 2 };
        const failedPx = (failed / most) * width;
        return (
          points.length > 0 && (
            <g key={top} className={styles.bin}>
              <title>{describe(points.length)}</title>
              <rect className={styles.room} x={left} width={width} {...bar} />
              <rect className={styles.failed} x={left} width={failedPx} {...bar} />
              <rect
                className={styles.bar}
                x={left + failedPx}
                width={((points.length - failed) / most) * width}
                {...bar}
              />
            </g>
          )
        );
      })}
    </g>
  );
});

const describe = (count: number): string =>
  t('ui.duration-bars.bin', '', {
    count,
    defaultValue_one: '{{count}} trace took about this long. Click to select it.',
    defaultValue_other: '{{count}} traces took about this long. Click to select them.',
  });

const getStyles = (theme: GrafanaTheme2) => ({
  bin: css({ cursor: 'pointer', '&:hover rect': { opacity: 1 } }),
  // The short bars are as easily met as the long ones.
  room: css({ fill: 'transparent', '&:hover': { fill: theme.colors.action.hover } }),
  bar: css({ fill: theme.colors.primary.main, opacity: 0.7 }),
  failed: css({ fill: theme.colors.error.main, opacity: 0.9 }),
});
