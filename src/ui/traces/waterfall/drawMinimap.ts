import type { MinimapCells } from '../../../core/traces/minimap/minimapCells.ts';

export interface MinimapInk {
  /** By index of the service. */
  readonly colors: readonly string[];
  readonly failed: string;
}

/** Lanes as high as this leave a gap of one pixel between them. */
const HIGH = 3;

/** Paints a small picture of a trace: equal cells beside each other in one stroke. */
export function drawMinimap(canvas: HTMLCanvasElement, cells: MinimapCells, ink: MinimapInk): void {
  const context = canvas.getContext('2d');
  if (context === null || !('fillRect' in context)) {
    return;
  }
  const { columns, lanes } = cells;
  const height = canvas.height / lanes;
  const stroke = Math.max(1, height - (height > HIGH ? 1 : 0));
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let lane = 0; lane < lanes; lane += 1) {
    for (let from = lane * columns; from < (lane + 1) * columns;) {
      const to = endOfRun(cells, from, (lane + 1) * columns);
      const color = colorOf(cells, from, ink);
      if (color !== undefined) {
        context.fillStyle = color;
        context.fillRect(from - lane * columns, lane * height, to - from, stroke);
      }
      from = to;
    }
  }
}

function endOfRun({ service, failed }: MinimapCells, from: number, most: number): number {
  let to = from + 1;
  while (to < most && service[to] === service[from] && failed[to] === failed[from]) {
    to += 1;
  }
  return to;
}

/** Undefined where nothing runs. */
function colorOf({ service, failed }: MinimapCells, at: number, ink: MinimapInk): string | undefined {
  return failed[at] === 1 ? ink.failed : ink.colors[(service[at] ?? 0) - 1];
}
