import type { Cell } from '../../core/serviceMap/layout/layoutMap.ts';

/** Of a node, in px at zoom 1. */
export const NODE = { width: 188, height: 72 } as const;
/** From one column or row to the next; lines and their figures need the room between columns. */
const PITCH = { column: 340, row: 100 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where the top left corner of a node lies. */
export const cornerOf = ({ column, row }: Cell): Point => ({ x: column * PITCH.column, y: row * PITCH.row });

export function boundsOf(cells: Iterable<Cell>): Box | undefined {
  const corners = [...cells].map(cornerOf);
  if (corners.length === 0) {
    return undefined;
  }
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x + NODE.width, height: Math.max(...ys) - y + NODE.height };
}

export interface Curve {
  readonly path: string;
  readonly middle: Point;
}

/** A line from the right side of one node to the left side of another; back to an earlier column it swings out on both sides. */
export function curveBetween(from: Cell, to: Cell): Curve {
  const [a, b] = [cornerOf(from), cornerOf(to)];
  const start = { x: a.x + NODE.width, y: a.y + NODE.height / 2 };
  const end = { x: b.x, y: b.y + NODE.height / 2 };
  const forward = end.x - start.x;
  const swing = forward > 0 ? Math.max(50, forward / 2) : 130;
  // Back within a row, a straight line would lie under the nodes between.
  const bow = forward > 0 ? 0 : start.y === end.y ? -NODE.height * 1.4 : 0;
  const [c1, c2] = [
    { x: start.x + swing, y: start.y + bow },
    { x: end.x - swing, y: end.y + bow },
  ];
  return {
    path: `M${start.x},${start.y}C${c1.x},${c1.y} ${c2.x},${c2.y} ${end.x},${end.y}`,
    middle: {
      x: (start.x + 3 * c1.x + 3 * c2.x + end.x) / 8,
      y: (start.y + 3 * c1.y + 3 * c2.y + end.y) / 8,
    },
  };
}
