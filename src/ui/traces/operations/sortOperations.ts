import type { OperationTimes } from '../../../core/traces/operationTimes.ts';
import type { GridOrder } from '../grid/gridColumn.ts';

const FIGURES: Readonly<Record<string, (row: OperationTimes) => number>> = {
  count: ({ count }) => count,
  errors: ({ errors }) => errors,
  critical: ({ criticalNs }) => criticalNs,
  share: ({ pathShare }) => pathShare,
  self: ({ selfNs }) => selfNs,
  total: ({ totalNs }) => totalNs,
  p50: ({ durationNs }) => durationNs.p50,
  p95: ({ durationNs }) => durationNs.p95,
};

const nameOf = ({ service, operation }: OperationTimes): string => `${service} ${operation}`;

/** Rows in an order, a copy; what is equal stays as it came. An unknown column sorts by name. */
export function sortOperations(
  rows: readonly OperationTimes[],
  { by, descending }: GridOrder
): readonly OperationTimes[] {
  const sign = descending ? -1 : 1;
  const figure = FIGURES[by];
  return rows.toSorted(
    (a, b) => sign * (figure === undefined ? compareTexts(nameOf(a), nameOf(b)) : figure(a) - figure(b))
  );
}

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
