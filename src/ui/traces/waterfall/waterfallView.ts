import type { FoldMode } from '../../../core/traces/rows/folding.ts';
import type { TimeView } from '../../../core/traces/rows/timeView.ts';

/** What a waterfall shows of its trace; whoever draws it keeps this. */
export interface WaterfallView {
  /** As `parseSpanFilter` reads it. */
  readonly filter: string;
  /** Rows that do not match are left out, save those above one that does. */
  readonly onlyMatches: boolean;
  readonly mode: FoldMode;
  /** For mode `depth`. */
  readonly depth: number;
  /** Mark the critical path. */
  readonly critical: boolean;
  /** The stretch that is looked at, the same object until it changes; null is the whole trace. */
  readonly time: TimeView | null;
}

export const DEFAULT_VIEW: WaterfallView = {
  ...{ filter: '', onlyMatches: false, mode: 'none', depth: 3, critical: true },
  time: null,
};
