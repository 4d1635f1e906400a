import type { OutputOf } from '../../api/operation.ts';
import type { previewThreshold } from '../../api/thresholds.ts';
import { formatSpan } from '../../core/formatSpan.ts';
import { hours, type DurationMs } from '../../core/units.ts';

export type Preview = OutputOf<typeof previewThreshold>;
/** Range of the figures in the table. */
export const TABLE_RANGE = hours(6);

type Level = Preview['levels'][number];

/** The most severe first. */
const bySeverity = (a: Level, b: Level): number => Number(b.level === 'critical') - Number(a.level === 'critical');

/** `critical 2×, 14 m in all; warning 7×, 41 m`; `not once` when no level was reached. */
export function firedWords(levels: readonly Level[]): string {
  const reached = levels.filter(({ count }) => count > 0).toSorted(bySeverity);
  if (reached.length === 0) {
    return 'not once';
  }
  return reached
    .map(({ level, count, total }, index) => `${level} ${count}×, ${formatSpan(total)}${index === 0 ? ' in all' : ''}`)
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
    return `No data in these ${formatSpan(range)}: nothing can be said about how often it would have fired.`;
  }
  return covered < range
    ? `Data begins ${formatSpan(covered)} ago: the figures are for that time, not for ${formatSpan(range)}.`
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
    return `${fired.length} services, ${firedCount(levels)}× in all`;
  }
  const others = series.length > fired.length ? ', others 0×' : '';
  return `${fired.map(({ service, count }) => `${service} ${count}×`).join(', ')}${others}`;
}
