import { ascending, quantile } from '../statistics/quantile.ts';
import { cell } from './column.ts';
import { operationIndex, operationKey, type Operation } from './operationIndex.ts';
import { slackOf } from './slack.ts';
import type { Trace } from './trace.ts';
import { whatIf } from './whatIf.ts';

/** By operation (see `operationKey`), the least slack of its spans in nanoseconds; without those that nobody waits for. */
export function leastSlack(trace: Trace): ReadonlyMap<string, number> {
  const { ofSpan, operations } = operationIndex(trace);
  const least = new Map<string, number>();
  slackOf(trace).forEach((slack, span) => {
    const operation = operations[cell(ofSpan, span)];
    if (slack !== null && operation !== undefined) {
      const key = operationKey(operation);
      least.set(key, Math.min(slack, least.get(key) ?? slack));
    }
  });
  return least;
}

/** By how many nanoseconds the root would be shorter if all spans of an operation took no time. */
export function operationDrag(trace: Trace, { service, operation }: Operation): number {
  const { beforeNs, durationNs } = whatIf(trace, { operation: { service, operation }, toNs: 0 });
  return beforeNs - durationNs;
}

/** What more, or less, time of an operation would mean over many traces. */
export interface OperationRoom {
  /** How much its spans may grow before the root does: the median of the least of each trace. Null where nobody waits for it. */
  readonly slackNs: number | null;
  /** By how much a trace would be shorter without it: the mean over all traces. Null where that was not worked out. */
  readonly savesNs: number | null;
}

export interface OperationRooms {
  add(trace: Trace): void;
  of(operation: Operation): OperationRoom;
}

/**
 * Takes traces one by one, as each costs a what-if for each of the operations that are tried.
 * @param tried of these it is worked out what would be saved without them
 */
export function createOperationRooms(tried: readonly Operation[]): OperationRooms {
  const slacks = new Map<string, number[]>();
  const saves = new Map(tried.map((operation) => [operationKey(operation), 0]));
  let traces = 0;
  return {
    add(trace) {
      traces += 1;
      leastSlack(trace).forEach((slack, key) => pushTo(slacks, key, slack));
      const own = new Set(operationIndex(trace).operations.map(operationKey));
      for (const operation of tried) {
        const key = operationKey(operation);
        if (own.has(key)) {
          saves.set(key, (saves.get(key) ?? 0) + operationDrag(trace, operation));
        }
      }
    },
    of(operation) {
      const key = operationKey(operation);
      const [slack, saved] = [slacks.get(key), saves.get(key)];
      return {
        slackNs: slack === undefined ? null : quantile(ascending(slack), 0.5),
        savesNs: saved === undefined || traces === 0 ? null : saved / traces,
      };
    },
  };
}

function pushTo(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}
