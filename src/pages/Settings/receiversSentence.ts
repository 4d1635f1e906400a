import type { ReceiverView } from '../../api/routing.ts';
import type { Route } from '../../core/routing/route.ts';

/** How many routes lead to each receiver; undefined until the routes are known. */
export function routeCounts(routes: readonly Route[] | undefined): ReadonlyMap<string, number> | undefined {
  if (routes === undefined) {
    return undefined;
  }
  const counts = new Map<string, number>();
  for (const { receiver } of routes) {
    counts.set(receiver, (counts.get(receiver) ?? 0) + 1);
  }
  return counts;
}

/** `3 receivers; 1 failed last: shop-pager; 2 are not tested; no route leads to 1.` */
export function receiversSentence(
  receivers: readonly ReceiverView[],
  counts: ReadonlyMap<string, number> | undefined
): string {
  const failing = receivers.filter(({ lastDelivery }) => lastDelivery?.ok === false);
  const untested = receivers.filter(({ testedAt }) => testedAt === null);
  const unused = counts === undefined ? [] : receivers.filter(({ name }) => !counts.has(name));
  const waiting = receivers.reduce((sum, { queued }) => sum + queued, 0);
  const parts = [
    `${receivers.length} receiver${receivers.length === 1 ? '' : 's'}`,
    failing.length === 0 ? '' : `the last delivery failed to ${failing.map(({ name }) => name).join(', ')}`,
    waiting === 0 ? '' : `${waiting} notification${waiting === 1 ? '' : 's'} waiting`,
    untested.length === 0 ? '' : `not tested: ${untested.map(({ name }) => name).join(', ')}`,
    unused.length === 0 ? '' : `no route leads to ${unused.map(({ name }) => name).join(', ')}`,
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}
