import type { ReceiverView } from '../../api/routing.ts';
import type { Route } from '../../core/routing/route.ts';
import { t } from '../../i18n/t.ts';

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

const named = (receivers: readonly ReceiverView[], say: (names: string) => string): string =>
  receivers.length === 0 ? '' : say(receivers.map(({ name }) => name).join(', '));

const waitingWords = (count: number): string =>
  t('settings.receivers-sentence.waiting', '', {
    count,
    defaultValue_one: '{{count}} notification waiting',
    defaultValue_other: '{{count}} notifications waiting',
  });

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
    t('settings.receivers-sentence.receivers', '', {
      count: receivers.length,
      defaultValue_one: '{{count}} receiver',
      defaultValue_other: '{{count}} receivers',
    }),
    named(failing, (names) =>
      t('settings.receivers-sentence.failed-to', 'the last delivery to {{names}} failed', { names })
    ),
    waiting === 0 ? '' : waitingWords(waiting),
    named(untested, (names) => t('settings.receivers-sentence.not-tested', 'not tested: {{names}}', { names })),
    named(unused, (names) => t('settings.receivers-sentence.unused', 'no route sends to {{names}}', { names })),
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}
