import { cell } from '../column.ts';
import type { Flame } from './flame.ts';

/** A rectangle of a flame graph, in px from the left and rows from the top. */
export interface FlameBox {
  /** The node; of several that are too narrow to be drawn one by one, the first. */
  readonly node: number;
  /** How many nodes beside each other it stands for. */
  readonly merged: number;
  readonly row: number;
  readonly left: number;
  readonly width: number;
}

export interface FlameView {
  readonly widths: Float64Array;
  /** The node that fills the width; -1 for all roots beside each other. */
  readonly zoom: number;
  /** Px. */
  readonly width: number;
  /** Rows that are in sight, from the first to before the last. */
  readonly rows: { readonly from: number; readonly to: number };
}

/** What is narrower is drawn together with its neighbours, and nothing below it. */
const LEAST_PX = 2;

/**
 * The boxes that are in sight, row by row within each branch. Above the node that is zoomed to, its ancestors fill the width.
 * O(n) at most, and as many boxes as fit side by side in the rows.
 */
export function flameBoxes(flame: Flame, view: FlameView): readonly FlameBox[] {
  const { zoom, width, rows } = view;
  const above = ancestors(flame, zoom);
  const boxes: FlameBox[] = above
    .map((node, row) => ({ node, merged: 1, row, left: 0, width }))
    .filter(({ row }) => row >= rows.from && row < rows.to);
  const [from, to] = zoom === -1 ? [0, flame.size] : [zoom, cell(flame.subtreeEnd, zoom)];
  placeNodes(flame, { ...view, from, to }, boxes);
  return boxes;
}

function placeNodes(flame: Flame, view: FlameView & { from: number; to: number }, boxes: FlameBox[]): void {
  const { from, to, rows, widths } = view;
  const scale = scaleOf(flame, view);
  /** By depth, where the next node of that row begins. */
  const pen: number[] = [];
  const strips = createStrips(boxes);
  for (let node = from; node < to;) {
    const row = cell(flame.depth, node);
    const width = cell(widths, node) * scale;
    const left = pen[row] ?? 0;
    pen[row] = left + width;
    pen[row + 1] = left;
    if (row >= rows.to) {
      node = cell(flame.subtreeEnd, node);
      continue;
    }
    if (row >= rows.from) {
      strips.add({ node, merged: 1, row, left, width });
    }
    node = width < LEAST_PX ? cell(flame.subtreeEnd, node) : node + 1;
  }
  strips.finish();
}

/** Px per nanosecond. */
function scaleOf(flame: Flame, { widths, zoom, width }: FlameView): number {
  const whole = zoom === -1 ? totalOf(flame, widths) : cell(widths, zoom);
  return whole === 0 ? 0 : width / whole;
}

/** What all roots come to. */
export function totalOf({ parent }: Pick<Flame, 'parent'>, widths: Float64Array): number {
  let total = 0;
  for (let node = 0; node < parent.length; node += 1) {
    total += cell(parent, node) === -1 ? cell(widths, node) : 0;
  }
  return total;
}

/** Nodes from the root down to before a node. */
export function ancestors({ parent }: Pick<Flame, 'parent'>, node: number): readonly number[] {
  const found: number[] = [];
  for (let at = node === -1 ? -1 : cell(parent, node); at !== -1; at = cell(parent, at)) {
    found.push(at);
  }
  return found.reverse();
}

/** Joins narrow boxes that touch in a row. */
function createStrips(boxes: FlameBox[]) {
  const open = new Map<number, FlameBox>();
  const close = (row: number): void => {
    const strip = open.get(row);
    if (strip !== undefined && strip.width > 0) {
      boxes.push(strip);
    }
    open.delete(row);
  };
  return {
    add(box: FlameBox): void {
      if (box.width >= LEAST_PX) {
        close(box.row);
        boxes.push(box);
        return;
      }
      const strip = open.get(box.row);
      const touches = strip !== undefined && box.left - (strip.left + strip.width) < LEAST_PX;
      if (!touches) {
        close(box.row);
        open.set(box.row, box);
        return;
      }
      open.set(box.row, { ...strip, merged: strip.merged + 1, width: box.left + box.width - strip.left });
    },
    finish(): void {
      for (const row of [...open.keys()]) {
        close(row);
      }
    },
  };
}
