import type { SpanGrouping } from './groupSpans.ts';
import { SPAN_SORTS, type SpanOrder } from './sortSpans.ts';

/** No key of an attribute begins so: it cannot be mistaken for one of the fixed choices. */
const ATTRIBUTE = 'attribute:';
const DESCENDING = '-';

/** An order as a text: `start`, or `-start` for the latest first. */
export const writeOrder = ({ by, descending }: SpanOrder): string => `${descending ? DESCENDING : ''}${by}`;

/** Undefined for what no order writes. */
export function readOrder(text: string): SpanOrder | undefined {
  const descending = text.startsWith(DESCENDING);
  const by = SPAN_SORTS.find((sort) => sort === (descending ? text.slice(DESCENDING.length) : text));
  return by && { by, descending };
}

/** By what spans are grouped as a text: `service`, `operation` or `attribute:…`; empty for not at all. */
export function writeGrouping(grouping: SpanGrouping | null): string {
  if (grouping === null) {
    return '';
  }
  return grouping.by === 'attribute' ? `${ATTRIBUTE}${grouping.key}` : grouping.by;
}

/** null for what no grouping writes. */
export function readGrouping(text: string): SpanGrouping | null {
  if (text === 'service' || text === 'operation') {
    return { by: text };
  }
  return text.startsWith(ATTRIBUTE) ? { by: 'attribute', key: text.slice(ATTRIBUTE.length) } : null;
}
