import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo, useState, type PointerEvent } from 'react';
import { useDisplay } from '../../display.ts';
import { formatClock } from '../../formatTime.ts';
import { useWidth } from '../../useWidth.ts';
import { formatMs, nameOfTrace, type FoundTrace } from './foundTraces.ts';
import { boxOf, isWithin, layPlot, MARGIN, type Box, type DurationScale, type Plot } from './plotScale.ts';

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
/** A shorter way is a click. */
const DRAG_PX = 4;

/** Each trace at its start and its duration; failed ones by shape and colour. Drawing a box selects. The list is its other form. */
export function LatencyPlot({ traces, from, to, scale, selected, onSelect, onOpen }: LatencyPlotProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const [measure, width] = useWidth<HTMLDivElement>();
  const plot = useMemo(
    () =>
      layPlot({ from, to, scale, durations: traces.map(({ durationMs }) => durationMs) }, { width, height: HEIGHT }),
    [traces, from, to, scale, width]
  );
  const drag = useBoxDrag((box) =>
    onSelect(
      traces
        .filter(({ startedAt, durationMs }) => isWithin(box, plot.x(startedAt), plot.y(durationMs)))
        .map(({ traceId }) => traceId)
    )
  );
  return (
    <div ref={measure} className={styles.box}>
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`${traces.length} traces by start and duration; the list below has the same`}
          className={styles.plot}
          {...drag.handlers}
        >
          <Axes plot={plot} width={width} labels={[formatClock(from, to, timeZone), formatClock(to, to, timeZone)]} />
          {traces.map((trace) => (
            <Point
              key={trace.traceId}
              {...{ trace, plot }}
              isSelected={selected.has(trace.traceId)}
              onOpen={() => onOpen(trace.traceId)}
            />
          ))}
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
    </div>
  );
}

interface AxesProps {
  readonly plot: Plot;
  readonly width: number;
  readonly labels: readonly [string, string];
}

function Axes({ plot, width, labels: [start, end] }: AxesProps) {
  const styles = useStyles2(getStyles);
  return (
    <g aria-hidden>
      {plot.ticks.map((ms) => (
        <g key={ms}>
          <line className={styles.line} x1={MARGIN.left} x2={width - MARGIN.right} y1={plot.y(ms)} y2={plot.y(ms)} />
          <text className={styles.label} x={MARGIN.left - 6} y={plot.y(ms) + 4} textAnchor="end">
            {formatMs(ms)}
          </text>
        </g>
      ))}
      <text className={styles.label} x={MARGIN.left} y={HEIGHT - 4}>
        {start}
      </text>
      <text className={styles.label} x={width - MARGIN.right} y={HEIGHT - 4} textAnchor="end">
        {end}
      </text>
    </g>
  );
}

interface PointProps {
  readonly trace: FoundTrace;
  readonly plot: Plot;
  readonly isSelected: boolean;
  readonly onOpen: () => void;
}

function Point({ trace, plot, isSelected, onOpen }: PointProps) {
  const styles = useStyles2(getStyles);
  const [x, y] = [plot.x(trace.startedAt), plot.y(trace.durationMs)];
  const failed = trace.failedIn.length > 0;
  const title = `${nameOfTrace(trace)}, ${formatMs(trace.durationMs)}${failed ? `, failed in ${trace.failedIn.join(', ')}` : ''}`;
  const shape = {
    className: `${failed ? styles.failed : styles.point} ${isSelected ? styles.selected : ''}`,
    onClick: onOpen,
  };
  return failed ? (
    <path {...shape} d={`M${x} ${y - 6}l6 10h-12z`}>
      <title>{title}</title>
    </path>
  ) : (
    <circle {...shape} cx={x} cy={y} r={4}>
      <title>{title}</title>
    </circle>
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A box that is drawn with the pointer. */
function useBoxDrag(onDrawn: (box: Box) => void) {
  const [ends, setEnds] = useState<{ readonly start: Place; readonly now: Place }>();
  const placeOf = ({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>): Place => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const isFar = ends !== undefined && Math.hypot(ends.now.x - ends.start.x, ends.now.y - ends.start.y) > DRAG_PX;
  return {
    box: isFar ? boxOf(ends.start, ends.now) : undefined,
    handlers: {
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        if (event.button === 0) {
          const start = placeOf(event);
          setEnds({ start, now: start });
        }
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
        if (ends !== undefined) {
          // Only a drag takes the pointer: a click still reaches the point below it.
          event.currentTarget.setPointerCapture(event.pointerId);
          setEnds({ ...ends, now: placeOf(event) });
        }
      },
      onPointerUp: () => {
        if (isFar) {
          onDrawn(boxOf(ends.start, ends.now));
        }
        setEnds(undefined);
      },
      onPointerCancel: () => setEnds(undefined),
    },
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ width: '100%', minHeight: HEIGHT }),
  plot: css({ display: 'block', touchAction: 'pan-y', cursor: 'crosshair', userSelect: 'none' }),
  line: css({ stroke: theme.colors.border.weak }),
  label: css({ fill: theme.colors.text.secondary, fontSize: 11 }),
  point: css({ fill: theme.colors.primary.main, fillOpacity: 0.7, cursor: 'pointer' }),
  failed: css({ fill: theme.colors.error.main, fillOpacity: 0.9, cursor: 'pointer' }),
  selected: css({ stroke: theme.colors.text.maxContrast, strokeWidth: 2 }),
  selection: css({ fill: theme.colors.primary.transparent, stroke: theme.colors.primary.border }),
});
