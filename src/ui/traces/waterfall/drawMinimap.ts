import type { MinimapCells } from '../../../core/traces/minimap/minimapCells.ts';

export interface MinimapInk {
  /** By index of the service. */
  readonly colors: readonly string[];
  readonly failed: string;
}

/** Paints a small picture of a trace: equal cells beside each other in one stroke. */
export function drawMinimap(canvas: HTMLCanvasElement, cells: MinimapCells, ink: MinimapInk): void {
  const context = canvas.getContext('2d');
  if (context === null || !('fillRect' in context)) {
    return;
  }
  const { columns, lanes, service, failed } = cells;
  const height = canvas.height / lanes;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let lane = 0; lane < lanes; lane += 1) {
    for (let from = 0; from < columns;) {
      const at = lane * columns + from;
      let to = from + 1;
      while (
        to < columns &&
        service[lane * columns + to] === service[at] &&
        failed[lane * columns + to] === failed[at]
      ) {
        to += 1;
      }
      if ((service[at] ?? 0) > 0) {
        context.fillStyle = failed[at] === 1 ? ink.failed : (ink.colors[(service[at] ?? 1) - 1] ?? '');
        context.fillRect(from, lane * height, to - from, Math.max(1, height - (height > 3 ? 1 : 0)));
      }
      from = to;
    }
  }
}
