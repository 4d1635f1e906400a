import type { ThresholdView } from '../../api/thresholds.ts';
import { formatSpan } from '../../core/formatSpan.ts';
import { t } from '../../i18n/t.ts';
import { nameThreshold } from './describeThreshold.ts';
import { coveredSpan, firedCount, TABLE_RANGE, type Preview } from './firedWords.ts';

export interface AnswerParts {
  readonly thresholds: readonly ThresholdView[];
  /** How many of the found services have a threshold; undefined until known. */
  readonly coverage: { readonly services: number; readonly withThreshold: number } | undefined;
  /** Those previews that have come, by threshold. */
  readonly previews: ReadonlyMap<string, Preview>;
}

/** Answers the page's question: `12 thresholds; 3 of 5 services have one; checkout p95 latency would have fired 7× in the last 6 hours.` */
export function answerSentence({ thresholds, coverage, previews }: AnswerParts): string {
  const disabled = thresholds.filter(({ enabled }) => !enabled).length;
  const parts = [countWords(thresholds.length, disabled), coverageWords(coverage), busiestWords(thresholds, previews)];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

function countWords(count: number, disabled: number): string {
  return disabled > 0
    ? t('thresholds.answer-sentence.thresholds-disabled', '', {
        count,
        disabled,
        defaultValue_one: '{{count}} threshold ({{disabled}} disabled)',
        defaultValue_other: '{{count}} thresholds ({{disabled}} disabled)',
      })
    : t('thresholds.answer-sentence.thresholds', '', {
        count,
        defaultValue_one: '{{count}} threshold',
        defaultValue_other: '{{count}} thresholds',
      });
}

function coverageWords(coverage: AnswerParts['coverage']): string {
  if (coverage === undefined || coverage.services === 0) {
    return '';
  }
  const { services, withThreshold } = coverage;
  return withThreshold >= services
    ? t('thresholds.answer-sentence.all-services-have-one', 'all {{services}} services have one', { services })
    : t('thresholds.answer-sentence.of-services-have-one', '{{withThreshold}} of {{services}} services have one', {
        withThreshold,
        services,
      });
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
  const span = formatSpan(longest);
  const when =
    longest < TABLE_RANGE
      ? t('thresholds.answer-sentence.in-what-there-is', 'in the last {{span}}, as far back as there is data', { span })
      : t('thresholds.answer-sentence.in-the-last', 'in the last {{span}}', { span });
  return busiest.count === 0
    ? t('thresholds.answer-sentence.none-of-those-checked-would', 'none of those checked would have fired {{when}}', {
        when,
      })
    : t('thresholds.answer-sentence.would-have-fired', '{{name}} would have fired {{number}}× {{when}}', {
        name: nameThreshold(busiest.threshold),
        number: busiest.count,
        when,
      });
}
