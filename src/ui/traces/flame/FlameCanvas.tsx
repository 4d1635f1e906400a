import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { cell } from '../../../core/traces/column.ts';
import { flameBoxes, type FlameBox } from '../../../core/traces/flame/flameBoxes.ts';
import { walkFlame, type FlameStep } from '../../../core/traces/flame/walkFlame.ts';
import { useWidth } from '../../useWidth.ts';
import { drawFlame } from './drawFlame.ts';
import { FlameTip, type TipPlace } from './FlameTip.tsx';
import type { FlameState } from './useFlame.ts';

interface FlameCanvasProps {
  readonly state: FlameState;
  readonly label: string;
  readonly selected: number | null;
  /** By the space bar. */
  readonly onSelect?: ((node: number) => void) | undefined;
}

const ROW_PX = 20;
const MOST_PX = 480;

const STEPS: Readonly<Record<string, FlameStep>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The flame as a picture, of which only what is in sight is drawn; walked by arrow keys. */
export function FlameCanvas({ state, label, selected, onSelect }: FlameCanvasProps) {
  const styles = useStyles2(getStyles);
  const [measure, width] = useWidth<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [tip, setTip] = useState<TipPlace | null>(null);
  const { flame, widths, zoom, rows, current } = state;
  const height = Math.min(MOST_PX, Math.max(1, rows) * ROW_PX);
  const boxes = useMemo(
    () =>
      flameBoxes(flame, {
        widths,
        zoom,
        width,
        rows: { from: Math.floor(top / ROW_PX), to: Math.ceil((top + height) / ROW_PX) },
      }),
    [flame, widths, zoom, width, top, height]
  );
  const canvas = useDrawing({ state, boxes, selected, top, size: { width, height } });

  function boxAt({ clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>): FlameBox | undefined {
    const area = scroller.current?.getBoundingClientRect();
    if (area === undefined) {
      return undefined;
    }
    const [x, y] = [clientX - area.left, clientY - area.top + top];
    return boxes.find((box) => box.row === Math.floor(y / ROW_PX) && x >= box.left && x < box.left + box.width);
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const area = scroller.current?.getBoundingClientRect();
    const box = boxAt(event);
    setTip(box && area ? { box, x: event.clientX - area.left, y: event.clientY - area.top, width } : null);
    if (box !== undefined && box.merged === 1 && box.node !== current) {
      state.setCurrent(box.node);
    }
  }

  function walkTo(node: number): void {
    state.setCurrent(node);
    const y = cell(flame.depth, node) * ROW_PX;
    if (scroller.current !== null && (y < top || y + ROW_PX > top + height)) {
      scroller.current.scrollTop = y - height / 2;
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || flame.size === 0) {
      return;
    }
    const step = STEPS[event.key];
    const from = current ?? (zoom === -1 ? 0 : zoom);
    if (step !== undefined) {
      walkTo(current === null ? from : walkFlame(flame, widths, { from, step }));
    } else if (event.key === 'Enter') {
      state.setZoom(from);
    } else if (event.key === ' ') {
      onSelect?.(from);
    } else if (event.key === 'Escape' && zoom !== -1) {
      state.setZoom(-1);
    } else {
      return;
    }
    event.preventDefault();
    setTip(null);
  }

  return (
    <div className={styles.box}>
      <div
        ref={scroller}
        className={styles.scroller}
        style={{ height }}
        role="application"
        aria-roledescription="flame graph"
        aria-label={label}
        tabIndex={0}
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setTip(null)}
        onClick={(event) => {
          const box = boxAt(event);
          if (box !== undefined) {
            state.setZoom(box.node);
            setTip(null);
          }
        }}
      >
        <div ref={measure} style={{ height: rows * ROW_PX }}>
          <canvas ref={canvas} className={styles.canvas} style={{ width, height }} />
        </div>
      </div>
      {tip !== null && <FlameTip state={state} place={tip} />}
    </div>
  );
}

interface Drawing {
  readonly state: FlameState;
  readonly boxes: readonly FlameBox[];
  readonly selected: number | null;
  readonly top: number;
  readonly size: { readonly width: number; readonly height: number };
}

function useDrawing({ state, boxes, selected, top, size: { width, height } }: Drawing) {
  const theme = useTheme2();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { flame, matches, current } = state;
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d') ?? null;
    if (element === null || context === null || width === 0) {
      return;
    }
    const ratio = window.devicePixelRatio;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawFlame(context, {
      ...{ flame, theme, boxes, top, selected, current },
      rowHeight: ROW_PX,
      size: { width, height },
      hits: matches?.hits,
    });
  }, [flame, theme, boxes, top, selected, current, matches, width, height]);
  return canvas;
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ position: 'relative', minWidth: 0 }),
  scroller: css({
    overflowY: 'auto',
    overflowX: 'hidden',
    cursor: 'pointer',
    scrollbarGutter: 'stable',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  canvas: css({ position: 'sticky', top: 0, display: 'block' }),
});
