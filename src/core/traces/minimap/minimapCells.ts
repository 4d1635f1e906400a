import { cell } from '../column.ts';
import { SPAN_STATUSES, type Trace } from '../trace.ts';

export interface MinimapCells {
  readonly columns: number;
  readonly lanes: number;
  /** Lane by lane: 0 where nothing runs, else 1 + the index of the service. */
  readonly service: Uint32Array;
  /** 1 where a span that failed runs. */
  readonly failed: Uint8Array;
}

export interface MinimapSize {
  readonly columns: number;
  readonly lanes: number;
}

const ERROR = SPAN_STATUSES.indexOf('error');

/**
 * A trace in a small picture: spans from top to bottom in their order, time from left to right. Where several share a lane, the
 * later (and so the deeper) is seen; what failed is never painted over.
 */
export function minimapCells(trace: Trace, { columns, lanes: most }: MinimapSize): MinimapCells {
  const lanes = Math.max(1, Math.min(most, trace.size));
  const service = new Uint32Array(columns * lanes);
  const failed = new Uint8Array(columns * lanes);
  const scale = columns / Math.max(1, trace.durationNs);
  for (let span = 0; span < trace.size; span += 1) {
    const lane = Math.floor((span / trace.size) * lanes) * columns;
    const left = Math.min(columns - 1, Math.floor(cell(trace.startNs, span) * scale));
    const right = Math.min(columns, Math.max(left + 1, Math.ceil(cell(trace.endNs, span) * scale)));
    service.fill(1 + cell(trace.service, span), lane + left, lane + right);
    if (trace.status[span] === ERROR) {
      failed.fill(1, lane + left, lane + right);
    }
  }
  return { columns, lanes, service, failed };
}
