import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { memo } from 'react';
import type { PlotPoint } from './plotScale.ts';

export interface PlotPointsProps {
  readonly points: readonly PlotPoint[];
  readonly selected: ReadonlySet<string>;
}

/** Every trace as a dot, those that failed as triangles. Drawn anew only when the traces or the selection change. */
export const PlotPoints = memo(function PlotPoints({ points, selected }: PlotPointsProps) {
  const styles = useStyles2(getStyles);
  return (
    <g aria-hidden>
      {points.map(({ traceId, x, y, failed }) => {
        const className = cx(failed ? styles.failed : styles.point, selected.has(traceId) && styles.selected);
        return failed ? (
          <path key={traceId} className={className} d={`M${x} ${y - 6}l6 10h-12z`} />
        ) : (
          <circle key={traceId} className={className} cx={x} cy={y} r={4} />
        );
      })}
    </g>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  point: css({ fill: theme.colors.primary.main, fillOpacity: 0.7 }),
  failed: css({ fill: theme.colors.error.main, fillOpacity: 0.9 }),
  selected: css({ stroke: theme.colors.text.maxContrast, strokeWidth: 2 }),
});
