import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import type { WhatIf } from '../../../core/traces/whatIf.ts';
import { t } from '../../../i18n/t.ts';
import { formatShare } from '../words.ts';

/** What a change would come to: `The trace would take 910 ms instead of 1.21 s: 24.8 % less.` */
export function describeWhatIf({
  root,
  beforeNs,
  durationNs,
}: Pick<WhatIf, 'root' | 'beforeNs' | 'durationNs'>): string {
  if (root === -1) {
    return t('ui.what-if-words.no-span', 'The trace has no span.');
  }
  const before = formatNanoseconds(beforeNs);
  if (durationNs === beforeNs) {
    return t('ui.what-if-words.as-before', 'The trace would take {{before}} as before.', { before });
  }
  const time = formatNanoseconds(durationNs);
  if (beforeNs === 0) {
    return t('ui.what-if-words.instead', 'The trace would take {{time}} instead of {{before}}.', { time, before });
  }
  const share = formatShare(Math.abs(durationNs - beforeNs), beforeNs);
  return durationNs < beforeNs
    ? t('ui.what-if-words.less', 'The trace would take {{time}} instead of {{before}}: {{share}} less.', {
        time,
        before,
        share,
      })
    : t('ui.what-if-words.more', 'The trace would take {{time}} instead of {{before}}: {{share}} more.', {
        time,
        before,
        share,
      });
}

/** How much of the root hangs on a span. */
export function describeSlack(slackNs: number | null): string {
  if (slackNs === null) {
    return t(
      'ui.what-if-words.nobody-waits',
      'Nothing waits for it: however long it takes, the trace takes as long as before.'
    );
  }
  return slackNs === 0
    ? t('ui.what-if-words.slack-none', 'Slack 0: if it takes longer, so does the trace.')
    : t('ui.what-if-words.slack', 'Slack {{time}}: it can take this much longer before the trace does.', {
        time: formatNanoseconds(slackNs),
      });
}

/** What would be saved without one span, or without many. */
export function describeDrag(dragNs: number, many: boolean): string {
  if (dragNs <= 0) {
    return many
      ? t('ui.what-if-words.drag-none-them', 'Drag 0: the trace would take just as long without them.')
      : t('ui.what-if-words.drag-none-it', 'Drag 0: the trace would take just as long without it.');
  }
  const time = formatNanoseconds(dragNs);
  return many
    ? t('ui.what-if-words.drag-them', 'Drag {{time}}: the trace would be this much shorter without them.', { time })
    : t('ui.what-if-words.drag-it', 'Drag {{time}}: the trace would be this much shorter without it.', { time });
}
