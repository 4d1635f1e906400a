import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useWidth } from '../../useWidth.ts';
import { DurationBars } from './DurationBars.tsx';
import { binAt, durationBins } from './durationBins.ts';
import type { FoundTrace } from './foundTraces.ts';
import { PlotAxes } from './PlotAxes.tsx';
import { PlotPoints } from './PlotPoints.tsx';
import { isWithin, layPlot, nearestPoint, type DurationScale, type PlotPoint } from './plotScale.ts';
import { PlotTip } from './PlotTip.tsx';
import { useBoxDrag } from './useBoxDrag.ts';

export interface LatencyPlotProps {
  readonly traces: readonly FoundTrace[];
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly scale: DurationScale;
  readonly selected: ReadonlySet<string>;
  /** Traces in a box that was drawn; none clears the selection. */
  readonly onSelect: (traceIds: readonly string[]) => void;
  readonly onOpen: (traceId: string) => void;
}

const HEIGHT = 220;
/** Beside the plot, where it is wide enough for both. */
const BARS_PX = 96;
const WIDE_PX = 560;
/** So near to a point means the point: a finger is broad. */
const NEAR_PX = 12;

/** Each trace at its start and its duration; failed ones by shape and colour; beside it, how many took how long. A box or
 * a bar selects. The list is its other form. */
export function LatencyPlot({ traces, from, to, scale, selected, onSelect, onOpen }: LatencyPlotProps) {
  const styles = useStyles2(getStyles);
  const [measure, width] = useWidth<HTMLDivElement>();
  const barsPx = width < WIDE_PX ? 0 : BARS_PX;
  const size = useMemo(() => ({ width: width - barsPx, height: HEIGHT }), [width, barsPx]);
  const plot = useMemo(
    () => layPlot({ from, to, scale, durations: traces.map(({ durationMs }) => durationMs) }, size),
    [traces, from, to, scale, size]
  );
  const points = useMemo(
    () =>
      traces
        .map(({ traceId, startedAt, durationMs, failedIn }): PlotPoint => ({
          ...{ traceId, x: plot.x(startedAt), y: plot.y(durationMs), failed: failedIn.length > 0 },
        }))
        // What failed lies on top.
        .toSorted((a, b) => Number(a.failed) - Number(b.failed)),
    [traces, plot]
  );
  const bins = useMemo(() => durationBins(points, HEIGHT), [points]);
  const [hovered, setHovered] = useState<PlotPoint>();
  const drag = useBoxDrag({
    onBox: (box) => onSelect(points.filter((point) => isWithin(box, point)).map(({ traceId }) => traceId)),
    onClick: (place) => {
      if (place.x > size.width) {
        onSelect(binAt(bins, place.y)?.points.map(({ traceId }) => traceId) ?? []);
        return;
      }
      const point = nearestPoint(points, place, NEAR_PX);
      if (point !== undefined) {
        onOpen(point.traceId);
      }
    },
    onHover: (place) => setHovered(place && nearestPoint(points, place, NEAR_PX)),
  });
  const pointed = hovered && traces.find(({ traceId }) => traceId === hovered.traceId);
  return (
    <div ref={measure} className={styles.box}>
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={t('ui.latency-plot.label', '', {
            count: traces.length,
            defaultValue_one: '{{count}} trace by start and duration; the list below shows the same',
            defaultValue_other: '{{count}} traces by start and duration; the list below shows the same',
          })}
          className={styles.plot}
          style={{ cursor: pointed ? 'pointer' : 'crosshair' }}
          {...drag.handlers}
        >
          <PlotAxes {...{ plot, size, from, to }} />
          <PlotPoints points={points} selected={selected} />
          {barsPx > 0 && <DurationBars bins={bins} left={size.width} width={barsPx} />}
          {hovered && pointed && <circle className={styles.hovered} cx={hovered.x} cy={hovered.y} r={9} />}
          {drag.box && (
            <rect
              className={styles.selection}
              x={drag.box.left}
              y={drag.box.top}
              width={drag.box.right - drag.box.left}
              height={drag.box.bottom - drag.box.top}
            />
          )}
        </svg>
      )}
      {hovered && pointed && <PlotTip trace={pointed} point={hovered} width={width} />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ position: 'relative', width: '100%', minHeight: HEIGHT }),
  plot: css({ display: 'block', touchAction: 'pan-y', userSelect: 'none' }),
  hovered: css({ fill: 'none', stroke: theme.colors.text.primary }),
  selection: css({ fill: theme.colors.primary.transparent, stroke: theme.colors.primary.border }),
});
