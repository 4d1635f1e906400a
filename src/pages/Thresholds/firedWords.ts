import type { OutputOf } from '../../api/operation.ts';
import type { previewThreshold } from '../../api/thresholds.ts';
import { formatSpan } from '../../core/formatSpan.ts';
import { hours, type DurationMs } from '../../core/units.ts';
import { t } from '../../i18n/t.ts';

export type Preview = OutputOf<typeof previewThreshold>;
/** Range of the figures in the table. */
export const TABLE_RANGE = hours(6);

type Level = Preview['levels'][number];

/** The most severe first. */
const bySeverity = (a: Level, b: Level): number => Number(b.level === 'critical') - Number(a.level === 'critical');

type Fired = Readonly<Record<Level['level'], (values: { number: number; span: string }) => string>>;

const FIRED_WORST: Fired = {
  warning: (values) => t('thresholds.fired-words.warning-in-all', 'warning {{number}}×, {{span}} in all', values),
  critical: (values) => t('thresholds.fired-words.critical-in-all', 'critical {{number}}×, {{span}} in all', values),
};
const FIRED_TOO: Fired = {
  warning: (values) => t('thresholds.fired-words.warning', 'warning {{number}}×, {{span}}', values),
  critical: (values) => t('thresholds.fired-words.critical', 'critical {{number}}×, {{span}}', values),
};

/** `critical 2×, 14 m in all; warning 7×, 41 m`; `not once` when no level was reached. */
export function firedWords(levels: readonly Level[]): string {
  const reached = levels.filter(({ count }) => count > 0).toSorted(bySeverity);
  if (reached.length === 0) {
    return t('thresholds.fired-words.not-once', 'not once');
  }
  return reached
    .map(({ level, count, total }, index) => {
      const values = { number: count, span: formatSpan(total) };
      return index === 0 ? FIRED_WORST[level](values) : FIRED_TOO[level](values);
    })
    .join('; ');
}

/** How often anything would have fired: reaching critical reaches warning too, so the lower level has them all. */
export const firedCount = (levels: readonly Level[]): number => Math.max(0, ...levels.map(({ count }) => count));

/** Points at which the source may begin late and still have had data all along. */
const TOLERATED_STEPS = 3;

/** Over how much of `range` there was data, in ms; 0 for none. */
export function coveredSpan({ from, to, step, dataFrom }: Preview, range: DurationMs): number {
  if (dataFrom === null) {
    return 0;
  }
  return dataFrom - from > TOLERATED_STEPS * step ? to - dataFrom : range;
}

/** Says where the source has less than was asked, in `range` before the end; undefined when it has it all. */
export function missingDataWords(preview: Preview, range: DurationMs): string | undefined {
  const covered = coveredSpan(preview, range);
  if (covered === 0) {
    return t(
      'thresholds.fired-words.no-data-in-these-nothing',
      'No data in these {{span}}: how often it would have fired is unknown.',
      { span: formatSpan(range) }
    );
  }
  return covered < range
    ? t(
        'thresholds.fired-words.data-begins-ago-the-figures',
        'Data begins {{span}} ago: the figures are for that time, not for {{range}}.',
        { span: formatSpan(covered), range: formatSpan(range) }
      )
    : undefined;
}

const NAMED_SERVICES = 2;

/** For a default, who would have fired: `checkout 3×, others 0×`, `4 services, 9× in all`. */
export function firedByService({ series, levels }: Pick<Preview, 'series' | 'levels'>): string {
  const fired = series
    .map((one) => ({ service: one.labels['service'] ?? '', count: firedCount(one.levels) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  if (fired.length === 0) {
    return '0×';
  }
  if (fired.length > NAMED_SERVICES) {
    return t('thresholds.fired-words.services-in-all', '{{services}} services, {{fired}}× in all', {
      services: fired.length,
      fired: firedCount(levels),
    });
  }
  const each = fired.map(({ service, count }) => `${service} ${count}×`).join(', ');
  return series.length > fired.length
    ? t('thresholds.fired-words.others-0', '{{fired}}, others 0×', { fired: each })
    : each;
}
