import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo, useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import { cell } from '../../../core/traces/column.ts';
import { flameBoxes, type FlameBox } from '../../../core/traces/flame/flameBoxes.ts';
import { t } from '../../../i18n/t.ts';
import { useWidth } from '../../useWidth.ts';
import { onFlameKey } from './onFlameKey.ts';
import { FlameTip, type TipPlace } from './FlameTip.tsx';
import { useDrawing } from './useDrawing.ts';
import type { FlameState } from './useFlame.ts';

interface FlameCanvasProps {
  readonly state: FlameState;
  readonly label: string;
  readonly selected: number | null;
  readonly onSelect?: ((node: number) => void) | undefined;
}

const ROW_PX = 20;
const MOST_PX = 480;

/** The flame as a picture, of which only what is in sight is drawn; walked by arrow keys. */
export function FlameCanvas({ state, label, selected, onSelect }: FlameCanvasProps) {
  const styles = useStyles2(getStyles);
  const [measure, width] = useWidth<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [tip, setTip] = useState<TipPlace | null>(null);
  const height = Math.min(MOST_PX, Math.max(1, state.rows) * ROW_PX);
  const boxes = useBoxes(state, { width, top, height });
  const canvas = useDrawing({ state, boxes, selected, rowHeight: ROW_PX, top, width, height });

  function placeOf({ currentTarget, clientX, clientY }: MouseEvent<HTMLElement>): TipPlace | null {
    const area = currentTarget.getBoundingClientRect();
    const [x, y] = [clientX - area.left, clientY - area.top];
    const box = boxAt(boxes, x, y + top);
    return box === undefined ? null : { box, x, y, width };
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const place = placeOf(event);
    setTip(event.pointerType === 'touch' ? null : place);
    if (place?.box.merged === 1 && place.box.node !== state.current) {
      state.setCurrent(place.box.node);
    }
  }

  function walkTo(node: number): void {
    setTip(null);
    state.setCurrent(node);
    const y = cell(state.flame.depth, node) * ROW_PX;
    if (scroller.current !== null && (y < top || y + ROW_PX > top + height)) {
      scroller.current.scrollTop = y - height / 2;
    }
  }

  return (
    <div className={styles.box}>
      <div
        ref={scroller}
        className={styles.scroller}
        style={{ height }}
        role="application"
        aria-roledescription={t('ui.flame-canvas.flame-graph', 'flame graph')}
        aria-label={label}
        tabIndex={0}
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
        onKeyDown={(event) => onFlameKey(event, state, { walkTo, onSelect })}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setTip(null)}
        onClick={(event) => {
          const place = placeOf(event);
          setTip(null);
          if (place !== null) {
            state.setZoom(place.box.node);
          }
        }}
      >
        <div ref={measure} style={{ height: state.rows * ROW_PX }}>
          <canvas ref={canvas} className={styles.canvas} style={{ width, height }} />
        </div>
      </div>
      {tip !== null && <FlameTip state={state} place={tip} />}
    </div>
  );
}

interface Sight {
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

function useBoxes({ flame, widths, zoom }: FlameState, { width, top, height }: Sight): readonly FlameBox[] {
  const from = Math.floor(top / ROW_PX);
  const to = Math.ceil((top + height) / ROW_PX);
  return useMemo(
    () => flameBoxes(flame, { widths, zoom, width, rows: { from, to } }),
    [flame, widths, zoom, width, from, to]
  );
}

const boxAt = (boxes: readonly FlameBox[], x: number, y: number): FlameBox | undefined =>
  boxes.find(({ row, left, width }) => row === Math.floor(y / ROW_PX) && x >= left && x < left + width);

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
