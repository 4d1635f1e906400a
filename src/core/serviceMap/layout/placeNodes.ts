import { layoutMap, type Cell, type LayoutInput } from './layoutMap.ts';

/** When more of a map has changed than this, its old places say nothing any more. */
const MOST_CHANGED = 0.2;

/**
 * Places for a map of which some are known: what is known stays where it is, what is new goes near its neighbours, into a free cell.
 * All is laid out anew where nothing is known, or more than a fifth of the nodes came or went.
 */
export function placeNodes(input: LayoutInput, known: ReadonlyMap<string, Cell>): ReadonlyMap<string, Cell> {
  const kept = input.nodes.filter((id) => known.has(id));
  const came = input.nodes.length - kept.length;
  const went = known.size - kept.length;
  if (kept.length === 0 || came + went > MOST_CHANGED * Math.max(input.nodes.length, known.size)) {
    return layoutMap(input);
  }
  const cells = new Map<string, Cell>(
    kept.flatMap((id) => known.get(id) ?? []).map((cell, index) => [kept[index] ?? '', cell])
  );
  const taken = new Set([...cells.values()].flatMap(spotsOf));
  // Only whole cells are ever found to be taken.
  const lowest = Math.ceil(Math.max(...[...cells.values()].map(({ row }) => row)));
  for (const id of input.nodes) {
    if (!cells.has(id)) {
      const cell = freeCell(wantedCell(id, input, cells) ?? { column: 0, row: lowest + 2 }, taken);
      cells.set(id, cell);
      spotsOf(cell).forEach((spot) => taken.add(spot));
    }
  }
  return cells;
}

const spot = (column: number, row: number): string => `${column} ${row}`;

/** The whole cells that a node covers: two where it stands between rows. */
const spotsOf = ({ column, row }: Cell): readonly string[] => [
  ...new Set([spot(Math.round(column), Math.floor(row)), spot(Math.round(column), Math.ceil(row))]),
];

/** To the right of who calls it, else to the left of what it calls. */
function wantedCell(id: string, { edges }: LayoutInput, cells: ReadonlyMap<string, Cell>): Cell | undefined {
  const callers = edges.flatMap(({ from, to }) => (to === id ? (cells.get(from) ?? []) : []));
  const called = edges.flatMap(({ from, to }) => (from === id ? (cells.get(to) ?? []) : []));
  const near = callers.length > 0 ? callers : called;
  if (near.length === 0) {
    return undefined;
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const column =
    callers.length > 0
      ? Math.max(...near.map((cell) => cell.column)) + 1
      : Math.min(...near.map((cell) => cell.column)) - 1;
  return { column: Math.round(column), row: Math.round(mean(near.map(({ row }) => row))) };
}

/** The nearest free cell in the column, below before above. */
function freeCell({ column, row }: Cell, taken: ReadonlySet<string>): Cell {
  for (let away = 0; ; away += 1) {
    const found = [row + away, row - away].find((candidate) => !taken.has(spot(column, candidate)));
    if (found !== undefined) {
      return { column, row: found };
    }
  }
}
