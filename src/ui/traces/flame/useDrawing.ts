import { useTheme2 } from '@grafana/ui';
import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { FlameBox } from '../../../core/traces/flame/flameBoxes.ts';
import { drawFlame } from './drawFlame.ts';
import type { FlameState } from './useFlame.ts';

interface Drawing {
  readonly state: FlameState;
  readonly boxes: readonly FlameBox[];
  readonly selected: number | null;
  readonly rowHeight: number;
  /** Px from the top of the flame to the top of what is in sight. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Draws on a canvas whenever what it shows has changed. */
export function useDrawing(drawing: Drawing): RefObject<HTMLCanvasElement | null> {
  const { state, boxes, selected, rowHeight, top, width, height } = drawing;
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
      ...{ flame, theme, boxes, rowHeight, top, selected, current },
      size: { width, height },
      hits: matches?.hits,
    });
  }, [flame, theme, boxes, rowHeight, top, selected, current, matches, width, height]);
  return canvas;
}
