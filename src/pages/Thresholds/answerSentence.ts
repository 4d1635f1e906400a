import type { ThresholdView } from '../../api/thresholds.ts';
import { formatSpan } from '../../core/formatSpan.ts';
import { nameThreshold } from './describeThreshold.ts';
import { coveredSpan, firedCount, TABLE_RANGE, type Preview } from './firedWords.ts';

export interface AnswerParts {
  readonly thresholds: readonly ThresholdView[];
  /** How many of the found services have a threshold; undefined until known. */
  readonly coverage: { readonly services: number; readonly withThreshold: number } | undefined;
  /** Those previews that have come, by threshold. */
  readonly previews: ReadonlyMap<string, Preview>;
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Answers the page's question: `12 thresholds; 3 of 5 services have one; checkout p95 latency would have fired 7× in the last 6 hours.` */
export function answerSentence({ thresholds, coverage, previews }: AnswerParts): string {
  const disabled = thresholds.filter(({ enabled }) => !enabled).length;
  const parts = [
    `${plural(thresholds.length, 'threshold')}${disabled > 0 ? ` (${disabled} disabled)` : ''}`,
    coverageWords(coverage),
    busiestWords(thresholds, previews),
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

function coverageWords(coverage: AnswerParts['coverage']): string {
  if (coverage === undefined || coverage.services === 0) {
    return '';
  }
  const { services, withThreshold } = coverage;
  return withThreshold >= services
    ? `all ${services} services have one`
    : `${withThreshold} of ${services} services have one`;
}

function busiestWords(thresholds: readonly ThresholdView[], previews: AnswerParts['previews']): string {
  const counted = thresholds
    .filter(({ enabled }) => enabled)
    .flatMap((threshold) => {
      const preview = previews.get(threshold.id);
      return preview === undefined || preview.note !== undefined
        ? []
        : [{ threshold, preview, count: firedCount(preview.levels) }];
    })
    .toSorted((a, b) => b.count - a.count);
  const [busiest] = counted;
  if (busiest === undefined) {
    return '';
  }
  const longest = Math.max(...counted.map(({ preview }) => coveredSpan(preview, TABLE_RANGE)));
  const when = `in the last ${formatSpan(longest)}${longest < TABLE_RANGE ? ', as far back as there is data' : ''}`;
  return busiest.count === 0
    ? `none of those checked would have fired ${when}`
    : `${nameThreshold(busiest.threshold)} would have fired ${busiest.count}× ${when}`;
}
