import type { Failures } from '../../../core/traces/rows/failures.ts';
import type { PathIndex } from '../../../core/traces/rows/pathIndex.ts';
import type { TimeView } from '../../../core/traces/rows/timeView.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import type { WaterfallStyles } from './waterfallStyles.ts';

/** What all rows have in common. The same object until one of these changes. */
export interface RowLook {
  readonly trace: Trace;
  readonly path: PathIndex;
  readonly failures: Failures;
  /** As in `CoarseOverhangs`. */
  readonly byClockNs: Float64Array;
  readonly time: TimeView;
  /** Mark the critical path. */
  readonly critical: boolean;
  /** 1 for spans that a filter fits; undefined where nothing is asked. */
  readonly matched: Uint8Array | undefined;
  /** By index of the service. */
  readonly colors: readonly string[];
  readonly inks: readonly string[];
  /** Of the timeline, in px. */
  readonly pixels: number;
  /** Names above the bars. */
  readonly compact: boolean;
  readonly rowHeight: number;
  readonly styles: WaterfallStyles;
}
