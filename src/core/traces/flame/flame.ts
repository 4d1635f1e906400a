import { cell } from '../column.ts';
import type { SpanMeasures } from '../spanMeasures.ts';
import { SPAN_STATUSES, type Trace } from '../trace.ts';

const ERROR = SPAN_STATUSES.indexOf('error');

/**
 * What a flame graph draws, column by column: nodes in preorder, as the spans of a trace are. The width of a node is what it took by
 * itself and all below it took by themselves, so that children never take more room than their parent. Work that ran side by side
 * adds up: widths are work, not the time that passed.
 */
export interface Flame {
  readonly size: number;
  readonly parent: Int32Array;
  readonly subtreeEnd: Uint32Array;
  readonly depth: Uint32Array;
  /** Index in `services`. */
  readonly service: Uint32Array;
  /** Index in `names`. */
  readonly name: Uint32Array;
  readonly services: readonly string[];
  readonly names: readonly string[];
  /** Spans of each node. */
  readonly count: Uint32Array;
  /** Of which failed. */
  readonly errors: Uint32Array;
  /** From start to end, in nanoseconds, of all its spans. */
  readonly totalNs: Float64Array;
  readonly selfNs: Float64Array;
  /** What the node itself held up the root. */
  readonly criticalNs: Float64Array;
}

/** What the width of a node stands for. */
export const FLAME_WIDTHS = ['self', 'critical'] as const;
export type FlameWidth = (typeof FLAME_WIDTHS)[number];

/** A node of the flame is a span of the trace, at the same place. */
export function flameOfTrace(trace: Trace, { selfNs, criticalNs }: SpanMeasures): Flame {
  const { size, parent, subtreeEnd, depth, service, name, services, names, startNs, endNs, status } = trace;
  return {
    ...{ size, parent, subtreeEnd, depth, service, name, services, names, selfNs, criticalNs },
    count: new Uint32Array(size).fill(1),
    errors: Uint32Array.from(status, (one) => (one === ERROR ? 1 : 0)),
    totalNs: Float64Array.from(endNs, (end, span) => end - cell(startNs, span)),
  };
}

/** By node, its own and all below it. */
export function flameWidths(flame: Flame, width: FlameWidth): Float64Array {
  const sums = Float64Array.from(width === 'self' ? flame.selfNs : flame.criticalNs);
  for (let node = flame.size - 1; node >= 0; node -= 1) {
    const parent = cell(flame.parent, node);
    if (parent !== -1) {
      sums[parent] = cell(sums, parent) + cell(sums, node);
    }
  }
  return sums;
}
