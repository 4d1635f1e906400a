import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import type { WhatIf } from '../../../core/traces/whatIf.ts';
import { formatShare } from '../words.ts';

/** What a change would come to: `The trace would take 910 ms instead of 1.21 s: 24.8 % less.` */
export function describeWhatIf({
  root,
  beforeNs,
  durationNs,
}: Pick<WhatIf, 'root' | 'beforeNs' | 'durationNs'>): string {
  if (root === -1) {
    return 'The trace has no span.';
  }
  const before = formatNanoseconds(beforeNs);
  if (durationNs === beforeNs) {
    return `The trace would take ${before} as before.`;
  }
  const change = Math.abs(durationNs - beforeNs);
  const share = beforeNs === 0 ? '' : `: ${formatShare(change, beforeNs)} ${durationNs < beforeNs ? 'less' : 'more'}`;
  return `The trace would take ${formatNanoseconds(durationNs)} instead of ${before}${share}.`;
}

/** How much of the root hangs on a span. */
export function describeSlack(slackNs: number | null): string {
  if (slackNs === null) {
    return 'Nobody waits for it: however long it takes, the trace takes as long as before.';
  }
  return slackNs === 0
    ? 'Slack 0: as it grows, so does the trace.'
    : `Slack ${formatNanoseconds(slackNs)}: so much may it grow before the trace does.`;
}

/** What would be saved. */
export const describeDrag = (dragNs: number, what: string): string =>
  dragNs <= 0
    ? `Drag 0: the trace would take as long without ${what}.`
    : `Drag ${formatNanoseconds(dragNs)}: so much shorter would the trace be without ${what}.`;
