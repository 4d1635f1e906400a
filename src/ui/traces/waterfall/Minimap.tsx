import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { minimapCells } from '../../../core/traces/minimap/minimapCells.ts';
import { shareOf } from '../../../core/traces/rows/timeView.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import { useWidth } from '../../useWidth.ts';
import { drawMinimap } from './drawMinimap.ts';
import { useMinimapDrag } from './useMinimapDrag.ts';
import type { TimeViewState } from './useTimeView.ts';

export interface MinimapProps {
  readonly trace: Trace;
  /** By index of the service. */
  readonly colors: readonly string[];
  readonly view: TimeViewState;
}

const HEIGHT = 56;
const LANES = 28;
const COLUMN_PX = 2;
const KEY_STEP = 0.02;

/** The whole trace in small, and the stretch of it that is looked at: drag over it to choose one, or move its edges. */
export function Minimap({ trace, colors, view }: MinimapProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [measure, width] = useWidth<HTMLDivElement>();
  const columns = Math.max(1, Math.floor(width / COLUMN_PX));
  const cells = useMemo(() => minimapCells(trace, { columns, lanes: LANES }), [trace, columns]);
  useEffect(() => {
    if (canvas.current !== null && width > 0) {
      drawMinimap(canvas.current, cells, { colors, failed: theme.colors.error.main });
    }
  }, [cells, colors, theme, width]);

  const { durationNs } = trace;
  const from = durationNs === 0 ? 0 : view.time.fromNs / durationNs;
  const to = durationNs === 0 ? 1 : Math.min(1, view.time.toNs / durationNs);
  const drag = useMinimapDrag({ durationNs, view });
  return (
    <div className={styles.box} ref={measure} {...drag} onDoubleClick={view.reset}>
      <canvas ref={canvas} className={styles.canvas} width={columns} height={HEIGHT} aria-hidden="true" />
      <div className={styles.shade} style={{ left: 0, width: `${from * 100}%` }} />
      <div className={styles.shade} style={{ right: 0, width: `${(1 - to) * 100}%` }} />
      <Edge
        label={t('ui.minimap.start', 'Start of the time shown')}
        at={view.time.fromNs}
        side="fromNs"
        trace={trace}
        view={view}
      />
      <Edge
        label={t('ui.minimap.end', 'End of the time shown')}
        at={view.time.toNs}
        side="toNs"
        trace={trace}
        view={view}
      />
    </div>
  );
}

interface EdgeProps {
  readonly label: string;
  readonly at: number;
  readonly side: 'fromNs' | 'toNs';
  readonly trace: Trace;
  readonly view: TimeViewState;
}

function Edge({ label, at, side, trace: { durationNs }, view }: EdgeProps) {
  const styles = useStyles2(getStyles);
  const whole = { fromNs: 0, toNs: Math.max(1, durationNs) };
  const share = Math.min(1, Math.max(0, shareOf(whole, at)));

  function onKeyDown(event: KeyboardEvent): void {
    const step = durationNs * KEY_STEP;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: at - step,
      ArrowDown: at - step,
      ArrowRight: at + step,
      ArrowUp: at + step,
      Home: side === 'fromNs' ? 0 : view.time.fromNs + step,
      End: side === 'toNs' ? durationNs : view.time.toNs - step,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const least = side === 'fromNs' ? 0 : view.time.fromNs;
      const most = side === 'fromNs' ? view.time.toNs : durationNs;
      view.set({ ...view.time, [side]: Math.min(most, Math.max(least, target)) });
    }
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationNs)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={formatNanoseconds(at)}
      data-edge={side}
      className={styles.edge}
      style={{ left: `${share * 100}%` }}
      onKeyDown={onKeyDown}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    position: 'relative',
    height: HEIGHT,
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    cursor: 'crosshair',
    // A finger chooses a stretch; it scrolls the page up and down.
    touchAction: 'pan-y',
    userSelect: 'none',
  }),
  canvas: css({ position: 'absolute', inset: 0, width: '100%', height: '100%' }),
  shade: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    background: theme.colors.background.canvas,
    opacity: 0.7,
    pointerEvents: 'none',
  }),
  edge: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: 12,
    marginLeft: -6,
    cursor: 'ew-resize',
    touchAction: 'none',
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 5,
      top: 0,
      bottom: 0,
      width: 2,
      background: theme.colors.primary.main,
    },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
});
