import type { SpanGroup } from '../../../core/traces/spanTable/groupSpans.ts';

/** A row of the table: a span, or the heading of a group. */
export type SpanRow = number | SpanGroup;

export const isSpan = (row: SpanRow): row is number => typeof row === 'number';

/** Headings, each with its spans below it unless it is closed. */
export const groupedRows = (groups: readonly SpanGroup[], closed: ReadonlySet<string | null>): readonly SpanRow[] =>
  groups.flatMap((group) => [group, ...(closed.has(group.value) ? [] : group.spans)]);
