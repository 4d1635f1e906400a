import { cell } from '../column.ts';
import { totalOf } from './flameBoxes.ts';
import type { Flame } from './flame.ts';

export interface FlameMatches {
  /** 1 for each node whose service or operation has the text. */
  readonly hits: Uint8Array;
  readonly count: number;
  /** Share of the whole width that lies in or below one of them, each part once; 0 to 1. */
  readonly share: number;
}

/** Nodes whose `service: operation` has a text, whatever its case; undefined for no text. */
export function searchFlame(flame: Flame, widths: Float64Array, text: string): FlameMatches | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') {
    return undefined;
  }
  const known = new Map<number, boolean>();
  const hits = new Uint8Array(flame.size);
  let count = 0;
  let covered = 0;
  let coveredTo = 0;
  for (let node = 0; node < flame.size; node += 1) {
    if (!fits(flame, node, { wanted, known })) {
      continue;
    }
    hits[node] = 1;
    count += 1;
    if (node >= coveredTo) {
      covered += cell(widths, node);
      coveredTo = cell(flame.subtreeEnd, node);
    }
  }
  const whole = totalOf(flame, widths);
  return { hits, count, share: whole === 0 ? 0 : covered / whole };
}

/** Asks each pair of service and operation once. */
function fits(flame: Flame, node: number, { wanted, known }: { wanted: string; known: Map<number, boolean> }): boolean {
  const pair = cell(flame.service, node) * flame.names.length + cell(flame.name, node);
  const before = known.get(pair);
  if (before !== undefined) {
    return before;
  }
  const found = flameLabel(flame, node).toLowerCase().includes(wanted);
  known.set(pair, found);
  return found;
}

export const flameLabel = ({ services, service, names, name }: Flame, node: number): string =>
  `${services[cell(service, node)] ?? ''}: ${names[cell(name, node)] ?? ''}`;
