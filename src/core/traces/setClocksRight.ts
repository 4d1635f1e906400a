import { adjustClockSkew, type AdjustedTrace } from './clockSkew.ts';
import { coarseOverhangs, settleCoarseClocks } from './coarseClocks.ts';
import type { Trace } from './trace.ts';

/** A trace with clocks set right, and what that took. */
export interface ClocksSetRight extends AdjustedTrace {
  /** Spans whose end was set to that of their parent, because a coarse clock can have made it later. */
  readonly settled: number;
}

/**
 * The one rule by which clocks are set right wherever a trace is drawn or a critical path is worked out: first ends that stand after those of
 * their parents by less than a clock can tell (`settleCoarseClocks`), then processes whose clock cannot have been right
 * (`adjustClockSkew`). Spans keep their places. The very trace that was given where nothing was wrong.
 */
export function setClocksRight(recorded: Trace): ClocksSetRight {
  const settled = settleCoarseClocks(recorded);
  return {
    ...adjustClockSkew(settled),
    settled: settled === recorded ? 0 : coarseOverhangs(recorded).spans.length,
  };
}
