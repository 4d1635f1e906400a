import type { SpanGrouping } from '../../../core/traces/spanTable/groupSpans.ts';
import type { SpanOrder } from '../../../core/traces/spanTable/sortSpans.ts';

/** What a table of spans shows of its trace; whoever draws it keeps this. */
export interface SpanTableView {
  /** As `parseSpanFilter` reads it. */
  readonly filter: string;
  readonly order: SpanOrder;
  /** Spans stand under headings. */
  readonly grouping: SpanGrouping | null;
}

export const DEFAULT_TABLE: SpanTableView = {
  filter: '',
  order: { by: 'duration', descending: true },
  grouping: null,
};
