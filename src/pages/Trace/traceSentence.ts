import type { TraceAnswer } from '../../core/traces/describeTrace.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { operationOf, serviceOf } from '../../core/traces/spanFields.ts';
import { spanLabel } from '../../core/traces/spanText.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { t } from '../../i18n/t.ts';

/** A piece of the sentence; one with a span leads to it. */
export interface SentencePart {
  readonly text: string;
  readonly span?: number;
}

/** More services in which failing began are counted. */
const MOST_NAMED = 3;

/** "checkout: POST /pay took 1.21 s; 78 % of it in payments: charge card; failed in card-processor: authorize." */
export function traceSentence(trace: Trace, { root, durationNs, most, failedFirst }: TraceAnswer): SentencePart[] {
  if (root === -1) {
    return [{ text: t('trace.trace-sentence.no-spans', 'The trace has no spans.') }];
  }
  return [
    { text: spanLabel(trace, root), span: root },
    { text: t('trace.trace-sentence.took', ' took {{time}}', { time: formatNanoseconds(durationNs) }) },
    ...mostParts(trace, root, most),
    ...(isOneAndTheSame(most, failedFirst)
      ? [{ text: t('trace.trace-sentence.which-failed', ', which failed') }]
      : failedParts(trace, failedFirst)),
    { text: '.' },
  ];
}

function mostParts(trace: Trace, root: number, most: TraceAnswer['most']): SentencePart[] {
  if (most === null) {
    return [];
  }
  const share = `${Math.round(most.share * 100)} %`;
  const isOwn = most.service === serviceOf(trace, root) && most.operation === operationOf(trace, root);
  return isOwn
    ? [{ text: t('trace.trace-sentence.own-work', '; {{share}} of it in its own work', { share }) }]
    : [
        { text: t('trace.trace-sentence.of-it-in', '; {{share}} of it in ', { share }) },
        { text: spanLabel(trace, most.span), span: most.span },
      ];
}

const isOneAndTheSame = (most: TraceAnswer['most'], [first, another]: readonly number[]): boolean =>
  most !== null && first === most.span && another === undefined;

function failedParts(trace: Trace, failedFirst: readonly number[]): SentencePart[] {
  const named = failedFirst
    .slice(0, MOST_NAMED)
    .flatMap((span, i): SentencePart[] => [
      { text: i === 0 ? t('trace.trace-sentence.failed-in', '; failed in ') : ', ' },
      { text: spanLabel(trace, span), span },
    ]);
  const more = failedFirst.length - MOST_NAMED;
  return more > 0
    ? [
        ...named,
        {
          text: t('trace.trace-sentence.more', '', {
            count: more,
            defaultValue_one: ' and {{count}} more service',
            defaultValue_other: ' and {{count}} more services',
          }),
        },
      ]
    : named;
}
