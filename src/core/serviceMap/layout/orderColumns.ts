import { neighboursOf, type Graph } from './graph.ts';

const SWEEPS = 12;

/**
 * Orders the places of each column so that few edges cross: each goes to the mean of where its neighbours stand, column by column, to
 * and fro (the barycentre heuristic of Sugiyama, Tagawa and Toda 1981, without places for edges that pass through).
 * @returns columns from left to right, each from top to bottom
 */
export function orderColumns({ size, edges }: Graph, layers: Int32Array): readonly number[][] {
  const columns: number[][] = Array.from({ length: Math.max(-1, ...layers) + 1 }, () => []);
  for (let place = 0; place < size; place += 1) {
    columns[layers[place] ?? 0]?.push(place);
  }
  const beside = { left: neighboursOf(size, edges, 'in'), right: neighboursOf(size, edges, 'out') };
  const height = new Float64Array(size);
  const settle = (column: readonly number[]): void =>
    column.forEach((place, index) => {
      // From -0.5 to 0.5, so that a short column lies at the middle of a long one.
      height[place] = (index + 0.5) / column.length - 0.5;
    });
  columns.forEach(settle);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const toTheRight = sweep % 2 === 0;
    for (let step = 0; step < columns.length; step += 1) {
      const column = columns[toTheRight ? step : columns.length - 1 - step] ?? [];
      const wanted = new Map(
        column.map((place) => [place, meanHeight(beside[toTheRight ? 'left' : 'right'][place] ?? [], height)])
      );
      column.sort((a, b) => (wanted.get(a) ?? height[a] ?? 0) - (wanted.get(b) ?? height[b] ?? 0));
      settle(column);
    }
  }
  return columns;
}

function meanHeight(places: readonly number[], height: Float64Array): number | undefined {
  return places.length === 0 ? undefined : places.reduce((sum, place) => sum + (height[place] ?? 0), 0) / places.length;
}
