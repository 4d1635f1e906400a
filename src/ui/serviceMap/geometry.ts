import type { Cell } from '../../core/serviceMap/layout/layoutMap.ts';

/** Of a node, in px at zoom 1. */
export const NODE = { width: 176, height: 72 } as const;
/** From one column or row to the next; lines and their figures need the room between. */
const PITCH = { column: 250, row: 100 } as const;

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

/** Rows of the nodes in each column, ascending. */
export type Columns = ReadonlyMap<number, readonly number[]>;

export function columnsOf(cells: Iterable<Cell>): Columns {
  const columns = new Map<number, number[]>();
  for (const { column, row } of cells) {
    const rows = columns.get(column) ?? [];
    rows.push(row);
    columns.set(column, rows);
  }
  columns.forEach((rows) => rows.sort((a, b) => a - b));
  return columns;
}

export interface Curve {
  readonly path: string;
  /** Where figures of the line stand: between the first two columns. */
  readonly middle: Point;
}

/** Half a pitch from a node a line is clear of it. */
const CLEAR = 0.5;

/** The row nearest to the wanted one at which a line through the column meets no node. */
export function freeRow(wanted: number, rows: readonly number[]): number {
  const isFree = (row: number): boolean => rows.every((taken) => Math.abs(taken - row) >= CLEAR - 1e-9);
  if (isFree(wanted)) {
    return wanted;
  }
  const beside = rows.flatMap((row) => [row - CLEAR, row + CLEAR]).filter(isFree);
  return beside.reduce(
    (best, row) => (Math.abs(row - wanted) < Math.abs(best - wanted) ? row : best),
    beside[0] ?? wanted
  );
}

const middleOf = ({ row }: Cell): number => row * PITCH.row + NODE.height / 2;

/**
 * A line from the right side of one node to the left side of another, around the nodes in the columns between; back to an earlier
 * column it swings out on both sides.
 * @param columns undefined where there are too many lines to lead each around
 */
export function curveBetween(from: Cell, to: Cell, columns?: Columns): Curve {
  const start = { x: cornerOf(from).x + NODE.width, y: middleOf(from) };
  const end = { x: cornerOf(to).x, y: middleOf(to) };
  if (end.x <= start.x) {
    return backwards(start, end);
  }
  const points: Point[] = [start];
  const [first, last] = [Math.floor(from.column) + 1, Math.ceil(to.column) - 1];
  for (let column = first; columns !== undefined && column <= last; column += 1) {
    const share = (column - from.column) / (to.column - from.column);
    const y = freeRow(from.row + (to.row - from.row) * share, columns.get(column) ?? []) * PITCH.row + NODE.height / 2;
    points.push({ x: column * PITCH.column - 10, y }, { x: column * PITCH.column + NODE.width + 10, y });
  }
  points.push(end);
  return { path: through(points), middle: half(start, points[1] ?? end) };
}

const half = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Leaves and enters every point level. */
function through(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      if (before === undefined) {
        return `M${x},${y}`;
      }
      const turn = (x - before.x) / 2;
      return before.y === y ? `L${x},${y}` : `C${before.x + turn},${before.y} ${x - turn},${y} ${x},${y}`;
    })
    .join('');
}

function backwards(start: Point, end: Point): Curve {
  const swing = 90;
  // Within a row, a level line would lie under the nodes between.
  const bow = Math.abs(start.y - end.y) < NODE.height ? -NODE.height * 1.3 : 0;
  return {
    path: `M${start.x},${start.y}C${start.x + swing},${start.y + bow} ${end.x - swing},${end.y + bow} ${end.x},${end.y}`,
    middle: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 + bow * 0.75 },
  };
}
