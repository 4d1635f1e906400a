import type { OperationRoom } from '../../../core/traces/operationSlack.ts';
import type { OperationTimes } from '../../../core/traces/operationTimes.ts';
import type { GridOrder } from '../grid/gridColumn.ts';

/** What more or less time of it would mean stands beside it where that was worked out. */
export type OperationRow = OperationTimes & Partial<OperationRoom>;

/** What nobody waits for may grow without end. */
const FIGURES: Readonly<Record<string, (row: OperationRow) => number>> = {
  count: ({ count }) => count,
  errors: ({ errors }) => errors,
  critical: ({ criticalNs }) => criticalNs,
  share: ({ pathShare }) => pathShare,
  self: ({ selfNs }) => selfNs,
  total: ({ totalNs }) => totalNs,
  p50: ({ durationNs }) => durationNs.p50,
  p95: ({ durationNs }) => durationNs.p95,
  slack: ({ slackNs }) => slackNs ?? Number.MAX_VALUE,
  saves: ({ savesNs }) => savesNs ?? -1,
};

const nameOf = ({ service, operation }: OperationTimes): string => `${service} ${operation}`;

/** Rows in an order, a copy; what is equal stays as it came. An unknown column sorts by name. */
export function sortOperations(rows: readonly OperationRow[], { by, descending }: GridOrder): readonly OperationRow[] {
  const sign = descending ? -1 : 1;
  const figure = FIGURES[by];
  return rows.toSorted(
    (a, b) => sign * (figure === undefined ? compareTexts(nameOf(a), nameOf(b)) : figure(a) - figure(b))
  );
}

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
